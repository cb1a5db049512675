import { describe, expect, test } from "vitest";
import type { Framework, Strength } from "../../src/policy/framework.ts";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import {
  AUDIT_171,
  AUDIT_FAMILY,
  CIS_NUMBERS,
  FEDRAMP_AUDIT,
  NOT_IN_BASELINE,
} from "./framework-nist-ids.ts";

const builtin = builtinFrameworks();
const byId = (id: string): Framework => {
  const found = builtin.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no framework ${id}`);
  return found;
};
const idsOf = (id: string) => byId(id).controls.map((control) => control.id);
const withPolicy = (id: string, policy: string, strength: Strength) =>
  byId(id)
    .controls.filter(({ policies = [] }) =>
      policies.some((each) => each.policy === policy && each.strength === strength),
    )
    .map((control) => control.id);
const strength = (id: string, control: string, policy: string) =>
  byId(id)
    .controls.find((each) => each.id === control)
    ?.policies?.find((each) => each.policy === policy)?.strength;

describe("each version of CIS has numbers of its own", () => {
  test.each(Object.entries(CIS_NUMBERS))("%s", (id, [trail, access, kms, writes]) => {
    expect(withPolicy(id, "account-has-multi-region-trail-logging", "direct")).toEqual([trail]);
    expect(withPolicy(id, "log-bucket-access-logging-enabled", "direct")).toEqual([access]);
    expect(withPolicy(id, "trail-encrypted-with-kms", "direct")).toEqual([kms]);
    expect(withPolicy(id, "region-s3-object-writes-recorded", "direct")).toEqual(
      writes === null ? [] : [writes],
    );
  });

  test.each(Object.entries(CIS_NUMBERS))(
    "%s has its alarms, each on a live log group",
    (id, row) => {
      const alarms = byId(id).controls.filter(({ policies = [] }) =>
        policies.some(
          (each) => each.policy.startsWith("log-group-alarm-") && each.strength === "direct",
        ),
      );
      expect(alarms).toHaveLength(row[4]);
      for (const { id: control } of alarms) {
        expect(strength(id, control, "log-group-alarms-notify")).toBe("prerequisite");
        expect(strength(id, control, "trail-cloudwatch-logs-integrated")).toBe("prerequisite");
      }
    },
  );

  test.each(["cis-aws-3.0", "cis-aws-4.0.1", "cis-aws-5.0", "cis-aws-6.0", "cis-aws-7.0"])(
    "%s asks neither for CloudWatch Logs nor for a private bucket by themselves",
    (id) => {
      expect(withPolicy(id, "trail-cloudwatch-logs-integrated", "direct")).toEqual([]);
      expect(withPolicy(id, "log-bucket-not-public", "direct")).toEqual([]);
    },
  );
});

test("the audit family of NIST 800-53 is walked whole, AU-15 being withdrawn", () => {
  expect(idsOf("nist-800-53-r5")).toEqual(expect.arrayContaining(AUDIT_FAMILY));
  expect(idsOf("nist-800-171-r2")).toEqual(expect.arrayContaining(AUDIT_171));
});

test.each(Object.entries(FEDRAMP_AUDIT))(
  "%s has the audit controls of its baseline",
  (id, audit) => {
    const found = idsOf(id).filter((each) => each.startsWith("AU-"));
    expect(found.toSorted()).toEqual(audit.toSorted());
  },
);

test.each(Object.entries(NOT_IN_BASELINE))(
  "%s has none that its baseline has not",
  (id, absent) => {
    expect(idsOf(id).filter((each) => absent.includes(each))).toEqual([]);
  },
);

describe("what published mappings claim too much is not carried over", () => {
  test.each([
    [
      "the content of records is no verdict",
      "nist-800-53-r5",
      "AU-3",
      "trail-is-logging",
      "related",
    ],
    [
      "signatures protect integrity",
      "nist-800-53-r5",
      "AU-9(3)",
      "trail-log-file-validation-enabled",
      "direct",
    ],
    ["encryption does not", "nist-800-53-r5", "AU-9(3)", "log-group-encrypted-with-kms", "related"],
    [
      "validation is no protection",
      "nist-800-53-r5",
      "AU-9",
      "trail-log-file-validation-enabled",
      "prerequisite",
    ],
    [
      "nor a check",
      "nist-800-53-r5",
      "SI-7(1)",
      "trail-log-file-validation-enabled",
      "prerequisite",
    ],
    [
      "versions are no other system",
      "fedramp-moderate-r4",
      "AU-9(2)",
      "log-bucket-versioning-enabled",
      "related",
    ],
    [
      "a flag checks nothing",
      "nist-csf-1.1",
      "PR.DS-6",
      "trail-log-file-validation-enabled",
      "prerequisite",
    ],
    ["logs hold no CUI", "nist-800-171-r2", "3.13.16", "trail-encrypted-with-kms", "related"],
    [
      "none registered is no delegation",
      "cis-aws-7.0",
      "2.1.6",
      "organization-delegated-administrators-named",
      "prerequisite",
    ],
  ])("%s", (_, id, control, policy, expected) => {
    expect(strength(id, control, policy)).toBe(expected);
  });

  test("CSF 2.0 has no numbers of 1.1", () => {
    expect(idsOf("nist-csf-2.0").filter((id) => !/^[A-Z]{2}\.[A-Z]{2}-\d\d$/.test(id))).toEqual([]);
  });
});
