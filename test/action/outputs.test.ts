import { expect, test } from "vitest";
import { outputsOf } from "../../src/action/outputs.ts";
import { debtOf, gateOf, gateReportOf, regressionOf, stackOf } from "../report/gate-reports.ts";

const told = (report: Parameters<typeof outputsOf>[0]["report"]) =>
  outputsOf({ report, written: ["out/results.sarif", "out/results.json"], folder: "nowhere" });

test("of a change: what it breaks is new, all that fails is failed, stacks are what is audited", () => {
  const gate = gateOf({
    stacks: [stackOf(), stackOf({ name: "b" }), stackOf({ name: "c", kind: null })],
    missing: ["c"],
  });
  const lost = regressionOf({ verdict: "unknown", policy: "trail-is-logging" });
  const report = gateReportOf([regressionOf(), lost, debtOf()], { gate, complete: false });
  expect(told(report)).toEqual({
    outcome: "fail",
    complete: "false",
    "failed-count": "2",
    "unknown-count": "0",
    "new-count": "2",
    "audited-count": "2",
    "expected-count": "3",
    headline: "FAIL: 2 regressions (2 high); 1 finding was there before; judged 2 of 3 stacks",
    "sarif-file": "out/results.sarif",
    "results-file": "out/results.json",
    "report-file": "",
    "snapshot-file": "",
  });
});

test("a change that breaks nothing has none that are new", () => {
  const outputs = told(gateReportOf([debtOf()], { outcome: "pass" }));
  expect(outputs).toMatchObject({ "new-count": "0", "failed-count": "1", complete: "true" });
});
