import { BUCKET, KEY, MANAGEMENT, ORG_TRAIL } from "../a-snapshot.ts";

/** Policies as AWS documents them, its console and kits write them: for these tests' names. */

const SERVICE = { Service: "cloudtrail.amazonaws.com" };
const arn = `arn:aws:s3:::${BUCKET}`;
const sourceArn = (...trails: string[]) => ({ StringEquals: { "aws:SourceArn": trails } });

export const policyOf = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const aclCheck = (condition: object = {}) => ({
  Sid: "AWSCloudTrailAclCheck",
  Effect: "Allow",
  Principal: SERVICE,
  Action: "s3:GetBucketAcl",
  Resource: arn,
  Condition: condition,
});

export const write = (path: string | string[], condition: Record<string, object> = {}) => ({
  Sid: "AWSCloudTrailWrite",
  Effect: "Allow",
  Principal: SERVICE,
  Action: "s3:PutObject",
  Resource: [path].flat().map((each) => `${arn}/${each}`),
  Condition: {
    ...condition,
    StringEquals: {
      "s3:x-amz-acl": "bucket-owner-full-control",
      ...condition["StringEquals"],
    },
  },
});

/** For a trail of one account. */
export const accountPolicy = (accountId: string, trail: string) =>
  policyOf(aclCheck(sourceArn(trail)), write(`AWSLogs/${accountId}/*`, sourceArn(trail)));

/** For an organization trail, whoever made it: the management account or a delegated administrator. */
export const organizationPolicy = (trail = ORG_TRAIL, organization = "o-exampleorgid") =>
  policyOf(aclCheck(sourceArn(trail)), write(`AWSLogs/${MANAGEMENT}/*`, sourceArn(trail)), {
    ...write(`AWSLogs/${organization}/*`, sourceArn(trail)),
    Sid: "AWSCloudTrailOrganizationWrite",
  });

/** As Control Tower sets a log archive up: the organization's id for a prefix, and its id for a bound. */
export const controlTowerPolicy = policyOf(
  {
    Sid: "AllowSSLRequestsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
  {
    Sid: "AWSBucketPermissionsCheck",
    Effect: "Allow",
    Principal: { Service: ["cloudtrail.amazonaws.com", "config.amazonaws.com"] },
    Action: "s3:GetBucketAcl",
    Resource: [arn],
  },
  {
    Sid: "AWSBucketDeliveryForConfig",
    Effect: "Allow",
    Principal: { Service: "config.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: [`${arn}/o-exampleorgid/AWSLogs/*/*`],
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
  },
  {
    Sid: "AWSBucketDeliveryForOrganizationTrail",
    Effect: "Allow",
    Principal: SERVICE,
    Action: "s3:PutObject",
    Resource: [`${arn}/o-exampleorgid/AWSLogs/o-exampleorgid/*`],
    Condition: { StringEquals: { "aws:SourceArn": ORG_TRAIL } },
  },
);

/** As the CDK writes it for a trail of its own: bound to nothing. */
export const cdkPolicy = (accountId: string) =>
  policyOf(aclCheck(), write(`AWSLogs/${accountId}/*`));

/** As CloudTrail wrote it before it had a service principal: its own account in each region. */
export const legacyPolicy = (accountId: string) => {
  const principals = {
    AWS: ["arn:aws:iam::086441151436:root", "arn:aws:iam::859597730677:root"],
  };
  return policyOf(
    { ...aclCheck(), Principal: principals },
    { ...write(`AWSLogs/${accountId}/*`), Principal: principals },
  );
};

export const tlsOnly = {
  Sid: "TLS",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

const owner = {
  Sid: "Enable IAM policies",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` },
  Action: "kms:*",
  Resource: "*",
};

/** The key policy that the guide gives, readers by their own account included. */
export const keyPolicy = (trail = ORG_TRAIL) =>
  policyOf(
    owner,
    {
      Sid: "Allow CloudTrail to encrypt logs",
      Effect: "Allow",
      Principal: SERVICE,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceArn": trail },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${MANAGEMENT}:trail/*`,
        },
      },
    },
    {
      Sid: "Allow CloudTrail to describe the key",
      Effect: "Allow",
      Principal: SERVICE,
      Action: "kms:DescribeKey",
      Resource: KEY,
      Condition: { StringEquals: { "aws:SourceArn": trail } },
    },
    {
      Sid: "Allow principals in the account to decrypt log files",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:Decrypt", "kms:ReEncryptFrom"],
      Resource: "*",
      Condition: {
        StringEquals: { "kms:CallerAccount": MANAGEMENT },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${MANAGEMENT}:trail/*`,
        },
      },
    },
  );

/** The key policy of before aws:SourceArn was asked for. */
export const olderKeyPolicy = policyOf(owner, {
  Effect: "Allow",
  Principal: SERVICE,
  Action: "kms:GenerateDataKey*",
  Resource: "*",
  Condition: {
    StringLike: {
      "kms:EncryptionContext:aws:cloudtrail:arn": [`arn:aws:cloudtrail:*:${MANAGEMENT}:trail/*`],
    },
  },
});

export const ownerOnly = policyOf(owner);
