import type { ServiceControlPolicy } from "../schema/policies.ts";
import type { Trail } from "../schema/trails.ts";

const Version = "2012-10-17";
const CLOUDTRAIL = { Service: "cloudtrail.amazonaws.com" };

/** Whose trail it is, and all that it is bound to. */
export type Bound = {
  account: string;
  region: string;
  organizationId: string;
  trailArn: string;
};

/** The bucket policy that CloudTrail's documentation gives for an organization trail, and TLS. */
export function logBucketPolicy(bucket: string, { account, organizationId, trailArn }: Bound) {
  const arn = `arn:aws:s3:::${bucket}`;
  const bound = { "aws:SourceArn": trailArn };
  const write = (owner: string) => ({
    Effect: "Allow",
    Principal: CLOUDTRAIL,
    Action: "s3:PutObject",
    Resource: `${arn}/AWSLogs/${owner}/*`,
    Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...bound } },
  });
  return {
    Version,
    Statement: [
      {
        Effect: "Allow",
        Principal: CLOUDTRAIL,
        Action: "s3:GetBucketAcl",
        Resource: arn,
        Condition: { StringEquals: bound },
      },
      write(account),
      write(organizationId),
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}

/** The key policy that CloudTrail's documentation gives, with Decrypt for S3's bucket keys. */
export function trailKeyPolicy({ account, trailArn }: Bound) {
  const bound = { StringEquals: { "aws:SourceArn": trailArn } };
  const context = {
    "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${account}:trail/*`,
  };
  const allow = (Action: string, Condition: object) => ({
    Effect: "Allow",
    Principal: CLOUDTRAIL,
    Action,
    Resource: "*",
    Condition,
  });
  return {
    Version,
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      allow("kms:GenerateDataKey*", { ...bound, StringLike: context }),
      allow("kms:Decrypt", bound),
      allow("kms:DescribeKey", bound),
    ],
  };
}

/** A topic policy that lets CloudTrail publish for the trail. */
export const trailTopicPolicy = (topicArn: string, { trailArn }: Bound) => ({
  Version,
  Statement: [
    {
      Effect: "Allow",
      Principal: CLOUDTRAIL,
      Action: "SNS:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
  ],
});

/** What CloudTrail may do in the log group: the streams of its owner and of the organization. */
export function logsRolePolicy(group: string, { account, region, organizationId }: Bound) {
  const stream = (prefix: string) =>
    `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${prefix}_*`;
  return {
    Version,
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [stream(`${account}_CloudTrail`), stream(organizationId)],
      },
    ],
  };
}

/** At the root: nobody in a member account stops a trail, or leaves with it. */
export const guardrail: ServiceControlPolicy = {
  name: "protect-trails",
  targets: ["root"],
  policy: {
    Version,
    Statement: [
      {
        Effect: "Deny",
        Action: [
          "cloudtrail:StopLogging",
          "cloudtrail:DeleteTrail",
          "cloudtrail:UpdateTrail",
          "cloudtrail:PutEventSelectors",
          "organizations:LeaveOrganization",
        ],
        Resource: "*",
      },
    ],
  },
};

const DATA_TYPES = [
  "AWS::S3::Object",
  "AWS::Lambda::Function",
  "AWS::DynamoDB::Table",
  "AWS::Bedrock::AgentAlias",
  "AWS::Bedrock::AsyncInvoke",
  "AWS::Bedrock::FlowAlias",
  "AWS::Bedrock::Guardrail",
  "AWS::Bedrock::InlineAgent",
  "AWS::Bedrock::KnowledgeBase",
  "AWS::Bedrock::Model",
];
const NETWORK_SOURCES = ["cloudtrail", "ec2", "kms", "s3", "secretsmanager"];

/** Management events, the data events that policies ask for, and what VPC endpoints refuse. */
export const everyEvent: NonNullable<Trail["advancedEventSelectors"]> = [
  { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
  ...DATA_TYPES.map((type) => ({
    name: type,
    fieldSelectors: [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: [type] },
    ],
  })),
  ...NETWORK_SOURCES.map((source) => ({
    name: `refused by an endpoint of ${source}`,
    fieldSelectors: [
      { field: "eventCategory", equals: ["NetworkActivity"] },
      { field: "eventSource", equals: [`${source}.amazonaws.com`] },
      { field: "errorCode", equals: ["VpceAccessDenied"] },
    ],
  })),
];
