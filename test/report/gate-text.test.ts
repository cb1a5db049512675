import { expect, test } from "vitest";
import { paint } from "../../src/report/terminal.ts";
import { headline, text } from "../../src/report/text.ts";
import { debtOf, gateOf, gateReportOf, policyOf, regressionOf, stackOf } from "./gate-reports.ts";

const plain = paint(false);

test("a terminal shows what has to be read first, the outcome, what is broken, where, and the fix", () => {
  const gate = gateOf({ lead: ["This comes from a fork."], missing: ["payments"] });
  const lines = text(gateReportOf([regressionOf(), debtOf()], { gate }), plain).split("\n");
  expect(lines.slice(0, 10)).toEqual([
    "This comes from a fork.",
    "FAIL  1 regression (1 high); 1 finding was there before; judged 1 of 2 stacks; exit code 1",
    "Judged 1 stack with 4 resources that have to do with CloudTrail. A plan is compared with the state that it changes.",
    "  missing: payments, neither plan nor source",
    "",
    "This change breaks",
    "HIGH     trail-is-multi-region",
    "    infra/trail.tf:12  audit aws_cloudtrail.main: main records management events in us-east-1 alone",
    "      /isMultiRegion: was true, is false, expected true",
    '    fix: resource "aws_cloudtrail" "main" {',
  ]);
  expect(lines).toContain(
    "  high trail-is-multi-region: audit aws_cloudtrail.old  infra/trail.tf:12",
  );
  expect(lines.join("\n")).not.toMatch(/account|aws cloudtrail/);
});

test("a policy's regressions stand under the gravest of what follows from them", () => {
  const report = gateReportOf([regressionOf(), regressionOf({ gateSeverity: "critical" })]);
  expect(text(report, plain)).toContain("\nCRITICAL trail-is-multi-region (2)\n");
});

test("what to do is said in words before it is shown in code", () => {
  const id = "change-keeps-log-protection";
  const report = gateReportOf([regressionOf({ policy: id })], { policies: [policyOf(id)] });
  const lines = text(report, plain).split("\n");
  const at = lines.findIndex((line) => line.startsWith("    fix: "));
  expect(lines.slice(at, at + 2)).toEqual([
    "    fix: Keep the resource, or what it said, as it was before the change; where it has to move, move it.",
    '         resource "aws_s3_bucket" "trail_logs" {',
  ]);
});

test.for([
  ["nothing to judge", [], "Nothing was found to judge."],
  [
    "a stack without anything about CloudTrail",
    [stackOf({ resources: 0 })],
    "Judged 1 stack: after the change nothing in it has to do with CloudTrail.",
  ],
  [
    "two stacks with one resource",
    [stackOf({ resources: 1 }), stackOf({ name: "b", resources: 0 })],
    "Judged 2 stacks with 1 resource that has to do with CloudTrail.",
  ],
] as const)("%s is said", ([, stacks, words]) => {
  const gate = gateOf({ stacks });
  const [first, second] = text(gateReportOf([], { gate, outcome: "pass" }), plain).split("\n");
  expect(first).toBe("PASS  no regressions; exit code 0");
  expect(second?.startsWith(words)).toBe(true);
});

test("with --quiet what the rules of the change would hide is said nevertheless", () => {
  const hidden = [{ policy: "trail-is-logging", subject: "a#b", severity: "critical" as const }];
  const gate = gateOf({ rules: { files: ["trailproof.yaml"], hidden, added: [] } });
  expect(headline(gateReportOf([], { gate }), plain)).toContain(
    "This change also changes the rules: under its own rules 1 finding would not be raised.",
  );
});

test("800 findings and moves take a screen", () => {
  const findings = Array.from({ length: 800 }, () => [regressionOf(), debtOf()]).flat();
  const moves = findings.map(() => ({ from: "a#b", to: "c#b" }));
  const shown = text(gateReportOf(findings, { gate: gateOf({ moves }) }), plain);
  expect(shown).toContain("trail-is-multi-region (800)");
  expect(shown).toContain("… and 795 more");
  expect(shown.split("\n").length).toBeLessThan(60);
});
