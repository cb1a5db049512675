import { expect, test } from "vitest";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { type Unknown, unknown } from "../../src/snapshot/unknown.ts";
import type { LogFiles } from "../../src/subjects/log-files.ts";
import { retention } from "../../src/subjects/retention.ts";
import { aBucket, aLocalTrail, aTrail, shown, WORKLOAD } from "./a-snapshot.ts";

type Rule = Extract<BucketRecord["lifecycleRules"], readonly unknown[]>[number];

const aRule = (changes: Partial<Rule> = {}): Rule => ({
  id: null,
  enabled: true,
  prefix: null,
  otherFilter: false,
  expirationDays: null,
  noncurrentExpirationDays: null,
  newerNoncurrentVersions: null,
  transitions: [],
  ...changes,
});
const expire = (days: number, changes: Partial<Rule> = {}) =>
  aRule({ expirationDays: days, ...changes });
const hiddenGo = (days: number, changes: Partial<Rule> = {}) =>
  aRule({ noncurrentExpirationDays: days, ...changes });
const move = (days: number | null, storageClass: string, changes: Partial<Rule> = {}) =>
  aRule({ transitions: [{ days, storageClass }], ...changes });

const denied = unknown("access-denied", { action: "s3:Anything" });

const unseen = unknown("timeout", { action: "cloudtrail:DescribeTrails" });
const files = (trails: TrailRecord[], open: Unknown | null = null): LogFiles => ({
  records: trails,
  open,
  organizationId: "o-exampleorgid",
});
const shared = files([aTrail()]);
const own = files([aLocalTrail()]);
const prefixed = files([aLocalTrail({ bucketPrefix: "audit" })]);

/** What is kept, of a bucket without versions or Object Lock: its rules alone decide. */
function kept(rules: BucketRecord["lifecycleRules"], where: LogFiles, bucket = {}) {
  const bare = { versioning: null, objectLock: null };
  const record = aBucket({ ...bare, lifecycleRules: rules, ...bucket });
  const { days, lockedDays, archivedAfterDays } = retention(record, where);
  return { days: shown(days), locked: shown(lockedDays), archived: shown(archivedAfterDays) };
}

test.each<[string, Rule[], LogFiles, unknown]>([
  ["no rule: for ever", [], own, null],
  ["a rule for everything", [expire(90)], own, 90],
  ["the shortest of several", [expire(400), expire(90), expire(365)], own, 90],
  ["a rule that is off", [expire(1, { enabled: false })], own, null],
  ["a rule that is off beside one that is on", [expire(1, { enabled: false }), expire(9)], own, 9],
  ["an empty prefix is everything", [expire(30, { prefix: "" })], own, 30],
  ["the beginning of every key", [expire(30, { prefix: "A" })], own, 30],
  ["the folder of all log files", [expire(30, { prefix: "AWSLogs/" })], own, 30],
  ["the same without its slash", [expire(30, { prefix: "AWSLogs" })], own, 30],
  ["the trail's account", [expire(30, { prefix: `AWSLogs/${WORKLOAD}/` })], own, 30],
  ["the beginning of the account", [expire(30, { prefix: "AWSLogs/22" })], own, 30],
  ["another account", [expire(30, { prefix: "AWSLogs/333333333333/" })], own, null],
  ["an account whose number goes on", [expire(1, { prefix: `AWSLogs/${WORKLOAD}0/` })], own, null],
  ["another folder", [expire(30, { prefix: "elb/" })], own, null],
  ["a folder that only begins alike", [expire(30, { prefix: "AWSLogsOld/" })], own, null],
  ["another service's logs", [expire(1, { prefix: `AWSLogs/${WORKLOAD}/Config/` })], own, null],
  ["digests", [expire(1, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail-Digest/` })], own, null],
  ["one region", [expire(7, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail/eu-west-1/` })], own, 7],
  ["insights", [expire(7, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail-Insight/` })], own, 7],
  [
    "days that are long gone, perhaps",
    [expire(7, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail/eu-west-1/2019/` })],
    own,
    "?unresolved",
  ],
  ["the trail's own prefix", [expire(30, { prefix: "audit/" })], prefixed, 30],
  ["a prefix of the trail's prefix", [expire(30, { prefix: "au" })], prefixed, 30],
  ["not the trail's prefix", [expire(30, { prefix: "AWSLogs/" })], prefixed, null],
  ["a longer folder name", [expire(30, { prefix: "audit2/" })], prefixed, null],
  ["the organization", [expire(30, { prefix: "AWSLogs/o-exampleorgid/" })], shared, 30],
  ["another organization", [expire(30, { prefix: "AWSLogs/o-other/" })], shared, null],
  [
    "one member of the organization",
    [expire(30, { prefix: `AWSLogs/o-exampleorgid/${WORKLOAD}/` })],
    shared,
    30,
  ],
  ["one of two trails", [expire(30, { prefix: `AWSLogs/${WORKLOAD}/` })], files([aTrail()]), null],
  [
    "one of two trails, the other",
    [expire(30, { prefix: `AWSLogs/${WORKLOAD}/` })],
    files([aTrail(), aLocalTrail()]),
    30,
  ],
  ["tags may be there or not", [expire(30, { otherFilter: true })], own, "?unresolved"],
  [
    "tags do not matter where all goes sooner",
    [expire(30, { otherFilter: true }), expire(20)],
    own,
    20,
  ],
  [
    "tags matter where they make it sooner",
    [expire(30, { otherFilter: true }), expire(400)],
    own,
    "?unresolved",
  ],
  ["tags elsewhere do not matter", [expire(3, { otherFilter: true, prefix: "elb/" })], own, null],
  [
    "a trail that was not seen may be elsewhere",
    [expire(9, { prefix: "x/" })],
    files([], unseen),
    "?timeout",
  ],
  ["whatever was not seen, all goes", [expire(9)], files([], unseen), 9],
])("log files without versions, %s", (_, rules, where, days) => {
  expect(kept(rules, where).days).toEqual(days);
});

test.each<[string, BucketRecord["versioning"], Rule[], unknown]>([
  ["hidden, and kept for ever", "Enabled", [expire(30)], null],
  ["hidden, then gone", "Enabled", [expire(30, { noncurrentExpirationDays: 60 })], 90],
  ["never hidden, so never gone", "Enabled", [hiddenGo(60)], null],
  ["by two rules", "Enabled", [expire(30), hiddenGo(60)], 90],
  ["by the shortest of each", "Enabled", [expire(30), expire(300), hiddenGo(9), hiddenGo(60)], 39],
  [
    "by rules of which one is for a prefix of the other's",
    "Enabled",
    [expire(30, { prefix: "AWSLogs/" }), hiddenGo(60, { prefix: `AWSLogs/${WORKLOAD}/Cloud` })],
    90,
  ],
  [
    "not by rules for different files",
    "Enabled",
    [
      expire(30, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail/eu-west-1/` }),
      hiddenGo(60, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail/us-east-1/` }),
    ],
    null,
  ],
  [
    "kept by number: a log file has one hidden version",
    "Enabled",
    [expire(30), hiddenGo(1, { newerNoncurrentVersions: 1 })],
    null,
  ],
  ["suspended keeps no hidden version", "Suspended", [expire(30), hiddenGo(60)], 30],
  ["never versioned", null, [expire(30), hiddenGo(60)], 30],
  ["perhaps versioned", denied, [expire(30), hiddenGo(60)], "?access-denied"],
  ["perhaps versioned, and nothing goes", denied, [hiddenGo(60)], null],
  [
    "hidden for sure, gone only if tagged",
    "Enabled",
    [expire(30), hiddenGo(60, { otherFilter: true })],
    "?unresolved",
  ],
])("log files with versions %s", (_, versioning, rules, days) => {
  expect(kept(rules, own, { versioning }).days).toEqual(days);
});

const lock = (mode: string | null, days: number | null) => ({ objectLock: { mode, days } });

test.each<[string, Partial<BucketRecord>, Rule[], unknown, unknown]>([
  ["for longer than lifecycle", lock("COMPLIANCE", 400), [expire(30), hiddenGo(1)], 400, 400],
  ["for less than lifecycle", lock("GOVERNANCE", 10), [expire(30), hiddenGo(1)], 31, 10],
  ["where nothing goes", lock("GOVERNANCE", 10), [], null, 10],
  ["without a default", lock(null, null), [expire(30), hiddenGo(1)], 31, null],
  ["in no way", { objectLock: null }, [expire(30), hiddenGo(1)], 31, null],
  ["in a new way", lock("EVENT", 5), [expire(30), hiddenGo(1)], "?unsupported", "?unsupported"],
  [
    "perhaps",
    { objectLock: denied },
    [expire(30), hiddenGo(1)],
    "?access-denied",
    "?access-denied",
  ],
  ["perhaps, and nothing goes", { objectLock: denied }, [], null, "?access-denied"],
])("Object Lock keeps versions %s", (_, bucket, rules, days, locked) => {
  const found = kept(rules, own, { versioning: "Enabled", ...bucket });
  expect({ days: found.days, locked: found.locked }).toEqual({ days, locked });
});

test.each<[string, Rule[], unknown]>([
  ["never", [expire(400)], null],
  ["by GLACIER", [move(30, "GLACIER")], 30],
  ["by DEEP_ARCHIVE", [move(180, "DEEP_ARCHIVE")], 180],
  ["on the first day", [move(0, "GLACIER")], 0],
  ["from a date on, whatever their age", [move(null, "GLACIER")], 0],
  ["not by a class that is read at once", [move(0, "GLACIER_IR"), move(30, "STANDARD_IA")], null],
  ["after a class that is read at once", [move(30, "STANDARD_IA"), move(95, "GLACIER")], 95],
  ["perhaps by Intelligent-Tiering", [move(0, "INTELLIGENT_TIERING")], "?not-collected"],
  ["before Intelligent-Tiering could", [move(0, "INTELLIGENT_TIERING"), move(60, "GLACIER")], 60],
  ["perhaps by a class that is new", [move(30, "SOMETHING_NEW")], "?unsupported"],
  ["perhaps by tags", [move(30, "GLACIER", { otherFilter: true })], "?unresolved"],
  ["not elsewhere", [move(30, "GLACIER", { prefix: "elb/" })], null],
  ["not once they are gone", [move(40, "GLACIER"), expire(30)], null],
  [
    "not once a rule for all of them took them",
    [move(40, "GLACIER"), expire(30, { prefix: "AWSLogs/" })],
    null,
  ],
  [
    "unless a rule for some of them took all there are",
    [move(40, "GLACIER"), expire(30, { prefix: `AWSLogs/${WORKLOAD}/CloudTrail/` })],
    "?unresolved",
  ],
  ["by a rule that is off", [move(1, "GLACIER", { enabled: false })], null],
])("log files are archived %s", (_, rules, archived) => {
  expect(kept(rules, own).archived).toEqual(archived);
});

test("rules that were denied leave only what Object Lock says", () => {
  expect(kept(denied, own, lock("COMPLIANCE", 400))).toEqual({
    days: "?access-denied",
    locked: 400,
    archived: "?access-denied",
  });
});

test.each<[string, Partial<TrailRecord>, string, unknown]>([
  ["a trail that may be an organization's", { isOrganizationTrail: denied }, "AWSLogs/", 5],
  ["its own folder", { isOrganizationTrail: denied }, `AWSLogs/${WORKLOAD}/`, "?access-denied"],
  ["neither folder", { isOrganizationTrail: denied }, "elb/", null],
  ["a prefix that is not known", { bucketPrefix: denied }, "AWSLogs/", "?access-denied"],
])("what is not known of a trail counts where it matters: %s", (_, trail, prefix, days) => {
  expect(kept([expire(5, { prefix })], files([aLocalTrail(trail)])).days).toEqual(days);
});

test.each<[string, unknown]>([
  ["AWSLogs/", 5],
  ["AWSLogs/o", 5],
  ["AWSLogs/o-exampleorgid/", "?outside-scope"],
  ["AWSLogs/o-other/", "?outside-scope"],
  [`AWSLogs/${WORKLOAD}/`, null],
])("without the organization's id a rule for %s leaves log files %s days", (prefix, days) => {
  const where = { ...shared, organizationId: unknown("outside-scope") };
  expect(kept([expire(5, { prefix })], where).days).toEqual(days);
});

test("a thousand rules, each for a longer prefix than the last, are told apart from the one for all", () => {
  const rules = Array.from({ length: 1000 }, (_, index) =>
    expire(1000 - index, { prefix: "a".repeat(index) }),
  );
  expect(kept(rules, own).days).toBe(1000);
});
