import { describe, expect, test } from "vitest";
import type { BucketRecord } from "../../../src/snapshot/resources/bucket.ts";
import type { TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import type { SubjectContext } from "../../../src/subjects/join.ts";
import {
  ARCHIVE,
  aBucket,
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  BUCKET,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  only,
  STRANGER,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import {
  accountPolicy,
  aclCheck,
  cdkPolicy,
  controlTowerPolicy,
  legacyPolicy,
  organizationPolicy,
  policyOf,
  tlsOnly,
  write,
} from "./documented.ts";

const arn = `arn:aws:s3:::${BUCKET}`;

async function bucketOf(
  bucket: Partial<BucketRecord>,
  trails: readonly TrailRecord[] = [aTrail()],
  context: Partial<SubjectContext> = {},
  scope: "organization" | "accounts" = "organization",
) {
  const regions = [
    aRegion(
      "us-east-1",
      trails.map((trail) => sees(trail.arn)),
    ),
  ];
  const accounts = [anAccount(MANAGEMENT, regions), anAccount(WORKLOAD, regions)];
  const resources = [...trails, aBucket(bucket)];
  const all = await subjectsOf(aSnapshot({ resources, accounts, header: { scope } }), context);
  const found = only(all, "bucket");
  return {
    ...found,
    tlsOnly: shown(found.tlsOnly),
    admitsCloudTrail: shown(found.admitsCloudTrail),
    boundToTrails: shown(found.boundToTrails),
    foreignWriters: found.foreignWriters.map(shown),
    foreignReaders: found.foreignReaders.map(shown),
  };
}

const single = (changes: Partial<TrailRecord> = {}) => aLocalTrail({ kmsKeyArn: null, ...changes });
const wide = (changes: Partial<TrailRecord> = {}) => single({ isMultiRegion: true, ...changes });

describe("whether the bucket policy admits CloudTrail", () => {
  type Row = [string, string | null, TrailRecord[], unknown, unknown];
  test.for<Row>([
    ["none", null, [aTrail()], false, true],
    ["AWS's for an account trail", accountPolicy(WORKLOAD, LOCAL_TRAIL), [wide()], true, true],
    ["that of another account", accountPolicy(MANAGEMENT, LOCAL_TRAIL), [wide()], false, true],
    ["that of another trail", accountPolicy(WORKLOAD, `${LOCAL_TRAIL}2`), [wide()], false, true],
    ["AWS's for an organization trail", organizationPolicy(), [aTrail()], true, true],
    [
      "that of another organization",
      organizationPolicy(ORG_TRAIL, "o-other"),
      [aTrail()],
      false,
      true,
    ],
    [
      "an account trail's for an organization trail",
      accountPolicy(MANAGEMENT, ORG_TRAIL),
      [aTrail()],
      false,
      true,
    ],
    ["one for one of two trails", organizationPolicy(), [aTrail(), wide()], false, true],
    [
      "Control Tower's",
      controlTowerPolicy,
      [aTrail({ bucketPrefix: "o-exampleorgid" })],
      true,
      false,
    ],
    ["Control Tower's without its prefix", controlTowerPolicy, [aTrail()], false, false],
    ["the CDK's", cdkPolicy(WORKLOAD), [wide()], true, false],
    ["one of accounts for each region", legacyPolicy(WORKLOAD), [wide()], false, true],
    [
      "one for the log files of two regions",
      policyOf(
        aclCheck(),
        write(["us-east-1", "eu-west-1"].map((r) => `AWSLogs/${WORKLOAD}/CloudTrail/${r}/*`)),
      ),
      [wide({ logFileValidationEnabled: false })],
      false,
      false,
    ],
    [
      "one for the log files of the one region that counts",
      policyOf(aclCheck(), write(`AWSLogs/${WORKLOAD}/CloudTrail/eu-west-1/*`)),
      [single({ logFileValidationEnabled: false })],
      true,
      false,
    ],
    [
      "one without digest files",
      policyOf(aclCheck(), write(`AWSLogs/${WORKLOAD}/CloudTrail/*`)),
      [wide()],
      false,
      false,
    ],
    ["one without the ACL", policyOf(write(`AWSLogs/${WORKLOAD}/*`)), [wide()], false, false],
    ["one without a prefix", cdkPolicy(WORKLOAD), [wide({ bucketPrefix: "audit" })], false, false],
    [
      "an organization's own bound",
      policyOf(
        aclCheck({ StringEquals: { "aws:SourceOrgID": "o-exampleorgid" } }),
        write("AWSLogs/*", { StringEquals: { "aws:SourceOrgID": "o-exampleorgid" } }),
      ),
      [wide()],
      "?unresolved",
      true,
    ],
    [
      "an account's bound",
      policyOf(
        aclCheck({ StringEquals: { "AWS:sourceaccount": WORKLOAD } }),
        write("AWSLogs/*", { StringEquals: { "AWS:sourceaccount": WORKLOAD } }),
      ),
      [wide()],
      true,
      true,
    ],
    [
      "any trail's bound",
      policyOf(
        aclCheck({ ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/*" } }),
        write("AWSLogs/*", { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/*" } }),
      ),
      [wide()],
      true,
      false,
    ],
    [
      "a deny of strangers that hits services",
      policyOf(aclCheck(), write("AWSLogs/*"), {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
      }),
      [wide()],
      false,
      true,
    ],
    [
      "a deny of everything but one role (NotPrincipal)",
      policyOf(aclCheck(), write("AWSLogs/*"), {
        Effect: "Deny",
        NotPrincipal: { AWS: `arn:aws:iam::${ARCHIVE}:role/admin` },
        Action: "s3:*",
        Resource: "*",
      }),
      [wide()],
      false,
      true,
    ],
    [
      "a deny of all but reading (NotAction)",
      policyOf(aclCheck(), write("AWSLogs/*"), {
        Effect: "Deny",
        Principal: "*",
        NotAction: "s3:Get*",
        Resource: "*",
      }),
      [wide()],
      false,
      false,
    ],
    [
      "a deny of what is not encrypted with KMS, for a trail with a key",
      policyOf(aclCheck(), write("AWSLogs/*"), {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: "*",
        Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
      }),
      [wide({ kmsKeyArn: "arn:aws:kms:us-east-1:1:key/x", logFileValidationEnabled: false })],
      true,
      false,
    ],
    [
      "the same for a trail without",
      policyOf(aclCheck(), write("AWSLogs/*"), {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: "*",
        Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
      }),
      [wide()],
      "?unresolved",
      false,
    ],
    ["one that cannot be read", "{", [wide()], "?unsupported", "?unsupported"],
    [
      "1 MB of wildcards",
      policyOf({ Sid: "*".repeat(1_048_576) }),
      [wide()],
      "?unsupported",
      "?unsupported",
    ],
  ])("%s", async ([, policy, trails, admits, bound]) => {
    const found = await bucketOf({ policy }, trails);
    expect([found.admitsCloudTrail, found.boundToTrails]).toEqual([admits, bound]);
  });

  test("a policy that was not seen leaves every fact about it unknown", async () => {
    const policy = unknown("access-denied", { action: "s3:GetBucketPolicy" });
    expect(await bucketOf({ policy })).toMatchObject({
      tlsOnly: "?access-denied",
      admitsCloudTrail: "?access-denied",
      boundToTrails: "?access-denied",
      foreignWriters: ["?access-denied"],
      foreignReaders: ["?access-denied"],
    });
  });

  test.for<[string, Partial<TrailRecord>, unknown]>([
    ["prefix", { bucketPrefix: unknown("timeout") }, "?timeout"],
    ["kind", { isOrganizationTrail: unknown("timeout") }, "?timeout"],
    ["regions, which do not matter to this policy,", { isMultiRegion: unknown("timeout") }, true],
  ])("a trail whose %s was not seen", async ([, changes, expected]) => {
    const policy = accountPolicy(WORKLOAD, LOCAL_TRAIL);
    expect((await bucketOf({ policy }, [wide(changes)])).admitsCloudTrail).toBe(expected);
  });

  test("a policy for every object admits a trail whose prefix was not seen", async () => {
    const policy = policyOf(aclCheck(), write("*"));
    const trail = wide({ bucketPrefix: unknown("timeout") });
    expect((await bucketOf({ policy }, [trail])).admitsCloudTrail).toBe(true);
  });
});

describe("whether the bucket policy denies what comes without TLS", () => {
  test.for<[string, object[], unknown]>([
    ["the usual statement", [tlsOnly], true],
    [
      "in two statements",
      [
        { ...tlsOnly, Resource: arn },
        { ...tlsOnly, Resource: `${arn}/*` },
      ],
      true,
    ],
    ["with every action", [{ ...tlsOnly, Action: "*", Resource: "*" }], true],
    [
      "with other denies beside it",
      [{ ...tlsOnly, Action: "s3:Put*" }, tlsOnly, { ...tlsOnly, Action: "s3:Get*" }],
      true,
    ],
    ["of the objects alone", [{ ...tlsOnly, Resource: `${arn}/*` }], false],
    ["of the bucket alone", [{ ...tlsOnly, Resource: arn }], false],
    ["of some actions", [{ ...tlsOnly, Action: ["s3:GetObject", "s3:PutObject"] }], false],
    [
      "of two families of actions",
      [
        { ...tlsOnly, Action: "s3:Get*" },
        { ...tlsOnly, Action: "s3:Put*" },
      ],
      false,
    ],
    ["of one account's requests", [{ ...tlsOnly, Principal: { AWS: ARCHIVE } }], false],
    [
      "but for a role",
      [
        {
          ...tlsOnly,
          Condition: {
            ...tlsOnly.Condition,
            ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" },
          },
        },
      ],
      false,
    ],
    [
      "turned round",
      [{ ...tlsOnly, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
      false,
    ],
    [
      "only where the key is there",
      [{ ...tlsOnly, Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } }],
      true,
    ],
    [
      "as an allow with TLS",
      [{ ...tlsOnly, Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": "true" } } }],
      false,
    ],
    ["of another bucket", [{ ...tlsOnly, Resource: [`${arn}2`, `${arn}2/*`] }], false],
  ])("%s", async ([, statements, expected]) => {
    expect((await bucketOf({ policy: policyOf(...statements) })).tlsOnly).toBe(expected);
  });
});

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*` };
const OTHER = `arn:aws:iam::${STRANGER}:root`;
const but = (Condition: object) => ({ ...read, Principal: "*", Condition });

describe("who from outside may read", () => {
  test.for<[string, object, unknown[]]>([
    ["a stranger's account", { ...read, Principal: { AWS: OTHER } }, [OTHER]],
    ["by account id", { ...read, Principal: { AWS: [STRANGER, WORKLOAD] } }, [STRANGER]],
    [
      "a stranger's role",
      { ...read, Principal: { AWS: `arn:aws:iam::${STRANGER}:role/x` } },
      [`arn:aws:iam::${STRANGER}:role/x`],
    ],
    ["an account of the organization", { ...read, Principal: { AWS: WORKLOAD } }, []],
    [
      "the bucket's own account",
      { ...read, Principal: { AWS: `arn:aws:iam::${ARCHIVE}:role/reader` } },
      [],
    ],
    ["a deleted role", { ...read, Principal: { AWS: "AROA1234567890ABCDEFG" } }, []],
    ["another action", { ...read, Action: "s3:ListBucket", Principal: { AWS: OTHER } }, []],
    [
      "NotAction of another",
      {
        Effect: "Allow",
        NotAction: ["s3:Put*", "s3:Delete*"],
        Resource: `${arn}/*`,
        Principal: { AWS: OTHER },
      },
      [OTHER],
    ],
    [
      "a part of the objects",
      { ...read, Resource: `${arn}/AWSLogs/x/*`, Principal: { AWS: OTHER } },
      [OTHER],
    ],
    [
      "everyone of this organization",
      but({ StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } }),
      [],
    ],
    [
      "everyone of another",
      but({ StringEquals: { "aws:PrincipalOrgID": "o-other" } }),
      ["o-other"],
    ],
    [
      "everyone of a unit of this one",
      but({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-exampleorgid/r-x/*" } }),
      [],
    ],
    [
      "everyone of another's unit",
      but({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-other/r-x/*" } }),
      ["o-other"],
    ],
    [
      "everyone in a stranger's account",
      but({ StringEquals: { "aws:PrincipalAccount": STRANGER } }),
      [STRANGER],
    ],
    [
      "everyone in a member",
      but({ ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${WORKLOAD}:role/*` } }),
      [],
    ],
    [
      "everyone at some address, which S3 does not call public",
      but({ IpAddress: { "aws:SourceIp": "192.0.2.1/32" } }),
      ["?unresolved"],
    ],
    [
      "everyone through some VPC",
      but({ StringEquals: { "aws:SourceVpce": "vpce-1" } }),
      ["?unresolved"],
    ],
    [
      "a stranger, only by TLS and at some address",
      { ...read, Principal: { AWS: OTHER }, Condition: { Bool: { "aws:SecureTransport": true } } },
      [OTHER],
    ],
    [
      "a stranger at some address",
      {
        ...read,
        Principal: { AWS: OTHER },
        Condition: { IpAddress: { "aws:SourceIp": "192.0.2.1/32" } },
      },
      ["?unresolved"],
    ],
    [
      "a stranger of this organization only",
      {
        ...read,
        Principal: { AWS: OTHER },
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
      },
      [],
    ],
    ["a canonical user", { ...read, Principal: { CanonicalUser: "abc" } }, ["abc"]],
    [
      "the owner's canonical user",
      { ...read, Principal: { CanonicalUser: "canonical-id-of-the-owner" } },
      [],
    ],
    [
      "CloudFront by its old identity",
      {
        ...read,
        Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" },
      },
      ["arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"],
    ],
    [
      "CloudFront for anyone's distribution",
      { ...read, Principal: { Service: "cloudfront.amazonaws.com" } },
      ["cloudfront.amazonaws.com"],
    ],
    [
      "CloudFront for a member's distribution",
      {
        ...read,
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceArn": `arn:aws:cloudfront::${WORKLOAD}:distribution/E1` },
        },
      },
      [],
    ],
    [
      "CloudFront for a stranger's distribution",
      {
        ...read,
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceArn": `arn:aws:cloudfront::${STRANGER}:distribution/E1` },
        },
      },
      [`cloudfront.amazonaws.com for ${STRANGER}`],
    ],
    [
      "a stranger's identity provider",
      { ...read, Principal: { Federated: `arn:aws:iam::${STRANGER}:saml-provider/x` } },
      [`arn:aws:iam::${STRANGER}:saml-provider/x`],
    ],
  ])("%s", async ([, statement, expected]) => {
    const found = await bucketOf({ policy: policyOf(statement), policyIsPublic: false });
    expect([found.foreignReaders, found.foreignWriters]).toEqual([expected, []]);
  });

  test("a stranger whom a deny keeps out does not count", async () => {
    const allow = { ...read, Principal: { AWS: OTHER } };
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] };
    const strangers = { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" } };
    const kept = policyOf(allow, { ...deny, Condition: strangers }, tlsOnly);
    expect((await bucketOf({ policy: kept })).foreignReaders).toEqual([]);
    expect((await bucketOf({ policy: policyOf(allow, tlsOnly) })).foreignReaders).toEqual([OTHER]);
  });

  test("everyone at once is told by isPublic alone", async () => {
    const policy = policyOf({ ...read, Principal: "*" });
    const found = await bucketOf({ policy, policyIsPublic: true, publicAccessBlock: null });
    expect(found).toMatchObject({ isPublic: true, foreignReaders: [] });
  });

  test("a block of public buckets keeps named strangers out too, where the policy is public", async () => {
    const all = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true };
    const publicAccessBlock = { ...all, restrictPublicBuckets: true };
    const policy = policyOf({ ...read, Principal: "*" }, { ...read, Principal: { AWS: OTHER } });
    const asked = (policyIsPublic: boolean) =>
      bucketOf({ policy, policyIsPublic, publicAccessBlock });
    expect((await asked(true)).foreignReaders).toEqual([]);
    expect((await asked(false)).foreignReaders).toContain(OTHER);
  });

  test("an account that the config names is trusted", async () => {
    const policy = policyOf({ ...read, Principal: { AWS: OTHER } });
    const found = await bucketOf({ policy }, [aTrail()], { named: [STRANGER] });
    expect(found.foreignReaders).toEqual([]);
  });

  test("without the organization's list another account may be one of it", async () => {
    const policy = policyOf({ ...read, Principal: { AWS: OTHER } });
    const found = await bucketOf({ policy }, [aTrail()], {}, "accounts");
    expect(found.foreignReaders).toEqual(["?outside-scope"]);
  });

  test("a list of thousands of strangers costs no more than the first hundred", async () => {
    const ids = Array.from({ length: 3_000 }, (_, index) => String(900_000_000_000 + index));
    const found = await bucketOf({ policy: policyOf({ ...read, Principal: { AWS: ids } }) });
    expect(found.foreignReaders).toHaveLength(101);
    expect(found.foreignReaders.at(-1)).toBe("?unsupported");
  });
});

describe("who from outside may write", () => {
  const put = { Effect: "Allow", Action: "s3:PutObject", Resource: `${arn}/*` };
  test.for<[string, object, unknown[]]>([
    ["a stranger", { ...put, Principal: { AWS: OTHER } }, [OTHER]],
    [
      "a stranger who may change the policy",
      { ...put, Action: "s3:PutBucketPolicy", Resource: arn, Principal: { AWS: OTHER } },
      [OTHER],
    ],
    [
      "CloudTrail for anyone's trail",
      { ...put, Principal: { Service: "cloudtrail.amazonaws.com" } },
      [],
    ],
    ["S3's access logs", { ...put, Principal: { Service: "logging.s3.amazonaws.com" } }, []],
    [
      "a service that strangers can send",
      { ...put, Principal: { Service: "ses.amazonaws.com" } },
      ["ses.amazonaws.com"],
    ],
    [
      "such a service held to a member",
      {
        ...put,
        Principal: { Service: "ses.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": WORKLOAD } },
      },
      [],
    ],
  ])("%s", async ([, statement, expected]) => {
    expect((await bucketOf({ policy: policyOf(statement) })).foreignWriters).toEqual(expected);
  });

  test("CloudTrail's own accounts, from before it had a service principal, are not strangers", async () => {
    const found = await bucketOf({ policy: legacyPolicy(WORKLOAD) });
    expect(found.foreignWriters).toEqual([]);
  });
});

describe("grants of an ACL", () => {
  const grants = (...list: [string, string][]) =>
    list.map(([grantee, permission]) => ({ grantee, permission }));
  const group = (name: string) => `http://acs.amazonaws.com/groups/${name}`;
  test.for<[string, Partial<BucketRecord>, unknown[], unknown[]]>([
    ["the owner's", { aclGrants: grants(["canonical-id-of-the-owner", "FULL_CONTROL"]) }, [], []],
    ["a stranger's", { aclGrants: grants(["abc", "FULL_CONTROL"]) }, ["abc"], ["abc"]],
    ["a stranger's to read", { aclGrants: grants(["abc", "READ"]) }, ["abc"], []],
    ["a stranger's to change the ACL", { aclGrants: grants(["abc", "WRITE_ACP"]) }, [], ["abc"]],
    ["those of access logs", { aclGrants: grants([group("s3/LogDelivery"), "WRITE"]) }, [], []],
    [
      "everybody's, which isPublic tells",
      { aclGrants: grants([group("global/AllUsers"), "WRITE"]) },
      [],
      [],
    ],
    [
      "a stranger's where ACLs have no effect",
      { aclGrants: grants(["abc", "WRITE"]), objectOwnership: "BucketOwnerEnforced" },
      [],
      [],
    ],
    [
      "a stranger's where that is not known",
      { aclGrants: grants(["abc", "WRITE"]), objectOwnership: unknown("timeout") },
      [],
      ["?timeout"],
    ],
    [
      "those of an owner who is not known",
      { aclGrants: grants(["abc", "WRITE"]), aclOwner: unknown("timeout") },
      [],
      ["?timeout"],
    ],
    ["not seen", { aclGrants: unknown("timeout") }, ["?timeout"], ["?timeout"]],
    [
      "not seen where ACLs have no effect",
      { aclGrants: unknown("timeout"), objectOwnership: "BucketOwnerEnforced" },
      [],
      [],
    ],
  ])("%s", async ([, bucket, readers, writers]) => {
    const found = await bucketOf({ policy: null, objectOwnership: null, ...bucket });
    expect([found.foreignReaders, found.foreignWriters]).toEqual([readers, writers]);
  });
});
