import { expect, test } from "vitest";
import { annotations } from "../../src/report/annotations.ts";
import { commandsWhateverIsStopped } from "../action/step.ts";
import { debtOf, gateReportOf, plannedSubject, regressionOf } from "./gate-reports.ts";
import { reportOf } from "./reports.ts";

test("what a change breaks is marked at the deciding attribute", () => {
  expect(annotations(gateReportOf([regressionOf()]))).toEqual([
    "::error file=infra/trail.tf,line=12,endLine=12,col=3,endColumn=34,title=high%3A The trail records in every enabled region::audit aws_cloudtrail.main: main records management events in us-east-1 alone (/isMultiRegion was true, is false)",
  ]);
});

test("what was broken before, and a live scan, mark nothing", () => {
  expect(annotations(gateReportOf([debtOf()]))).toEqual([]);
  expect(annotations(reportOf())).toEqual([]);
});

test("what stands in no file of the checkout is said without a place", () => {
  const [mark] = annotations(gateReportOf([regressionOf({ location: null })]));
  expect(mark).toMatch(/^::error title=high%3A The trail/);
});

test("columns are left out where the place has several lines: GitHub would drop it", () => {
  const location = { file: "a.tf", line: 3, column: 1, endLine: 9, endColumn: 2 };
  const [mark] = annotations(gateReportOf([regressionOf({ location })]));
  expect(mark).toMatch(/^::error file=a\.tf,line=3,endLine=9,title=/);
});

test.for([
  ["critical", "error"],
  ["high", "error"],
  ["medium", "warning"],
  ["low", "notice"],
  ["info", "notice"],
] as const)("%s is marked as %s", ([gateSeverity, level]) => {
  const [mark] = annotations(gateReportOf([regressionOf({ severity: "low", gateSeverity })]));
  expect(mark?.startsWith(`::${level} `)).toBe(true);
});

test("instances of one block are one mark, which counts them", () => {
  const findings = ["a", "b", "c"].map((key) =>
    regressionOf({ subject: plannedSubject(`audit#aws_cloudtrail.main["${key}"]`) }),
  );
  const marks = annotations(gateReportOf(findings));
  expect(marks).toHaveLength(1);
  expect(marks[0]).toMatch(/::audit aws_cloudtrail\.main\["a"\]: .* \(and 2 more at this line\)$/);
});

test("the worst comes first, and the findings of one policy together", () => {
  const at = (line: number) => ({ file: "a.tf", line, column: 1, endLine: line, endColumn: 2 });
  const findings = [
    regressionOf({ location: at(1) }),
    regressionOf({ policy: "trail-encrypted-with-kms", location: at(2) }),
    regressionOf({ location: at(3) }),
    regressionOf({ policy: "trail-is-logging", severity: "critical", location: at(4) }),
  ];
  const marks = annotations(gateReportOf(findings));
  expect(marks.map((mark) => /line=(\d+)/.exec(mark)?.[1])).toEqual(["4", "1", "3", "2"]);
});

const HOSTILE = [
  "a,b:c%d",
  "x\n::error file=y::z",
  "x\r::set-output name=outcome::pass",
  "::stop-commands::t",
  "##[error]hello",
  "%0A::error::x",
  "\u001b[31m\u202e",
  "\ud800",
  "x".repeat(10_000),
];

test.for(HOSTILE)("%j in every text stays within its one command", (hostile) => {
  const file = hostile.replaceAll("/", "");
  const finding = regressionOf({
    subject: plannedSubject(`${hostile}#${hostile}`),
    message: hostile,
    because: [{ pointer: `/${hostile}`, expected: hostile, actual: hostile, requestId: null }],
    before: { verdict: "pass", facts: [{ pointer: `/${hostile}`, actual: "was" }] },
    location: { file, line: 1, column: 1, endLine: 1, endColumn: 2 },
  });
  const marks = annotations(gateReportOf([finding]));
  const commands = commandsWhateverIsStopped(`${marks.join("\n")}\n`);
  expect(commands).toEqual(marks);
  expect(marks).toHaveLength(1);
  expect(commands[0]).not.toContain("##[");
  const [, properties = ""] = /^::error (.*?)::/.exec(marks[0] ?? "") ?? [];
  expect(properties.split(",").map((each) => each.split("=")[0])).toEqual([
    ...["file", "line", "endLine", "col", "endColumn", "title"],
  ]);
  const given = properties.split(",")[0]?.slice("file=".length) ?? "";
  expect(decodeURIComponent(given)).toBe(file.toWellFormed().replaceAll("##[", "## ["));
});

test("with redaction no mark names an account or ARN, and files are as they are", () => {
  const message = "arn:aws:kms:eu-west-1:111111111111:key/a is of 222222222222";
  const [mark] = annotations(gateReportOf([regressionOf({ message })], { redact: true }));
  expect(mark).not.toMatch(/(?<!\d)\d{12}(?!\d)|arn:aws/);
  expect(mark).toContain("file=infra/trail.tf,");
});
