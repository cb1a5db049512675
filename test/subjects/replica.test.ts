import { expect, test } from "vitest";
import type { RegionRecord, SeenTrail } from "../../src/snapshot/account-record.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import {
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  hoursAgo,
  MANAGEMENT,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

async function replica(
  seen: SeenTrail,
  {
    trail = {},
    region = {},
  }: { trail?: Partial<TrailRecord>; region?: Partial<RegionRecord> } = {},
) {
  const accounts = [anAccount(WORKLOAD, [aRegion("eu-west-1", [seen], region)])];
  return only(await subjectsOf(aSnapshot({ resources: [aTrail(trail)], accounts })), "replica");
}

test("a replica says whose trail it is a view of, and from where", async () => {
  expect(await replica(sees())).toMatchObject({
    id: `${ORG_TRAIL}@${WORKLOAD}/eu-west-1`,
    trailArn: ORG_TRAIL,
    trailAccountId: MANAGEMENT,
    homeRegion: "us-east-1",
    isOrganizationTrail: true,
    accountId: WORKLOAD,
    region: "eu-west-1",
    isLogging: true,
    s3: { latestError: null, lagHours: 0 },
    digest: { expected: true, ageHours: 0.5 },
    cloudWatchLogs: { configured: true, lagHours: 0 },
  });
});

test("errors and times are told apart by where CloudTrail delivers", async () => {
  const subject = await replica(
    sees(ORG_TRAIL, {
      latestDeliveryError: "NoSuchBucket",
      latestDigestDeliveryError: "AccessDenied",
      latestCloudWatchLogsDeliveryError: "ResourceNotFoundException",
      stopLoggingTime: hoursAgo(2000),
    }),
  );
  expect(subject.s3).toMatchObject({ latestTime: hoursAgo(0.1), latestError: "NoSuchBucket" });
  expect(subject.digest).toMatchObject({ latestTime: hoursAgo(0.5), latestError: "AccessDenied" });
  expect(subject.cloudWatchLogs.latestError).toBe("ResourceNotFoundException");
  expect([subject.startedAt, subject.stoppedAt]).toEqual([hoursAgo(1000), hoursAgo(2000)]);
});

test("a status that was denied hides what it would tell, and nothing of the configuration", async () => {
  const subject = await replica({ arn: ORG_TRAIL, status: denied });
  expect(shown(subject.isLogging)).toBe("?access-denied");
  expect(Object.values(subject.s3).map(shown)).toEqual(Array(3).fill("?access-denied"));
  expect(subject.digest.expected).toBe(true);
  expect(subject.cloudWatchLogs.configured).toBe(true);
});

test("a trail without a log group cannot lag behind", async () => {
  const seen = sees(ORG_TRAIL, { latestCloudWatchLogsDeliveryTime: null });
  const { cloudWatchLogs } = await replica(seen, { trail: { logGroupArn: null } });
  expect(cloudWatchLogs).toMatchObject({ configured: false, lagHours: null });
  const hidden = await replica(seen, { trail: { logGroupArn: denied } });
  expect(shown(hidden.cloudWatchLogs.lagHours)).toBe("?access-denied");
});

test.each<[string, RegionRecord["optStatus"], unknown]>([
  ["is being enabled", "ENABLING", "?too-young"],
  ["is enabled", "ENABLED", false],
  ["is being disabled", "DISABLING", false],
  ["does not say since when", denied, "?access-denied"],
])("a copy that does not log in a region that %s", async (_, optStatus, expected) => {
  const subject = await replica(sees(ORG_TRAIL, { isLogging: false }), { region: { optStatus } });
  expect(shown(subject.isLogging)).toBe(expected);
});

test("a region that only the operator named is taken to be as old as they say", async () => {
  const region = aRegion("eu-west-1", [sees(ORG_TRAIL, { isLogging: false })], {
    optStatus: denied,
  });
  const accounts = [anAccount(WORKLOAD, [region], { regionsFrom: "option" })];
  const all = await subjectsOf(aSnapshot({ accounts }));
  expect(only(all, "replica").isLogging).toBe(false);
});
