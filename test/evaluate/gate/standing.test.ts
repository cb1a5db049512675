import { describe, expect, test } from "vitest";
import { sideKey } from "../../../src/evaluate/gate/sides.ts";
import { standingOf, valueAt, type Was } from "../../../src/evaluate/gate/standing.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { compliantTrail, type Trail } from "../../../src/subjects/schema/trail.ts";
import { side, trail } from "./sides.ts";

const VALIDATION = "trail-log-file-validation-enabled";
const EXCLUDED = "trail-management-events-not-excluded";
const OWNER = "trail-kms-key-owned-by-trail-account";

function judged(policy: string, differences: Partial<Trail>) {
  const found = side(trail(differences)).verdicts.get(sideKey(policy, "audit#aws_cloudtrail.main"));
  if (found === undefined) throw new Error(`${policy} asks nothing of it`);
  return found;
}

const nothing = () => false;
const was = (policy: string, differences: Partial<Trail>): Was => ({
  kind: "judged",
  judged: judged(policy, differences),
});
const standing = (policy: string, before: Partial<Trail>, now: Partial<Trail>) =>
  standingOf(was(policy, before), judged(policy, now), nothing);

const off = { logFileValidationEnabled: false };
const open = { logFileValidationEnabled: unknown("unresolved", { detail: "var.validation" }) };
const without = (...excludedEventSources: string[]) => ({
  management: { ...compliantTrail.management, excludedEventSources },
});

describe("a change", () => {
  test.each<[string, string, Partial<Trail>, Partial<Trail>, string]>([
    ["breaks what passed", VALIDATION, {}, off, "regression"],
    ["makes sure of what was open, badly", VALIDATION, open, off, "regression"],
    ["leaves what failed", VALIDATION, off, off, "debt"],
    ["mends what failed", VALIDATION, off, {}, "improvement"],
    ["proves what was open", VALIDATION, open, {}, "improvement"],
    ["leaves what passed", VALIDATION, {}, {}, "same"],
    ["takes away the proof of what passed", VALIDATION, {}, open, "regression"],
    ["leaves open what was", VALIDATION, open, open, "same"],
    ["leaves open what failed", VALIDATION, off, open, "same"],
    [
      "excludes one source more",
      EXCLUDED,
      without("kms.amazonaws.com"),
      without("kms.amazonaws.com", "rdsdata.amazonaws.com"),
      "regression",
    ],
    [
      "excludes one source less",
      EXCLUDED,
      without("kms.amazonaws.com", "rdsdata.amazonaws.com"),
      without("kms.amazonaws.com"),
      "debt",
    ],
  ])("that %s", (_, policy, before, now, expected) => {
    expect(standing(policy, before, now)).toBe(expected);
  });

  test("that makes a new resource which fails breaks that, and one that is open does not", () => {
    expect(standingOf({ kind: "absent" }, judged(VALIDATION, off), nothing)).toBe("regression");
    expect(standingOf({ kind: "absent" }, judged(VALIDATION, open), nothing)).toBe("same");
    expect(standingOf({ kind: "absent" }, judged(VALIDATION, {}), nothing)).toBe("same");
  });

  test("is judged for what a policy was not about before", () => {
    expect(standingOf({ kind: "not-selected" }, judged(VALIDATION, off), nothing)).toBe(
      "regression",
    );
  });

  test("may take a value from what it makes itself, which is known after apply", () => {
    const key = {
      ...compliantTrail.kmsKey,
      owner: unknown("known-after-apply", { detail: "aws_kms_key.new" }),
    };
    const now = judged(OWNER, { kmsKey: key as Trail["kmsKey"] });
    const isNew = (address: string) => address === "aws_kms_key.new";
    expect(standingOf(was(OWNER, {}), now, isNew)).toBe("same");
    expect(standingOf(was(OWNER, {}), now, nothing)).toBe("regression");
  });
});

test("whether a trail works may hang on nothing that the change makes itself", () => {
  const later = unknown("known-after-apply", { detail: "aws_s3_bucket.new" });
  const now = judged(VALIDATION, { logFileValidationEnabled: later });
  const isNew = (address: string) => address === "aws_s3_bucket.new";
  expect(standingOf(was(VALIDATION, {}), now, isNew)).toBe("regression");
});

test("a pointer reads what is there, and nothing beyond a marker or an own property", () => {
  const marker = unknown("unresolved");
  const fields = { "a/b": { "~": [1, { c: null }] }, open: marker };
  expect(valueAt(fields, "/a~1b/~0/1/c")).toBeNull();
  expect(valueAt(fields, "/a~1b/~0/0")).toBe(1);
  expect(valueAt(fields, "/open/deeper")).toEqual(marker);
  expect(valueAt(fields, "/constructor")).toBeUndefined();
  expect(valueAt(fields, "")).toEqual(fields);
});
