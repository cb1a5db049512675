import { expect, test } from "vitest";
import { SUBJECT_NAMES } from "../../src/policy/policy.ts";
import { FORMATS } from "../../src/report/formats.ts";
import { sarif } from "../../src/report/sarif.ts";
import { sarifPath } from "../../src/report/sarif-path.ts";
import { findingOf, subjectReference } from "../evaluate/verdicts.ts";
import { auditOf, reportOf } from "./reports.ts";

const runOf = (report = reportOf()) => JSON.parse(sarif(report)).runs[0];

test("one run, a rule for every policy that judged, a result for every finding", () => {
  const report = reportOf();
  const run = runOf(report);
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(
    [...report.policies.map(({ id }) => id), "account-audited"].sort(),
  );
  expect(run.results).toHaveLength(1);
  expect(run.automationDetails.id).toBe("trailproof/");
  const [result] = run.results;
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  expect(result.message.text).toBe(
    "111111111111 (management) us-east-1: audit records in one region only",
  );
  expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
});

test("nothing found gives an empty list, which is what closes old alerts", () => {
  expect(runOf(reportOf({ audit: auditOf({ findings: [] }) })).results).toEqual([]);
});

test("a scan that is not complete writes no SARIF, and says why", () => {
  expect(FORMATS.sarif.write(reportOf({ complete: false }))).toEqual({
    content: null,
    why: expect.stringContaining("close the alerts"),
  });
});

test("the worst 5,000 of 6,000 findings are kept, and the cut is said", () => {
  const findings = Array.from({ length: 6000 }, (_, index) =>
    findingOf({
      severity: index < 5500 ? "low" : "critical",
      subject: subjectReference({ id: String(index) }),
    }),
  );
  const run = runOf(reportOf({ audit: auditOf({ findings }) }));
  expect(run.results).toHaveLength(5000);
  expect(run.results.filter(({ level }: { level: string }) => level === "error")).toHaveLength(500);
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain("1000 findings");
});

test.for([
  ["trail", "aws/111111111111/us-east-1/trail/audit"],
  ["replica", "aws/222222222222/replica/111111111111/us-east-1/audit"],
  ["account", "aws/222222222222/account"],
  ["region", "aws/222222222222/regions"],
  ["organization", "aws/222222222222/organization"],
  ["bucket", "aws/bucket/audit"],
] as const)("the path of a %s", ([kind, path]) => {
  expect(sarifPath(subjectReference({ kind, account: "222222222222" }))).toBe(path);
});

test("the paths of keys and log groups", () => {
  const key = "arn:aws:kms:eu-west-1:333333333333:key/11111111-2222-3333-4444-555555555555";
  expect(sarifPath(subjectReference({ kind: "key", arn: key }))).toBe(
    "aws/333333333333/eu-west-1/key/11111111-2222-3333-4444-555555555555",
  );
  const group = "arn:aws:logs:eu-west-1:333333333333:log-group:/trail/logs:*";
  expect(sarifPath(subjectReference({ kind: "log-group", arn: group }))).toBe(
    "aws/333333333333/eu-west-1/log-group/%2Ftrail%2Flogs",
  );
});

test.for(["a:b", "a b", "../../etc/passwd", "..", "", "#?%", "ünïcode", "\ud800", "x".repeat(500)])(
  "the name %j gives a relative path without scheme or climbing",
  (name) => {
    for (const kind of SUBJECT_NAMES) {
      const path = sarifPath(
        subjectReference({ kind, name, id: name, arn: `arn:aws:x:${name}:1:${name}` }),
      );
      expect(new URL(path, "file:///repo/").href.startsWith("file:///repo/aws/")).toBe(true);
      expect(path).toMatch(/^[\w./%~-]+$/);
    }
  },
);
