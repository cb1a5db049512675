import { gzipSync } from "node:zlib";
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

test("a scan that is not complete writes no SARIF, and says why", async () => {
  expect(await FORMATS.sarif.write(reportOf({ complete: false }))).toEqual({
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
      expect(new URL(path, "file:///repo/").href).toMatch(/^file:\/\/\/repo\/(aws|planned)\//);
      expect(path).toMatch(/^[\w./%~-]+$/);
    }
  },
);

test("a rule has at most ten tags, with the frameworks that it is mapped to; its controls are properties", () => {
  const policies = [
    {
      policy: "trail-is-logging",
      strength: "direct" as const,
      shows: "a",
      doesNotShow: "b",
      source: "c",
    },
  ];
  const frameworks = Array.from({ length: 12 }, (_, index) => ({
    id: `framework-${index}`,
    title: "A framework",
    published: "2026",
    reference: "https://example.com",
    controls: [
      { id: "1.1", paraphrase: "x", policies },
      { id: "1.2", paraphrase: "x", policies },
      { id: "2", paraphrase: "x", notAssessable: "y" },
    ],
  }));
  const { rules } = runOf(reportOf({ frameworks })).tool.driver;
  const rule = (id: string) => rules.find((each: { id: string }) => each.id === id).properties;
  expect(rule("trail-is-logging").tags).toHaveLength(10);
  expect(rule("trail-is-logging").tags.slice(0, 3)).toEqual([
    "security",
    "cloudtrail",
    "framework-0",
  ]);
  expect(Object.keys(rule("trail-is-logging").controls)).toHaveLength(12);
  expect(rule("trail-is-logging").controls["framework-11"]).toEqual(["1.1", "1.2"]);
  expect(rule("log-key-enabled").tags).toEqual(["security", "cloudtrail"]);
});

test.for([
  ["critical", "9.5", "error"],
  ["high", "8.0", "error"],
  ["medium", "5.5", "warning"],
  ["low", "2.0", "note"],
  ["info", "0.1", "note"],
] as const)("severity %s is %s to GitHub, and level %s", ([severity, number, level]) => {
  const [policy] = reportOf().policies.map((each) => ({ ...each, severity }));
  if (policy === undefined) throw new Error("there are policies");
  const finding = findingOf({ policy: policy.id, severity });
  const run = runOf(reportOf({ policies: [policy], audit: auditOf({ findings: [finding] }) }));
  const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === policy.id);
  expect(rule.properties["security-severity"]).toBe(number);
  expect(rule.defaultConfiguration.level).toBe(level);
  expect(run.results[0].level).toBe(level);
});

test("the first sentence names account and regions, of many the first three", () => {
  const place = (regions: string[]) => {
    const subject = subjectReference({ kind: "region", region: null });
    const audit = auditOf({ findings: [findingOf({ regions, subject })] });
    return runOf(reportOf({ audit })).results[0].message.text.split(":")[0];
  };
  expect(place(["a", "b"])).toBe("111111111111 (management) a, b");
  expect(place(["a", "b", "c", "d", "e"])).toBe("111111111111 (management) a, b, c and 2 more");
});

test("2,000 accounts in which every policy fails everywhere stay within every limit of GitHub", () => {
  const { policies } = reportOf();
  const findings = policies.flatMap((policy) =>
    Array.from({ length: 2_000 }, (_, index) => {
      const account = String(100_000_000_000 + index);
      const subject = subjectReference({ id: account, account, kind: "account" });
      return findingOf({ policy: policy.id, severity: policy.severity, subject });
    }),
  );
  const content = sarif(reportOf({ audit: auditOf({ findings }) }));
  const [run] = JSON.parse(content).runs;
  expect(run.results).toHaveLength(5_000);
  expect(gzipSync(content).length).toBeLessThan(10 * 1024 * 1024);
  const cut = findings.length - 5_000;
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain(
    `${cut} findings`,
  );
  const levels = new Set(run.results.map(({ level }: { level: string }) => level));
  // 6,000 and more are critical or high: none of a lower severity is kept while one of these is cut.
  expect([...levels]).toEqual(["error"]);
  const identities = run.results.map(
    ({ ruleId, partialFingerprints, locations }: Identified) =>
      `${ruleId} ${partialFingerprints.primaryLocationLineHash} ${locations[0].physicalLocation.artifactLocation.uri}`,
  );
  expect(new Set(identities).size).toBe(5_000);
  for (const { text } of run.results.map(({ message }: { message: { text: string } }) => message)) {
    expect(text.length).toBeLessThanOrEqual(1_024);
  }
});

type Identified = {
  ruleId: string;
  partialFingerprints: { primaryLocationLineHash: string };
  locations: [{ physicalLocation: { artifactLocation: { uri: string } } }];
};
