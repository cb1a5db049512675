import { request } from "node:http";
import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import type { Bucket as WorldBucket } from "../../../src/simulate/schema/buckets.ts";
import type { World } from "../../../src/simulate/world.ts";
import { answer, refusal, regionInRefusal, simulated } from "../simulated.ts";

const EVERY = "every-kind-of-resource";
const OWNER = "222222222222";
const READER = "333333333333";
const STRANGER = "111111111111";
const Bucket = "organization-logs";

const world = (differs: Partial<WorldBucket> = {}): World => ({
  now: "2026-11-01T06:00:00Z",
  regions: { "us-east-1": "ENABLED_BY_DEFAULT", "eu-west-1": "ENABLED_BY_DEFAULT" },
  accounts: [{ id: OWNER }, { id: READER }, { id: STRANGER }],
  buckets: [{ name: Bucket, account: OWNER, region: "us-east-1", ...differs }],
});

const s3 = async (of: World | string, account = OWNER, region = "us-east-1") =>
  (await simulated(of)).as(account, region).s3;

test("everything that a bucket has is answered as the SDK reads it", async () => {
  const client = await s3(EVERY);
  expect(answer(await client.send(new HeadBucketCommand({ Bucket })))).toEqual({
    BucketRegion: "us-east-1",
  });
  expect((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(
    '{"Version":"2012-10-17","Statement":[]}',
  );
  expect((await client.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus).toEqual({
    IsPublic: false,
  });
  expect(answer(await client.send(new GetBucketVersioningCommand({ Bucket })))).toEqual({
    Status: "Enabled",
    MFADelete: "Disabled",
  });
  expect((await client.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual({
    TargetBucket: "access-logs",
    TargetPrefix: "organization/",
  });
  expect(
    (await client.send(new GetBucketEncryptionCommand({ Bucket })))
      .ServerSideEncryptionConfiguration,
  ).toEqual({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: "aws:kms",
          KMSMasterKeyID: "arn:aws:kms:us-east-1:111111111111:key/trail-key",
        },
        BucketKeyEnabled: true,
      },
    ],
  });
  expect(
    (await client.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration,
  ).toEqual({
    ObjectLockEnabled: "Enabled",
    Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 365 } },
  });
  expect((await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(
    [
      {
        ID: "archive",
        Status: "Enabled",
        Filter: { Prefix: "AWSLogs/" },
        Expiration: { Days: 2555 },
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        Transitions: [{ Days: 90, StorageClass: "GLACIER" }],
      },
      {
        ID: "tagged",
        Status: "Disabled",
        Filter: { And: { Prefix: "", Tags: [{ Key: "keep", Value: "no" }] } },
        Expiration: { Days: 1 },
      },
    ],
  );
});

test("a bucket of which nothing is said is as AWS makes one today", async () => {
  const client = await s3(world());
  expect(
    (await client.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
  ).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  expect(
    (await client.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls?.Rules,
  ).toEqual([{ ObjectOwnership: "BucketOwnerEnforced" }]);
  expect(
    (await client.send(new GetBucketEncryptionCommand({ Bucket })))
      .ServerSideEncryptionConfiguration?.Rules,
  ).toEqual([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
  ]);
  const { Owner, Grants } = await client.send(new GetBucketAclCommand({ Bucket }));
  expect(Grants).toEqual([
    { Grantee: { Type: "CanonicalUser", ID: Owner?.ID }, Permission: "FULL_CONTROL" },
  ]);
  expect(
    (await client.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled,
  ).toBeUndefined();
});

test.for([
  ["policy", new GetBucketPolicyCommand({ Bucket }), "NoSuchBucketPolicy"],
  ["policy status", new GetBucketPolicyStatusCommand({ Bucket }), "NoSuchBucketPolicy"],
  [
    "public access block",
    new GetPublicAccessBlockCommand({ Bucket }),
    "NoSuchPublicAccessBlockConfiguration",
  ],
  [
    "ownership controls",
    new GetBucketOwnershipControlsCommand({ Bucket }),
    "OwnershipControlsNotFoundError",
  ],
  [
    "object lock",
    new GetObjectLockConfigurationCommand({ Bucket }),
    "ObjectLockConfigurationNotFoundError",
  ],
  [
    "lifecycle",
    new GetBucketLifecycleConfigurationCommand({ Bucket }),
    "NoSuchLifecycleConfiguration",
  ],
  [
    "replication",
    new GetBucketReplicationCommand({ Bucket }),
    "ReplicationConfigurationNotFoundError",
  ],
] as const)("an absent %s is an error with its own code", async ([, command, name]) => {
  const client = await s3(world({ publicAccessBlock: null, objectOwnership: null }));
  const sent: Promise<unknown> = client.send(command as GetBucketPolicyCommand);
  expect(await refusal(sent)).toMatchObject({ name, status: 404 });
});

test("versioning that was never on is an empty answer, and a suspended one says so", async () => {
  const never = await s3(world({ versioning: "never" }));
  expect(answer(await never.send(new GetBucketVersioningCommand({ Bucket })))).toEqual({});
  const suspended = await s3(world({ versioning: "Suspended" }));
  expect((await suspended.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(
    "Suspended",
  );
});

test("replication is told rule by rule, in the older form too", async () => {
  const destinationBucket = "arn:aws:s3:::copy";
  const tag = { key: "keep", value: "yes" };
  const client = await s3(
    world({
      replication: [
        { id: "all", destinationBucket, destinationAccount: READER },
        { enabled: false, prefix: "AWSLogs/", tag, destinationBucket },
        { id: "older", prefix: "AWSLogs/", prefixInRule: true, destinationBucket },
      ],
    }),
  );
  const { ReplicationConfiguration } = await client.send(
    new GetBucketReplicationCommand({ Bucket }),
  );
  expect(ReplicationConfiguration).toEqual({
    Role: `arn:aws:iam::${OWNER}:role/replication`,
    Rules: [
      {
        ID: "all",
        Priority: 0,
        Filter: { Prefix: "" },
        Status: "Enabled",
        DeleteMarkerReplication: { Status: "Disabled" },
        Destination: {
          Bucket: destinationBucket,
          Account: READER,
          AccessControlTranslation: { Owner: "Destination" },
        },
      },
      {
        Priority: 1,
        Filter: { And: { Prefix: "AWSLogs/", Tags: [{ Key: "keep", Value: "yes" }] } },
        Status: "Disabled",
        DeleteMarkerReplication: { Status: "Disabled" },
        Destination: { Bucket: destinationBucket },
      },
      {
        ID: "older",
        Prefix: "AWSLogs/",
        Status: "Enabled",
        Destination: { Bucket: destinationBucket },
      },
    ],
  });
});

test.for([
  [undefined, "BucketOwner"],
  ["Requester", "Requester"],
] as const)("of a bucket whose payer is %s, %s pays", async ([requestPayer, payer]) => {
  const client = await s3(world(requestPayer === undefined ? {} : { requestPayer }));
  expect((await client.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe(payer);
});

test("a lifecycle rule can go by size, by dates, and have its prefix outside the filter", async () => {
  const client = await s3(
    world({
      lifecycle: [
        { id: "size", objectSizeGreaterThan: 100, expirationDate: "2030-01-01T00:00:00Z" },
        {
          id: "older",
          prefix: "AWSLogs/",
          prefixInRule: true,
          transitions: [{ date: "2029-01-01T00:00:00Z", storageClass: "DEEP_ARCHIVE" }],
        },
      ],
    }),
  );
  const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules).toEqual([
    {
      ID: "size",
      Filter: { And: { Prefix: "", ObjectSizeGreaterThan: 100 } },
      Status: "Enabled",
      Expiration: { Date: new Date("2030-01-01T00:00:00Z") },
    },
    {
      ID: "older",
      Prefix: "AWSLogs/",
      Status: "Enabled",
      Transitions: [{ Date: new Date("2029-01-01T00:00:00Z"), StorageClass: "DEEP_ARCHIVE" }],
    },
  ]);
});

test("a bucket can be open to everybody by its ACL", async () => {
  const grantee = "http://acs.amazonaws.com/groups/global/AllUsers";
  const client = await s3(world({ grants: [{ grantee, permission: "READ" }] }));
  const { Grants } = await client.send(new GetBucketAclCommand({ Bucket }));
  expect(Grants?.[1]).toEqual({ Grantee: { Type: "Group", URI: grantee }, Permission: "READ" });
});

test("Object Lock can be on without a default retention", async () => {
  const client = await s3(world({ objectLock: {} }));
  const { ObjectLockConfiguration } = await client.send(
    new GetObjectLockConfigurationCommand({ Bucket }),
  );
  expect(ObjectLockConfiguration).toEqual({ ObjectLockEnabled: "Enabled" });
});

test.for([
  ["us-east-1", undefined],
  ["eu-west-1", "eu-west-1"],
] as const)("the location of a bucket in %s is %s", async ([region, location]) => {
  const client = await s3(world({ region }), OWNER, "us-east-1");
  expect(
    (await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint ?? undefined,
  ).toBe(location);
});

test.for([
  ["a missing bucket", OWNER, "us-east-1", "no-such-bucket", 404, undefined],
  ["a bucket asked for in another region", OWNER, "eu-west-1", Bucket, 301, "us-east-1"],
  ["somebody else's bucket", STRANGER, "us-east-1", Bucket, 403, "us-east-1"],
] as const)("HeadBucket of %s", async ([, account, region, name, status, names]) => {
  const client = await s3(world(), account, region);
  const head = () => client.send(new HeadBucketCommand({ Bucket: name }));
  expect((await refusal(head())).status).toBe(status);
  expect(await regionInRefusal(head())).toBe(names);
});

test("a client that follows redirects finds a bucket of another region", async () => {
  const client = await s3(world({ region: "eu-west-1" }));
  client.config.followRegionRedirects = true;
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
  expect(Status).toBe("Enabled");
});

test("an expected owner who is not the owner is denied, even to the owner", async () => {
  const client = await s3(world());
  const asked = (ExpectedBucketOwner: string) =>
    client.send(new GetBucketAclCommand({ Bucket, ExpectedBucketOwner }));
  expect(await refusal(asked(STRANGER))).toMatchObject({ name: "AccessDenied", status: 403 });
  expect((await asked(OWNER)).Grants).toHaveLength(1);
});

test("others read what the bucket's policy lets them, but never the policy itself", async () => {
  const { as } = await simulated(world({ readableBy: [READER], policy: {} }));
  expect((await as(READER).s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(
    "Enabled",
  );
  const policy = new GetBucketPolicyCommand({ Bucket });
  expect(await refusal(as(READER).s3.send(policy))).toMatchObject({
    name: "MethodNotAllowed",
    status: 405,
  });
  const { name, status, message } = await refusal(as(STRANGER).s3.send(policy));
  expect([name, status]).toEqual(["AccessDenied", 403]);
  expect(message).toContain(
    'is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::organization-logs"',
  );
});

test("buckets are listed page by page, with their regions where anything was asked", async () => {
  const base = { account: OWNER, region: "eu-west-1" };
  const buckets = ["logs-b", "logs-a", "other"].map((name) => ({ name, ...base }));
  const client = await s3({
    ...world(),
    buckets: [...buckets, { ...base, name: "foreign", account: READER }],
  });
  const first = await client.send(new ListBucketsCommand({ Prefix: "logs-", MaxBuckets: 1 }));
  expect(first.Buckets).toEqual([
    {
      Name: "logs-a",
      CreationDate: new Date("2024-01-15T09:00:00Z"),
      BucketRegion: "eu-west-1",
      BucketArn: "arn:aws:s3:::logs-a",
    },
  ]);
  const { ContinuationToken } = first;
  const second = await client.send(
    new ListBucketsCommand({ Prefix: "logs-", MaxBuckets: 1, ContinuationToken }),
  );
  expect([second.Buckets?.[0]?.Name, second.ContinuationToken]).toEqual(["logs-b", undefined]);
  const all = await client.send(new ListBucketsCommand());
  expect(all.Buckets?.map((each) => each.Name)).toEqual(["logs-a", "logs-b", "other"]);
  expect(all.Buckets?.[0]?.BucketRegion).toBeUndefined();
});

test("a bucket may stand in front of the host", async () => {
  const simulator = await simulated(world());
  const port = new URL(simulator.endpoint).port;
  const status = await new Promise((resolve, reject) => {
    const headers = {
      host: `${Bucket}.localhost:${port}`,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIASIM${OWNER}/20261101/us-east-1/s3/aws4_request`,
    };
    request({ host: "127.0.0.1", port, method: "HEAD", path: "/", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(status).toBe(200);
});
