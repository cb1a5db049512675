import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountOutcome, AccountState } from "../../src/evaluate/accounts.ts";
import { EXIT_CODES, isComplete, outcomeOf, type Threshold } from "../../src/evaluate/outcome.ts";
import type { UnknownGroup } from "../../src/evaluate/unknowns.ts";
import { SEVERITIES, type Severity } from "../../src/policy/policy.ts";
import { findingOf } from "./verdicts.ts";

const account = (state: AccountState): AccountOutcome => ({
  id: "111111111111",
  name: null,
  ouPath: null,
  state,
  why: null,
});

const blind = (severity: Severity, counted = true): UnknownGroup => ({
  reason: "access-denied",
  action: "cloudtrail:GetTrailStatus",
  detail: null,
  counted,
  severity,
  verdicts: 1,
  policies: ["trail-is-logging"],
  affects: { accounts: 1, regions: 0, sample: [] },
  places: [],
});

type Case = {
  name: string;
  found?: Severity[];
  unknowns?: UnknownGroup[];
  accounts?: AccountState[];
  failOn?: Threshold;
  unknownFailsAt?: Threshold;
  code: number;
};

const cases: Case[] = [
  { name: "nothing found, everything seen", code: 0 },
  { name: "a medium finding at the default", found: ["medium"], code: 1 },
  { name: "a low finding at the default", found: ["low"], code: 0 },
  { name: "a low finding at --fail-on low", found: ["low"], failOn: "low", code: 1 },
  { name: "a critical finding at --fail-on none", found: ["critical"], failOn: "none", code: 0 },
  { name: "an account that could not be entered", accounts: ["audited", "unreachable"], code: 3 },
  { name: "an account of which a part was read", accounts: ["partial"], code: 3 },
  { name: "a skipped account beside an audited one", accounts: ["audited", "skipped"], code: 0 },
  { name: "no account at all", accounts: [], code: 3 },
  { name: "only skipped accounts", accounts: ["skipped"], code: 3 },
  { name: "a high verdict unknown at the default", unknowns: [blind("high")], code: 3 },
  { name: "a medium verdict unknown at the default", unknowns: [blind("medium")], code: 0 },
  { name: "an unknown that does not count", unknowns: [blind("critical", false)], code: 0 },
  {
    name: "unknowns at --unknown-fails-at none",
    unknowns: [blind("critical")],
    unknownFailsAt: "none",
    code: 0,
  },
  {
    name: "a finding goes before incompleteness",
    found: ["high"],
    accounts: ["unreachable"],
    code: 1,
  },
];

test.for(cases)(
  "$name: exit code $code",
  ({
    found = [],
    unknowns = [],
    accounts = ["audited"],
    failOn = "medium",
    unknownFailsAt = "high",
    code,
  }) => {
    const evidence = {
      findings: found.map((severity) => findingOf({ severity })),
      unknowns,
      accounts: accounts.map(account),
    };
    expect(EXIT_CODES[outcomeOf(evidence, { failOn, unknownFailsAt })]).toBe(code);
  },
);

test("for every set of findings and every threshold, the gate fires iff one is as bad", () => {
  const severity = fc.constantFrom(...SEVERITIES);
  fc.assert(
    fc.property(
      fc.array(severity),
      fc.constantFrom(...SEVERITIES, "none" as const),
      (found, failOn) => {
        const order: string[] = [...SEVERITIES];
        const fires = found.some(
          (each) => failOn !== "none" && order.indexOf(each) <= order.indexOf(failOn),
        );
        const evidence = {
          findings: found.map((each) => findingOf({ severity: each })),
          unknowns: [],
          accounts: [account("audited")],
        };
        expect(outcomeOf(evidence, { failOn, unknownFailsAt: "none" })).toBe(
          fires ? "fail" : "pass",
        );
      },
    ),
  );
});

test("complete is false exactly when an expected account was not audited in full", () => {
  expect(isComplete([account("audited"), account("skipped")])).toBe(true);
  expect(isComplete([account("audited"), account("partial")])).toBe(false);
});
