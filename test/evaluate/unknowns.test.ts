import { expect, test } from "vitest";
import { isCounted, unknownGroups } from "../../src/evaluate/unknowns.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { type Json, type Reason, type Unknown, unknown } from "../../src/snapshot/unknown.ts";
import { subjectReference, verdictOf } from "./verdicts.ts";

const undecided = (marker: Unknown, difference: Partial<SubjectVerdict> = {}): SubjectVerdict =>
  verdictOf({
    verdict: "unknown",
    because: [{ pointer: "/isLogging", expected: "true", actual: asJson(marker), requestId: null }],
    ...difference,
  });

const asJson = (marker: Unknown): Json => JSON.parse(JSON.stringify(marker));

test.for<[Reason, boolean]>([
  ["access-denied", true],
  ["denied-by-scp", true],
  ["throttled", true],
  ["timeout", true],
  ["account-unreachable", true],
  ["unsupported", true],
  ["not-collected", true],
  ["outside-scope", false],
  ["region-disabled", false],
  ["too-young", false],
])("%s counts: %s", ([reason, counts]) => {
  expect(isCounted(undecided(unknown(reason)), new Set())).toBe(counts);
});

test("one reason that counts is enough", () => {
  const mixed: Unknown = { $unknown: { reason: "outside-scope", also: [{ reason: "timeout" }] } };
  expect(isCounted(undecided(mixed), new Set())).toBe(true);
});

test("what a service control policy hides counts only where no multi-region trail is proven", () => {
  const hidden = undecided(unknown("denied-by-scp"));
  expect(isCounted(hidden, new Set(["222222222222"]))).toBe(true);
  expect(isCounted(hidden, new Set(["111111111111"]))).toBe(false);
  const both: Unknown = { $unknown: { reason: "denied-by-scp", also: [{ reason: "timeout" }] } };
  expect(isCounted(undecided(both), new Set(["111111111111"]))).toBe(true);
});

test("verdicts of one cause are one group, with the worst severity and the accounts counted", () => {
  const groups = unknownGroups();
  const denied = unknown("access-denied", { action: "cloudtrail:GetTrailStatus", detail: "no" });
  for (const account of ["222222222222", "111111111111", "222222222222"]) {
    groups.add(undecided(denied, { subject: subjectReference({ account }) }), true);
  }
  groups.add(undecided(denied, { policy: "trail-is-logging", severity: "critical" }), true);
  groups.add(undecided(unknown("outside-scope"), { severity: "critical" }), false);
  expect(groups.groups()).toEqual([
    {
      reason: "access-denied",
      action: "cloudtrail:GetTrailStatus",
      detail: "no",
      counted: true,
      severity: "critical",
      verdicts: 4,
      policies: ["trail-is-logging", "trail-is-multi-region"],
      affects: { accounts: 2, regions: 2, sample: ["111111111111", "222222222222"] },
      places: ["111111111111/us-east-1", "222222222222/us-east-1"],
    },
    expect.objectContaining({ reason: "outside-scope", counted: false }),
  ]);
});

test("the order in which accounts were read does not show", () => {
  const verdicts = ["b", "a", "c"].map((detail, index) =>
    undecided(unknown("timeout", { action: "x:Y", detail }), {
      subject: subjectReference({ account: `${index}11111111111` }),
    }),
  );
  const grouped = (list: SubjectVerdict[]) => {
    const groups = unknownGroups();
    for (const each of list) groups.add(each, true);
    return groups.groups();
  };
  expect(grouped([...verdicts].reverse())).toEqual(grouped(verdicts));
});

test("what is planned is grouped by what is not known of it, and named by stack and address", () => {
  const groups = unknownGroups();
  const subject = (address: string) => subjectReference({ id: `audit#${address}`, arn: null });
  const tell = (detail: string, address: string) =>
    groups.add(undecided(unknown("unresolved", { detail }), { subject: subject(address) }), true);
  tell("var.key has no value", "aws_cloudtrail.a");
  tell("var.logging has no value", "aws_cloudtrail.a");
  tell("var.key has no value", "aws_cloudtrail.b");
  expect(
    groups.groups().map(({ detail, verdicts, places }) => ({ detail, verdicts, places })),
  ).toEqual([
    {
      detail: "var.key has no value",
      verdicts: 2,
      places: ["audit#aws_cloudtrail.a", "audit#aws_cloudtrail.b"],
    },
    { detail: "var.logging has no value", verdicts: 1, places: ["audit#aws_cloudtrail.a"] },
  ]);
});
