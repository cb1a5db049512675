import { expect, test } from "vitest";
import type { UnknownGroup } from "../../src/evaluate/unknowns.ts";
import { harmless, paint } from "../../src/report/terminal.ts";
import { text } from "../../src/report/text.ts";
import { findingOf, subjectReference } from "../evaluate/verdicts.ts";
import { auditOf, reportOf } from "./reports.ts";

const plain = paint(false);

test("the outcome comes first, then the accounts, the coverage, the findings with their fix", () => {
  const lines = text(reportOf(), plain).split("\n");
  expect(lines.slice(0, 8)).toEqual([
    "FAIL  findings: 1 high; exit code 1",
    "Audited 2 of 2 accounts.",
    "",
    "Management events recorded, by account",
    "  17 of 17 regions  2 accounts",
    "",
    "Findings",
    "MEDIUM   trail-is-multi-region",
  ]);
  expect(lines[8]).toBe(
    "    audit records in one region only [111111111111 us-east-1 (management)]",
  );
  expect(lines[9]).toBe("      /isMultiRegion: expected true, seen false");
  expect(lines[10]).toMatch(/^ {4}fix: aws cloudtrail update-trail /);
});

test("nothing found: one word, no list", () => {
  const report = reportOf({ outcome: "pass", audit: auditOf({ findings: [], coverage: [] }) });
  expect(text(report, plain)).toBe("PASS  no findings; exit code 0\nAudited 2 of 2 accounts.\n");
});

test("an account that was not audited is named with why", () => {
  const accounts = [
    { id: "111111111111", name: null, ouPath: null, state: "audited", why: null } as const,
    {
      id: "222222222222",
      name: "payments",
      ouPath: null,
      state: "unreachable",
      why: "access-denied (sts:AssumeRole)",
    } as const,
    { id: "333333333333", name: "old", ouPath: null, state: "skipped", why: "SUSPENDED" } as const,
  ];
  const report = reportOf({
    outcome: "incomplete",
    complete: false,
    audit: auditOf({ findings: [], accounts, coverage: [] }),
  });
  expect(text(report, plain)).toBe(
    "INCOMPLETE  no findings; exit code 3\nAudited 1 of 2 accounts (1 unreachable, 1 skipped).\n  payments (222222222222): unreachable, access-denied (sts:AssumeRole)\n",
  );
});

test("what is not known is grouped by cause, with the permission and the cure", () => {
  const group: UnknownGroup = {
    reason: "access-denied",
    action: "cloudtrail:GetTrailStatus",
    detail: "User: x is not authorized",
    counted: true,
    severity: "critical",
    verdicts: 34,
    policies: ["trail-is-logging", "trail-s3-delivery-working"],
    affects: { accounts: 2, regions: 4, sample: [] },
    places: ["1/a", "1/b", "1/c", "2/a"],
  };
  const outside: UnknownGroup = {
    ...group,
    reason: "outside-scope",
    action: null,
    detail: null,
    counted: false,
    policies: ["log-key-enabled"],
    places: ["3"],
    verdicts: 1,
    affects: { accounts: 1, regions: 0, sample: [] },
  };
  const unknowns = [group, outside];
  const shown = text(reportOf({ audit: auditOf({ findings: [], coverage: [], unknowns }) }), plain);
  expect(shown.split("\n").slice(3)).toEqual([
    "Not known",
    "  access-denied: cloudtrail:GetTrailStatus: 34 verdicts of 2 policies in 2 accounts (1/a, 1/b, 1/c, …)",
    "    User: x is not authorized",
    "    cure: grant the action to the audit role; `trailproof iam` prints the whole policy",
    "Not judged here (counts as nothing)",
    "  outside-scope: 1 verdict of 1 policy in 1 account (3)",
    "",
  ]);
});

test("800 findings of one policy take a handful of lines", () => {
  const findings = Array.from({ length: 800 }, (_, index) =>
    findingOf({ subject: subjectReference({ id: String(index) }) }),
  );
  const shown = text(reportOf({ audit: auditOf({ findings }) }), plain);
  expect(shown).toContain("trail-is-multi-region (800)");
  expect(shown).toContain("… and 797 more");
  expect(shown.split("\n").length).toBeLessThan(25);
});

test.for([
  ["a colour code", "\u001b[31mred\u001b[0m"],
  ["a cursor jump", "\u001b[2J\u001b[H"],
  ["a workflow command on a line of its own", "x\n::error::hello"],
  ["a right-to-left override", "safe\u202egnp.exe"],
  ["an invisible character", "a\u200bb"],
  ["a line separator", "a\u2028b"],
  ["a carriage return", "PASS\rFAIL"],
])("%s in a name comes out harmless", ([, hostile]) => {
  const finding = findingOf({
    message: hostile ?? "",
    subject: subjectReference({ accountName: hostile ?? "", name: hostile ?? "" }),
    because: [{ pointer: "/a", expected: hostile ?? "", actual: hostile ?? "", requestId: null }],
  });
  const shown = text(reportOf({ audit: auditOf({ findings: [finding] }) }), plain);
  expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(shown).not.toMatch(/^::/m);
});

test("ten kilobytes in a name are cut", () => {
  expect(harmless("x".repeat(10_000))).toHaveLength(301);
});

test("a finding that reaches further says where and how far", () => {
  const findings = [
    findingOf({
      regions: ["eu-west-1", "us-east-1"],
      affects: { accounts: 800, regions: 13_600, sample: [] },
    }),
  ];
  expect(text(reportOf({ audit: auditOf({ findings }) }), plain)).toContain(
    "      in eu-west-1, us-east-1; reaches 800 accounts and 13,600 regions\n",
  );
});

test("a number has two decimals at most", () => {
  const because = [
    { pointer: "/s3/lagHours", expected: "at most 3", actual: 31.13333, requestId: null },
  ];
  const findings = [findingOf({ because })];
  expect(text(reportOf({ audit: auditOf({ findings }) }), plain)).toContain("seen 31.13\n");
});
