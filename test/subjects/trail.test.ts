import { expect, test } from "vitest";
import type { RegionRecord } from "../../src/snapshot/account-record.ts";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import {
  ARCHIVE,
  aBucket,
  aKey,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  aTrailTopic,
  BUCKET,
  denied,
  KEY,
  LOG_GROUP,
  MANAGEMENT,
  only,
  STRANGER,
  shown,
  subjectsOf,
  TOPIC,
  WORKLOAD,
} from "./a-snapshot.ts";

async function trail(resources: ResourceRecord[], regions?: RegionRecord[]) {
  const accounts = [anAccount(MANAGEMENT, regions)];
  return only(await subjectsOf(aSnapshot({ resources, accounts })), "trail");
}

test("a trail has its bucket, key, log group and topic joined in", async () => {
  const subject = await trail([aTrail(), aBucket(), aKey(), aLogGroup(), aTrailTopic()]);
  expect(subject).toMatchObject({
    accountId: MANAGEMENT,
    region: "us-east-1",
    homeRegionIsOptIn: false,
    recordsGlobalServiceEvents: true,
    role: "primary",
    bucket: { name: BUCKET, accountId: ARCHIVE, owner: "organization-account", exists: true },
    kmsKey: {
      arn: KEY,
      accountId: MANAGEMENT,
      region: "us-east-1",
      owner: "trail-account",
      exists: true,
      enabled: true,
    },
    logGroup: { arn: LOG_GROUP, exists: true },
    topic: { arn: TOPIC, exists: true, admitsCloudTrail: true },
  });
});

test("a trail that names nothing has nothing: that is known", async () => {
  const none = { bucketName: null, kmsKeyArn: null, logGroupArn: null, topicArn: null };
  expect(await trail([aTrail(none)])).toMatchObject({
    bucket: null,
    kmsKey: null,
    logGroup: null,
    topic: null,
  });
});

test("a key that could not be described still says whose it is", async () => {
  const foreign = KEY.replace(MANAGEMENT, STRANGER);
  const { kmsKey } = await trail([
    aTrail({ kmsKeyArn: foreign }),
    aKey({ arn: foreign, accountId: STRANGER, enabled: denied, exists: denied }),
  ]);
  expect(kmsKey).toMatchObject({ arn: foreign, accountId: STRANGER, owner: "other-account" });
  expect(kmsKey).toMatchObject({ enabled: denied });
});

test("what a trail names and no record describes was not collected", async () => {
  const { bucket, kmsKey, logGroup, topic } = await trail([
    aTrail({ topicArn: "arn:aws:sns:a:b:c" }),
  ]);
  const facts = { bucket, kmsKey, logGroup, topic };
  for (const [name, fact] of Object.entries(facts)) {
    expect([name, shown(fact && "exists" in fact ? fact.exists : fact)]).toEqual([
      name,
      "?not-collected",
    ]);
  }
  expect(kmsKey).toMatchObject({ owner: "trail-account" });
});

test("what a trail does not say stays unknown as a whole", async () => {
  const hidden = { bucketName: denied, kmsKeyArn: denied, logGroupArn: denied };
  const { bucket, kmsKey, logGroup } = await trail([aTrail(hidden)]);
  expect([bucket, kmsKey, logGroup].map(shown)).toEqual(Array(3).fill("?access-denied"));
});

test.each<[RegionRecord["optStatus"], unknown]>([
  ["ENABLED_BY_DEFAULT", false],
  ["ENABLED", true],
  ["ENABLING", true],
  ["DISABLING", true],
  [denied, "?access-denied"],
])("a home region with status %j: opt-in %s", async (optStatus, expected) => {
  const subject = await trail([aTrail()], [aRegion("us-east-1", [], { optStatus })]);
  expect(shown(subject.homeRegionIsOptIn)).toBe(expected);
});

test("a home region that no account listed lies outside the scope", async () => {
  const subject = await trail([aTrail()], [aRegion("eu-west-1", [])]);
  expect(shown(subject.homeRegionIsOptIn)).toBe("?outside-scope");
});

test.each([
  [true, true, "eu-west-1", true],
  [true, false, "us-east-1", true],
  [true, false, "eu-west-1", false],
  [false, true, "us-east-1", false],
])(
  "the flag %s, multi-region %s, at home in %s: global events reach it %s",
  async (flag, multi, home, expected) => {
    const changes = { includeGlobalServiceEvents: flag, isMultiRegion: multi, homeRegion: home };
    expect((await trail([aTrail(changes)])).recordsGlobalServiceEvents).toBe(expected);
  },
);

test("what one account knows of a region is not forgotten because the next was denied", async () => {
  const unsure = aRegion("us-east-1", [], { optStatus: denied });
  const accounts = [
    anAccount(WORKLOAD, [aRegion("us-east-1", [])]),
    anAccount(MANAGEMENT, [unsure]),
  ];
  const all = await subjectsOf(aSnapshot({ resources: [aTrail()], accounts }));
  expect(only(all, "trail").homeRegionIsOptIn).toBe(false);
});
