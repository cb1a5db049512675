import { expect, test } from "vitest";
import type { TrailStatus } from "../../src/snapshot/account-record.ts";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import {
  aBucket,
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const DAY = "2025-11-20";
const asked = { accountId: MANAGEMENT, region: "us-east-1", day: DAY };
const before = { startLoggingTime: "2025-11-19T23:59:59.000Z" };
const after = { startLoggingTime: "2025-11-20T00:00:01.000Z" };

/** What is known of that day, from what was found and the organization trail's status at home. */
async function history(
  found: BucketRecord["history"],
  home: Partial<TrailStatus>,
  elsewhere: Partial<TrailStatus> = home,
) {
  const all = await subjectsOf(
    aSnapshot({
      resources: [aTrail(), aBucket({ history: found })],
      accounts: [
        anAccount(MANAGEMENT, [
          aRegion("us-east-1", [sees(ORG_TRAIL, home)]),
          aRegion("eu-west-1", [sees(ORG_TRAIL, elsewhere)]),
        ]),
        anAccount(WORKLOAD, [aRegion("us-east-1", [sees(ORG_TRAIL, elsewhere)])]),
      ],
    }),
  );
  const { day, present } = only(all, "bucket").history;
  return { day: shown(day), present: shown(present) };
}

const none = { ...asked, found: false };

test.each<[string, BucketRecord["history"], Partial<TrailStatus>, unknown]>([
  ["found", { ...asked, found: true }, after, true],
  ["not found, though the trail logged before", none, before, false],
  ["not found, and the trail logs only since that day", none, after, "?too-young"],
  [
    "not found, and when logging began was denied",
    none,
    { startLoggingTime: denied },
    "?access-denied",
  ],
  ["not found, and AWS gives no time", none, { startLoggingTime: null }, "?too-young"],
  ["not found, of a time that is none", none, { startLoggingTime: "soon" }, "?too-young"],
  [
    "not found, of a trail that was stopped later",
    none,
    { ...before, isLogging: false, stopLoggingTime: "2025-11-21T00:00:00.000Z" },
    false,
  ],
  [
    "not found, of a trail that was stopped that day",
    none,
    { ...before, isLogging: false, stopLoggingTime: "2025-11-20T23:00:00.000Z" },
    "?too-young",
  ],
  [
    "not found, of a trail that was stopped and nobody knows when",
    none,
    { ...before, isLogging: false, stopLoggingTime: null },
    "?too-young",
  ],
  [
    "not found, of a trail that perhaps stopped",
    none,
    { ...before, isLogging: denied },
    "?access-denied",
  ],
])("log files of a day were %s", async (_, found, home, present) => {
  expect(await history(found, home)).toEqual({ day: DAY, present });
});

test("a day that nobody asked about is none", async () => {
  expect(await history(null, before)).toEqual({ day: null, present: "?not-collected" });
});

test("a listing that was denied tells nothing", async () => {
  const listing = unknown("access-denied", { action: "s3:ListBucket" });
  expect(await history(listing, before)).toEqual({
    day: "?access-denied",
    present: "?access-denied",
  });
});

test("only the owner's home region says since when the trail has been logging", async () => {
  expect((await history(none, before, after)).present).toBe(false);
  expect((await history(none, after, before)).present).toBe("?too-young");
});

test("a trail of another account or another home region was not the one asked about", async () => {
  const local = { arn: LOCAL_TRAIL, bucketName: "example-trail-logs" };
  const all = await subjectsOf(
    aSnapshot({
      resources: [aTrail(), aLocalTrail(local), aBucket({ history: none })],
      accounts: [
        anAccount(MANAGEMENT, [aRegion("us-east-1", [sees(ORG_TRAIL, before)])]),
        anAccount(WORKLOAD, [aRegion("eu-west-1", [sees(LOCAL_TRAIL, after)])]),
      ],
    }),
  );
  expect(only(all, "bucket").history).toEqual({ day: DAY, present: false });
});

test("a trail whose owner was not asked may have begun later", async () => {
  const all = await subjectsOf(
    aSnapshot({
      resources: [aTrail(), aBucket({ history: none })],
      accounts: [anAccount(WORKLOAD, [aRegion("us-east-1", [sees(ORG_TRAIL, before)])])],
    }),
  );
  expect(shown(only(all, "bucket").history.present)).toBe("?outside-scope");
});
