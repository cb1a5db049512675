import { expect, test } from "vitest";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import { unknownMore } from "../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aBucket,
  aKey,
  aLocalTrail,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  KEY,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  only,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const rest = [aBucket(), aKey(), aLogGroup()];
const shared = (
  resources: ResourceRecord[],
  accounts = [anAccount(MANAGEMENT), anAccount(WORKLOAD)],
) => subjectsOf(aSnapshot({ resources, accounts }));

test("a bucket that two trails share names both, and belongs to the less trusted side", async () => {
  const resources = [
    aTrail(),
    aLocalTrail(),
    aBucket({ accountId: WORKLOAD }),
    aKey(),
    aLogGroup(),
  ];
  const all = await shared(resources);
  expect(only(all, "bucket")).toMatchObject({
    trails: [LOCAL_TRAIL, ORG_TRAIL],
    owner: "organization-account",
  });
  expect(only(all, "key")).toMatchObject({
    trails: [LOCAL_TRAIL, ORG_TRAIL],
    owner: "organization-account",
  });
});

test("a bucket and key that one trail uses are seen from its account", async () => {
  const all = await shared([
    aTrail(),
    aLocalTrail({ bucketName: "other", kmsKeyArn: null }),
    ...rest,
  ]);
  expect(only(all, "bucket")).toMatchObject({ trails: [ORG_TRAIL], owner: "organization-account" });
  expect(only(all, "key")).toMatchObject({ trails: [ORG_TRAIL], owner: "trail-account" });
});

test("a trail that does not say its key may use any key", async () => {
  const all = await shared([aTrail(), aLocalTrail({ kmsKeyArn: denied }), ...rest]);
  const key = only(all, "key", KEY);
  expect(shown(key.owner)).toBe("?access-denied");
  expect(key.trails.map(shown)).toEqual([ORG_TRAIL, "?access-denied"]);
});

test("where a trail may be unseen, more trails may use a bucket, and its owner is that of those seen", async () => {
  const hidden = anAccount(WORKLOAD, [aRegion("us-east-1", [unknownMore(denied)])]);
  const all = await shared([aTrail(), ...rest], [anAccount(MANAGEMENT), hidden]);
  const bucket = only(all, "bucket", "arn:aws:s3:::example-trail-logs");
  expect(bucket.trails.map(shown)).toEqual([ORG_TRAIL, "?access-denied"]);
  expect(bucket.owner).toBe("organization-account");
});

test("a bucket has its owner's name and place, and its settings in short", async () => {
  const logging = { targetBucket: "access-logs", targetPrefix: "" };
  const all = await shared([aTrail(), aBucket({ accessLogging: logging }), aKey(), aLogGroup()]);
  expect(only(all, "bucket")).toMatchObject({
    accountId: ARCHIVE,
    accountName: "account 333",
    accessLogging: true,
    encryption: { algorithm: "aws:kms", kmsKeyArn: KEY },
    versioning: "Enabled",
  });
});

test("a bucket that is not the organization's has no account, and a missing one is nobody's", async () => {
  const gone = { exists: false, accountId: denied };
  expect(only(await shared([aTrail(), aBucket(gone)]), "bucket")).toMatchObject({
    accountId: null,
    ouPath: null,
    exists: false,
    owner: "other-account",
    isPublic: false,
  });
});

test("a log group is found with and without the star that CloudTrail writes", async () => {
  const all = await shared([
    aTrail(),
    aLogGroup({ arn: "arn:aws:logs:us-east-1:111111111111:log-group:trail:*" }),
  ]);
  expect(only(all, "log-group").trails).toEqual([ORG_TRAIL]);
  expect(only(all, "trail").logGroup).toMatchObject({ exists: true });
});

test("a key has the name that its ARN ends with", async () => {
  const all = await shared([aTrail(), ...rest]);
  expect(only(all, "key")).toMatchObject({
    name: "11111111-2222-3333-4444-555555555555",
    enabled: true,
  });
});
