import { expect, test } from "vitest";
import { unknownFinding } from "../../src/evaluate/account-audited.ts";
import { FORMATS } from "../../src/report/formats.ts";
import { sarif } from "../../src/report/sarif.ts";
import { debtOf, gateOf, gateReportOf, plannedSubject, regressionOf } from "./gate-reports.ts";

const runOf = (report = gateReportOf([regressionOf()])) => JSON.parse(sarif(report)).runs[0];
type Result = {
  ruleId: string;
  message: { text: string };
  baselineState?: string;
  partialFingerprints: { primaryLocationLineHash: string };
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
};

test("a change has a tool name and category of its own: neither upload closes the other's alerts", () => {
  const run = runOf();
  expect(run.tool.driver.name).toBe("Trailproof Gate");
  expect(run.automationDetails.id).toBe("trailproof-gate/");
  expect(Object.keys(run.originalUriBaseIds)).toEqual(["%SRCROOT%"]);
});

test("a result points at the deciding attribute", () => {
  const [result] = runOf().results;
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "infra/trail.tf", uriBaseId: "%SRCROOT%" },
    region: { startLine: 12, startColumn: 3, endLine: 12, endColumn: 34 },
  });
  expect(result.locations[0].logicalLocations).toEqual([
    { fullyQualifiedName: "audit#aws_cloudtrail.main", kind: "resource" },
  ]);
});

test("a message names stack and address, what is wrong, and what it was before", () => {
  const actual = { $unknown: { reason: "unresolved", detail: "var.multi" } };
  const because = [{ pointer: "/isMultiRegion", expected: "true", actual, requestId: null }];
  const words = (findings: Parameters<typeof gateReportOf>[0]) =>
    runOf(gateReportOf(findings)).results.map(({ message }: Result) => message.text);
  const what = "main records management events in us-east-1 alone";
  expect(words([regressionOf(), debtOf(), regressionOf({ because, verdict: "unknown" })])).toEqual([
    `audit aws_cloudtrail.main: ${what} (/isMultiRegion was true, is false)`,
    `audit aws_cloudtrail.main: ${what} (/isMultiRegion was true, is not known (unresolved: var.multi))`,
    `audit aws_cloudtrail.old: ${what} (it was so before this change)`,
  ]);
});

test("what was not there before, and a removed resource, have nothing to compare with", () => {
  const { before: _, ...fresh } = regressionOf({ policy: "change-keeps-trail" });
  const subject = { ...plannedSubject("audit#aws_cloudtrail.gone"), kind: "change" as const };
  const [result] = runOf(gateReportOf([{ ...fresh, subject, message: "gone is deleted" }])).results;
  expect(result.message.text).toBe("audit aws_cloudtrail.gone: gone is deleted");
});

test.for([
  ["what the change breaks", regressionOf(), "new"],
  ["what it makes worse", regressionOf({ before: { verdict: "fail", facts: [] } }), "updated"],
  ["what was broken before", debtOf(), "unchanged"],
] as const)("%s is %s", ([, finding, state]) => {
  const [result] = runOf(gateReportOf([finding])).results;
  expect(result.baselineState).toBe(state);
  expect(result.properties.standing).toBe(finding.standing);
});

test("where there is nothing to compare with no result is said to be new", () => {
  const { before: _, ...finding } = regressionOf();
  const report = gateReportOf([finding], { gate: gateOf({ base: null }) });
  expect(runOf(report).results[0].baselineState).toBeUndefined();
});

test("what the change breaks comes before what was broken, however bad that is", () => {
  const findings = [
    debtOf({ severity: "critical" }),
    regressionOf({ severity: "low" }),
    regressionOf({ severity: "high", policy: "trail-is-logging" }),
  ];
  const { results } = runOf(gateReportOf(findings));
  expect(
    results.map(
      ({ level, baselineState }: Result & { level: string }) => `${level} ${baselineState}`,
    ),
  ).toEqual(["error new", "note new", "error unchanged"]);
});

test("two instances of one block are two results at one place, each with a fingerprint of its own", () => {
  const findings = ['["eu"]', '["us"]'].map((key) =>
    regressionOf({ subject: plannedSubject(`audit#aws_cloudtrail.main${key}`) }),
  );
  const results: Result[] = runOf(gateReportOf(findings)).results;
  const prints = results.map(
    ({ partialFingerprints: { primaryLocationLineHash } }) => primaryLocationLineHash,
  );
  expect(new Set(prints).size).toBe(2);
  expect(
    new Set(results.map(({ locations }) => JSON.stringify(locations[0]?.physicalLocation))).size,
  ).toBe(1);
});

test("a fingerprint does not move with the line", () => {
  const print = (line: number) => {
    const location = { file: "infra/trail.tf", line, column: 1, endLine: line, endColumn: 9 };
    return runOf(gateReportOf([regressionOf({ location })])).results[0].partialFingerprints;
  };
  expect(print(3)).toEqual(print(300));
});

test("why something could not be decided is no alert at a line, and no rule", () => {
  const blind = unknownFinding({
    ...{ reason: "unresolved", action: null, detail: "var.x", counted: true, severity: "high" },
    ...{ verdicts: 1, policies: ["trail-is-logging"], places: [] },
    affects: { accounts: 0, regions: 0, sample: [] },
  });
  const run = runOf(gateReportOf([blind]));
  expect(run.results).toEqual([]);
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).not.toContain(
    "account-audited",
  );
});

test("no rule's help tells to run a command against what is live", () => {
  for (const { help } of runOf().tool.driver.rules) {
    expect(`${help.text} ${help.markdown}`).not.toMatch(/\*\*AWS CLI\*\*|Fix: aws /);
  }
});

test("SARIF is written unless an expected stack is missing, whatever else is not known", async () => {
  const incomplete = { outcome: "incomplete", complete: true } as const;
  expect((await FORMATS.sarif.write(gateReportOf([], incomplete))).content).toContain(
    '"executionSuccessful": true',
  );
  const gate = gateOf({ missing: ["payments"] });
  expect(await FORMATS.sarif.write(gateReportOf([], { ...incomplete, gate }))).toEqual({
    content: null,
    why: expect.stringMatching(/expected stacks are missing, .*close their alerts .*--expect/),
  });
});

test("a rule has the controls of the frameworks asked for, although a change rolls nothing up", () => {
  const policies = [
    {
      policy: "trail-is-logging",
      strength: "direct" as const,
      shows: "a",
      doesNotShow: "b",
      source: "c",
    },
  ];
  const frameworks = [
    {
      ...{
        id: "pci-dss-4.0.1",
        title: "PCI DSS",
        published: "2024",
        reference: "https://example.com",
      },
      controls: [{ id: "10.2.1", paraphrase: "x", policies }],
    },
  ];
  const { rules } = runOf(gateReportOf([], { frameworks })).tool.driver;
  const rule = rules.find(({ id }: { id: string }) => id === "trail-is-logging");
  expect(rule.properties.controls).toEqual({ "pci-dss-4.0.1": ["10.2.1"] });
  expect(rule.properties.tags).toContain("pci-dss-4.0.1");
});
