import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { results } from "../../src/report/results.ts";
import { EarlierResultsSchema, ResultsSchema } from "../../src/report/results-schema.ts";
import { debtOf, gateOf, gateReportOf, regressionOf, stackOf } from "./gate-reports.ts";
import { reportOf } from "./reports.ts";

const ajv = new Ajv2020({ strict: false });
const isResults = ajv.compile(ResultsSchema);
const isEarlier = ajv.compile(EarlierResultsSchema);
const asFile = (report: Parameters<typeof results>[0]) =>
  JSON.parse(JSON.stringify(results(report)));

const severity = "high" as const;
const full = gateOf({
  lead: ["This comes from a fork."],
  stacks: [stackOf({ notes: ["a"] }), stackOf({ name: "b", kind: null, path: null })],
  missing: ["b"],
  passedOver: ["c"],
  moves: [{ from: "a#b", to: "c#b" }],
  improvements: [{ policy: "log-key-enabled", subject: "a#k", was: "fail" }],
  notAsked: ["region-management-events-recorded"],
  rules: {
    files: ["trailproof.yaml"],
    hidden: [{ policy: "trail-is-logging", subject: "a#t", severity }],
    added: [{ policy: "trail-is-logging", subject: "a#u", severity }],
  },
  live: { startedAt: "2026-11-19T02:00:00.000Z" },
});

test("a change's results fit the schema and tell how each finding stands, what it was and where it is", () => {
  const report = gateReportOf([regressionOf(), debtOf(), debtOf({ location: null })], {
    gate: full,
  });
  report.audit.unknowns.push({
    ...{ reason: "unresolved", action: null, detail: "var.key", counted: true, severity },
    ...{ verdicts: 2, policies: ["trail-encrypted-with-kms"], places: ["audit#t"] },
    affects: { accounts: 0, regions: 0, sample: [] },
  });
  const told = asFile(report);
  expect(isResults(told), JSON.stringify(isResults.errors)).toBe(true);
  expect(told.findings[0]).toMatchObject({
    standing: "regression",
    before: { verdict: "pass", facts: [{ pointer: "/isMultiRegion", actual: true }] },
    location: { file: "infra/trail.tf", line: 12 },
  });
  expect(told.gate.counts).toEqual({
    regressions: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
    debt: 2,
    improvements: 1,
    judged: 1,
    missing: 1,
  });
  expect(told.gate.undecided).toEqual([
    expect.objectContaining({ reason: "unresolved", detail: "var.key", places: ["audit#t"] }),
  ]);
  expect(told.counts.unknown).toBe(1);
  expect(told.accounts).toMatchObject({ expected: 0, audited: 0, list: [] });
  expect(isEarlier(told)).toBe(true);
});

test("the results of a scan have no gate, and those from before there was one are read on", () => {
  const told = asFile(reportOf());
  expect("gate" in told).toBe(false);
  expect(isResults(told)).toBe(true);
  const [{ standing, before, location }] = told.findings;
  expect([standing, before, location]).toEqual([undefined, undefined, undefined]);
  expect(isEarlier(told)).toBe(true);
});
