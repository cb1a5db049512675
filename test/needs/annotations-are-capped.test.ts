import { expect, test } from "vitest";
import type { Severity } from "../../src/policy/policy.ts";
import { annotations } from "../../src/report/annotations.ts";
import { gateReportOf, plannedSubject, regressionOf } from "../report/gate-reports.ts";

/** So many regressions of a severity, over ten policies, each on a line of its own. */
function broken(count: number, severity: Severity) {
  return Array.from({ length: count }, (_, index) =>
    regressionOf({
      policy: gateReportOf([]).policies[index % 10]?.id ?? "",
      severity,
      subject: plannedSubject(`audit#aws_cloudtrail.${severity}${index}`),
      location: { file: "a.tf", line: index + 1, column: 1, endLine: index + 1, endColumn: 2 },
    }),
  );
}

const of = (level: string, marks: readonly string[]) =>
  marks.filter((mark) => mark.startsWith(`::${level} `));

test("500 findings of each level give ten annotations of it, the last of which states the exact rest", () => {
  const findings = [
    ...broken(250, "low"),
    ...broken(500, "medium"),
    ...broken(200, "high"),
    ...broken(300, "critical"),
    ...broken(250, "info"),
  ];
  const marks = annotations(gateReportOf(findings));
  expect(marks).toHaveLength(30);
  for (const level of ["error", "warning", "notice"]) {
    expect(of(level, marks)).toHaveLength(10);
    expect(of(level, marks).at(-1)).toBe(
      `::${level} title=Trailproof::491 more of this kind, see the summary of this run`,
    );
  }
  expect(
    of("error", marks)
      .slice(0, 9)
      .every((mark) => mark.includes("title=critical")),
  ).toBe(true);
});

test("the rest counts findings, not marks, and nothing is left out of ten", () => {
  const [first, ...others] = broken(11, "high");
  if (first === undefined) throw new Error("there are eleven");
  const instances = [1, 2, 3].map((index) => ({ ...first, fingerprint: `v1:${index}` }));
  const marks = annotations(gateReportOf([...others, first, ...instances]));
  // Of the first policy there are two marks, so that its second instances are among those shown.
  expect(marks).toHaveLength(10);
  const shown = marks.slice(0, 9).reduce((sum, mark) => {
    const more = /\(and (\d+) more at this line\)/.exec(mark)?.[1] ?? "0";
    return sum + 1 + Number(more);
  }, 0);
  expect(marks.at(-1)).toContain(`::${14 - shown} more of this kind`);
  expect(annotations(gateReportOf(broken(10, "high"))).join("")).not.toContain("more of this kind");
});
