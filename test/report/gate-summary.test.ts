import { expect, test } from "vitest";
import type { UnknownGroup } from "../../src/evaluate/unknowns.ts";
import { headlineOf } from "../../src/report/headline.ts";
import { summary } from "../../src/report/summary.ts";
import {
  debtOf,
  gateOf,
  gateReportOf,
  plannedSubject,
  policyOf,
  regressionOf,
  stackOf,
} from "./gate-reports.ts";
import { auditOf, reportOf } from "./reports.ts";

const headings = (markdown: string): string[] =>
  markdown.split("\n").filter((line) => /^#{1,3} /.test(line));

const critical = (difference = {}) =>
  regressionOf({ policy: "trail-is-logging", severity: "critical", ...difference });

test("what has to be read first comes first, then the outcome, then what it is compared with", () => {
  const gate = gateOf({
    lead: ["This comes from a fork: its source is judged, not a plan."],
    stacks: [stackOf({ kind: "terraform-source", path: "infra" })],
  });
  const lines = summary(gateReportOf([critical(), regressionOf(), debtOf()], { gate })).split("\n");
  expect(lines.filter((line) => line !== "").slice(0, 4)).toEqual([
    "# ❌ Trailproof check: fail",
    "This comes from a fork: its source is judged, not a plan.",
    "**FAIL: 2 regressions (1 critical, 1 high); 1 finding was there before**; exit code 1.",
    "Judged 1 stack with 4 resources that have to do with CloudTrail. Compared with where this left main (commit 0123456789ab).",
  ]);
});

test("where nothing was before, nothing is said to be broken by the change", () => {
  const gate = gateOf({ base: null, stacks: [stackOf({ name: ".", kind: "terraform-source" })] });
  const finding = regressionOf({ subject: plannedSubject(".#aws_cloudtrail.main") });
  const { before: _, ...fresh } = finding;
  const markdown = summary(gateReportOf([fresh], { gate }));
  expect(markdown).toContain("**FAIL: 1 finding (1 high)**");
  expect(markdown).toContain("## What fails\n");
  expect(markdown).toContain("This does not hold: 1 finding of policy");
  expect(markdown).toContain("- `aws_cloudtrail.main` at `infra/trail.tf:12`: ");
  expect(markdown).not.toMatch(/regression|breaks/);
});

test("of a loss the message says it all, but for what is not known of it", () => {
  const actual = { $unknown: { reason: "unresolved", detail: "count" } };
  const subject = { ...plannedSubject("audit#aws_cloudtrail.gone"), kind: "change" as const };
  const because = [
    { pointer: "/coveredByOthers", expected: "true", actual: false, requestId: null },
    { pointer: "/fate", expected: "kept", actual, requestId: null },
  ];
  const policy = "change-keeps-trail";
  const markdown = summary(gateReportOf([regressionOf({ policy, subject, because })]));
  expect(markdown).not.toContain("coveredByOthers");
  expect(markdown).toContain("  - `/fate` is `not known (unresolved: count)`; expected `kept`");
});

test.for([
  ["a plan alone", gateOf({ base: null }), "A plan is compared with the state that it changes."],
  [
    "a plan and a source",
    gateOf({ stacks: [stackOf(), stackOf({ name: "b", kind: "cloudformation" })] }),
    "A plan is compared with the state that it changes. Compared with where this left main (commit 0123456789ab).",
  ],
  [
    "a source outside a repository",
    gateOf({ base: null, stacks: [stackOf({ kind: "terraform-source" })] }),
    "There is nothing to compare with: every failing verdict counts.",
  ],
  [
    "a plan over a snapshot",
    gateOf({ live: { startedAt: "2026-11-19T02:00:00.000Z" } }),
    "A plan is compared with the state that it changes. The change is laid over the snapshot of 2026-11-19T02:00:00.000Z.",
  ],
] as const)("what it is compared with: %s", ([, gate, words]) => {
  const [, second] = summary(gateReportOf([], { gate })).split("to do with CloudTrail. ");
  expect(second?.split("\n")[0]).toBe(words);
});

test("a regression says where, what it was and is, and the fix in the language of its stack", () => {
  const markdown = summary(gateReportOf([regressionOf()]));
  expect(markdown).toContain(
    [
      "- `audit` `aws_cloudtrail.main` at `infra/trail.tf:12`: main records management events in us-east-1 alone",
      "  - `/isMultiRegion` was `true`, is `false`; expected `true`",
      "",
      "**Fix**",
      "",
      "```hcl",
    ].join("\n"),
  );
  expect(markdown).toContain("<details><summary>Why it matters</summary>");
  expect(markdown).not.toContain("aws cloudtrail");
  expect(markdown).not.toMatch(/[Aa]udited|unknown account/);
});

test.for([
  ["terraform-plan", "hcl"],
  ["terraform-source", "hcl"],
  ["cloudformation", "yaml"],
  ["cdk", "yaml"],
] as const)("the fix for %s is in %s", ([kind, language]) => {
  const others = (["terraform-plan", "cdk"] as const).map((other) =>
    stackOf({ name: `another-${other}`, kind: other }),
  );
  const gate = gateOf({ stacks: [...others, stackOf({ kind })] });
  const markdown = summary(gateReportOf([regressionOf()], { gate }));
  expect(markdown.match(/^```[a-z]+$/gm)).toEqual([`\`\`\`${language}`]);
});

test("what is about no stack is mended in the languages of all of them", () => {
  const gate = gateOf({ stacks: [stackOf(), stackOf({ name: "b", kind: "cdk" })] });
  const live = regressionOf({ subject: plannedSubject("111111111111/eu-west-1") });
  const markdown = summary(gateReportOf([live], { gate }));
  expect(markdown.match(/^```[a-z]+$/gm)).toEqual(["```yaml", "```hcl"]);
});

test("of a fix in words the words are shown, and never a command for what is live", () => {
  const { fix, severity, ...policy } = policyOf("trail-is-multi-region");
  const worded = { ...policy, severity, fix: { cli: fix.cli ?? "", text: "Keep  the\ntrail." } };
  const markdown = summary(gateReportOf([regressionOf()], { policies: [worded] }));
  expect(markdown).toContain("**Fix**\n\nKeep the trail.\n\n<details>");
});

test("what passed and can no longer be proven says what is not known", () => {
  const actual = { $unknown: { reason: "unresolved", detail: "var.multi" } };
  const lost = regressionOf({
    verdict: "unknown",
    because: [{ pointer: "/isMultiRegion", expected: "true", actual, requestId: null }],
    message: "main: what held before can no longer be proven",
  });
  const report = gateReportOf([lost]);
  expect(summary(report)).toContain(
    "`/isMultiRegion` was `true`, is `not known (unresolved: var.multi)`; expected `true`",
  );
  expect(headlineOf(report)).toBe("FAIL: 1 regression (1 high)");
});

test("what fails only because of a loss is named with it, and the worst of it counts", () => {
  const loss = regressionOf({ severity: "medium", gateSeverity: "critical" });
  const explained = {
    policy: "trail-encrypted-with-kms",
    severity: "critical" as const,
    subject: plannedSubject("audit#aws_cloudtrail.second"),
    regions: [],
    fingerprint: "v1:0",
    explainedBy: loss.fingerprint,
  };
  const report = gateReportOf([]);
  const audit = { ...report.audit, findings: [loss], explained: [explained] };
  const markdown = summary({ ...report, audit });
  expect(markdown).toContain(
    "  - Fails with it, and mends with it: `trail-encrypted-with-kms`; it counts as critical for that",
  );
  expect(markdown).toContain("1 regression (1 critical)");
});

test("old debt is behind a click, a line each with file and line, and gates nothing", () => {
  const markdown = summary(
    gateReportOf([debtOf(), debtOf({ location: null })], { outcome: "pass" }),
  );
  expect(headings(markdown)).toEqual([
    "# ✅ Trailproof check: pass",
    "## What was broken before",
    "## What was judged",
  ]);
  expect(markdown).toContain(
    "**PASS: no regressions; 2 findings were there before**; exit code 0.",
  );
  expect(markdown).toContain(
    [
      "<details><summary>2 findings</summary>",
      "",
      "- 🟠 High `trail-is-multi-region`: `audit` `aws_cloudtrail.old` at `infra/trail.tf:12`: main records management events in us-east-1 alone",
      "- 🟠 High `trail-is-multi-region`: `audit` `aws_cloudtrail.old`: main records management events in us-east-1 alone",
      "",
      "</details>",
    ].join("\n"),
  );
});

const undecided: UnknownGroup = {
  reason: "unresolved",
  action: null,
  detail: "var.key has no value",
  counted: true,
  severity: "high",
  verdicts: 3,
  policies: ["trail-encrypted-with-kms"],
  affects: { accounts: 0, regions: 0, sample: [] },
  places: ["audit#aws_cloudtrail.main"],
};

test("everything else that there is to know has a section of its own, in this order", () => {
  const gate = gateOf({
    missing: ["payments"],
    moves: [{ from: "audit#aws_cloudtrail.a", to: "core#aws_cloudtrail.a" }],
    improvements: [{ policy: "log-key-enabled", subject: "audit#aws_kms_key.k", was: "unknown" }],
    passedOver: ["infra/x.json is no template"],
    notAsked: ["region-management-events-recorded"],
    stacks: [stackOf({ notes: ["module.remote is not at hand"] })],
  });
  const audit = auditOf({ accounts: [], coverage: [], findings: [], unknowns: [undecided] });
  const markdown = summary(reportOf({ gate, audit, outcome: "incomplete", complete: false }));
  expect(headings(markdown).slice(1)).toEqual([
    "## Missing stacks",
    "## Moved",
    "## What this change mends",
    "## What could not be decided",
    "## What was judged",
    "## Passed over",
    "## Not asked of a change alone",
  ]);
  for (const line of [
    "**INCOMPLETE: no regressions; 1 mended; 1 cause of unknown verdicts; judged 1 of 2 stacks**; exit code 3.",
    "- `payments`",
    "- `audit` `aws_cloudtrail.a` to `core` `aws_cloudtrail.a`",
    "- `log-key-enabled`: `audit` `aws_kms_key.k` was not known, passes now",
    "- **unresolved**: var.key has no value\n  - 3 verdicts of `trail-encrypted-with-kms`, about `audit` `aws_cloudtrail.main`\n  - Cure: give the value where the expression can be computed",
    "- `audit`: Terraform plan `infra/audit.tfplan.json`, 4 resources\n  - module.remote is not at hand",
    "- infra/x.json is no template",
    "--live with the snapshot.ndjson.gz",
    "leave it out of --expect",
  ]) {
    expect(markdown).toContain(line);
  }
  expect(markdown).not.toMatch(/[Aa]udited|account/);
});

test("a change that would hide findings by changing the rules says so above everything it breaks", () => {
  const ruled = { policy: "trail-is-logging", subject: "audit#aws_cloudtrail.main" };
  const hidden = { ...ruled, severity: "critical" as const };
  const rules = { files: ["trailproof.yaml"], hidden: [hidden], added: [] };
  const markdown = summary(gateReportOf([regressionOf()], { gate: gateOf({ rules }) }));
  const warning =
    "⚠️ **This change also changes the rules: under its own rules 1 finding would not be raised.**";
  expect(markdown.indexOf(warning)).toBeGreaterThan(0);
  expect(markdown.indexOf(warning)).toBeLessThan(markdown.indexOf("## What this change breaks"));
  expect(markdown).toContain("- **Would not be raised**: 🔴 Critical `trail-is-logging`: `audit`");
  const harmless = { files: ["trailproof.yaml"], hidden: [], added: [] };
  expect(summary(gateReportOf([], { gate: gateOf({ rules: harmless }) }))).not.toContain("⚠️");
});

test.for([900_000, 50_000, 5_000])("2,000 findings and stacks fit into %d bytes", (budget) => {
  const many = Array.from({ length: 2_000 }, (_, index) => `${"監査".repeat(20)}${index}`);
  const findings = many.flatMap((name, index) => {
    const policy = gateReportOf([]).policies[index % 60]?.id ?? "";
    const subject = plannedSubject(`audit#${name}`);
    const message = name.repeat(4);
    return [regressionOf({ policy, subject, message }), debtOf({ policy, subject, message })];
  });
  const gate = gateOf({
    lead: many,
    missing: many,
    stacks: many.map((name) => stackOf({ name, notes: many })),
    passedOver: many,
    moves: many.map((name) => ({ from: name, to: `${name}#b` })),
    notAsked: many,
  });
  const markdown = summary(gateReportOf(findings, { gate }), budget);
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(budget);
  const count = (pattern: RegExp) => markdown.match(pattern)?.length ?? 0;
  expect(count(/<details>/g)).toBe(count(/<\/details>/g));
  expect(count(/^`{3}/gm) % 2).toBe(0);
});

test("what is the same as before is not said to have turned", () => {
  const worse = regressionOf({
    because: [
      { pointer: "/isMultiRegion", expected: "true", actual: false, requestId: null },
      { pointer: "/isLogging", expected: "true", actual: false, requestId: null },
    ],
    before: {
      verdict: "fail",
      facts: [
        { pointer: "/isMultiRegion", actual: false },
        { pointer: "/isLogging", actual: true },
      ],
    },
  });
  const markdown = summary(gateReportOf([worse]));
  expect(markdown).toContain("  - `/isMultiRegion` is `false`; expected `true`");
  expect(markdown).toContain("  - `/isLogging` was `true`, is `false`; expected `true`");
});

test("in a redacted summary no account id and no ARN is left; stacks, addresses and files are", () => {
  const finding = regressionOf({
    message: "main is encrypted with arn:aws:kms:eu-west-1:111111111111:key/a of 111111111111",
  });
  const gate = gateOf({ passedOver: ["222222222222 is no stack"] });
  const markdown = summary(gateReportOf([finding], { gate, redact: true }));
  expect(markdown).not.toMatch(/(?<!\d)\d{12}(?!\d)|arn:aws/);
  expect(markdown).toContain("- `audit` `aws_cloudtrail.main` at `infra/trail.tf:12`: main is");
  // The same account has the same name in every text.
  expect(markdown).toMatch(/- account-\d is no stack/);
});
