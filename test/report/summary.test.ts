import { expect, test } from "vitest";
import { summary } from "../../src/report/summary.ts";
import { fitted } from "../../src/report/summary-budget.ts";
import { judged, worldOf } from "../evaluate/eleven-worlds.ts";
import { findingOf, subjectReference, verdictOf } from "../evaluate/verdicts.ts";
import { auditOf, reportOf } from "./reports.ts";

const headings = (markdown: string): string[] =>
  markdown.split("\n").filter((line) => /^#{1,3} /.test(line));

test("the outcome and the accounts come first, then the finding with cause and fix, then the map", () => {
  const markdown = summary(reportOf());
  expect(headings(markdown)).toEqual([
    "# ❌ Trailproof: fail",
    "## Findings",
    "### 🟡 Medium: The trail records in every enabled region",
    "## Where management events are recorded",
  ]);
  const lines = markdown.split("\n");
  expect(lines[2]).toBe("**1 high; audited 2 of 2 accounts**; exit code 1.");
  expect(lines[4]).toContain("Read at 2026-11-20T12:00:00.000Z by trailproof/test");
  expect(markdown).toContain(
    "- management (`111111111111`), us-east-1: audit records in one region only\n  - Cause: `/isMultiRegion` is `false`, expected `true`; AWS request `request-1`",
  );
  expect(markdown).toContain(
    "**Fix**\n\n```sh\naws cloudtrail update-trail --name audit --is-multi-region-trail\n```",
  );
});

test("nothing found: the outcome and the map alone", () => {
  const report = reportOf({ outcome: "pass", audit: auditOf({ findings: [] }) });
  expect(headings(summary(report))).toEqual([
    "# ✅ Trailproof: pass",
    "## Where management events are recorded",
  ]);
});

test("a finding says how far it reaches and what mends with it", () => {
  const root = findingOf({
    affects: { accounts: 800, regions: 13_600, sample: ["111111111111", "222222222222"] },
    severity: "medium",
    gateSeverity: "critical",
  });
  const { policy: _, ...rest } = verdictOf();
  const explained = {
    ...rest,
    policy: "region-management-events-recorded",
    regions: [],
    fingerprint: "v1:1",
    explainedBy: root.fingerprint,
  };
  const markdown = summary(
    reportOf({ audit: auditOf({ findings: [root], explained: [explained] }) }),
  );
  expect(markdown).toContain(
    "Effect: reaches 800 accounts and 13,600 regions: management (`111111111111`), payments (`222222222222`) and 798 more accounts",
  );
  expect(markdown).toContain(
    "Effect: also fails because of it, and mends with it: `region-management-events-recorded`; it counts as critical for that",
  );
});

test("regions that look alike share a column, accounts of a large organization that look alike a row", () => {
  const accounts = Array.from({ length: 40 }, (_, index) => ({
    id: String(100_000_000_000 + index),
    name: `n${index}`,
    ouPath: index < 20 ? "Root/A" : "Root/B",
    state: "audited" as const,
    why: null,
  }));
  const named = accounts.map(({ id, name }) => ({ id, name }));
  const coverage = [
    { accounts: named.slice(39), recorded: ["a"], missing: ["b", "c"], unknown: ["d"] },
    { accounts: named.slice(0, 39), recorded: ["a", "b", "c"], missing: [], unknown: [] },
  ];
  const markdown = summary(reportOf({ audit: auditOf({ accounts, coverage, findings: [] }) }));
  expect(markdown.split("\n").filter((line) => line.startsWith("|"))).toEqual([
    "| Unit | Account | a | b<br>c | d |",
    "| --- | --- | --- | --- | --- |",
    "| Root/B | n39 (`100000000039`) | ✅ | ❌ | ❓ |",
    "| Root/B | 19 accounts: n20 (`100000000020`), n21 (`100000000021`), n22 (`100000000022`) and 16 more | ✅ | ✅ | – |",
    "| Root/A | 20 accounts: n0 (`100000000000`), n1 (`100000000001`), n2 (`100000000002`) and 17 more | ✅ | ✅ | – |",
  ]);
});

/** Every account different, failing and not fully seen, with names of many bytes. */
function largeReport(size: number) {
  const accounts = Array.from({ length: size }, (_, index) => ({
    id: String(100_000_000_000 + index),
    name: "監査".repeat(25) + index,
    ouPath: `Root/${"部".repeat(50)}${index}`,
    state: "partial" as const,
    why: "拒否".repeat(100),
  }));
  return reportOf({
    audit: auditOf({
      accounts,
      findings: accounts.flatMap(({ id, name }) =>
        reportOf().policies.map((policy) =>
          findingOf({
            policy: policy.id,
            message: name.repeat(4),
            subject: subjectReference({ id, account: id, accountName: name }),
          }),
        ),
      ),
      coverage: accounts.map(({ id, name }, index) => ({
        accounts: [{ id, name }],
        recorded: [`region-${index % 30}`],
        missing: [`region-${(index + 7) % 30}`],
        unknown: [],
      })),
    }),
  });
}

test.for([900_000, 600_000, 50_000])(
  "5,000 accounts with names of many bytes fit into %d bytes, no row is cut, what is left out is counted",
  (budget) => {
    const markdown = summary(largeReport(5_000), budget);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(budget);
    const rows = markdown.split("\n").filter((line) => /^\| (?!---|Unit)/.test(line));
    expect(new Set(rows.map((row) => row.split("|").length)).size).toBe(1);
    expect(markdown).toContain(`… and ${5_000 - rows.length} more rows`);
    const listed = markdown.match(/^- .*: partial: /gm)?.length ?? 0;
    expect(markdown).toContain(`… and ${5_000 - listed} more, all in \`results.json\``);
    expect(markdown.match(/^`{3}/gm)?.length ?? 0).toBe(
      2 * (markdown.match(/^\*\*Fix\*\*\n\n`{3}/gm)?.length ?? 0),
    );
  },
);

test("a section leaves out whole items, from the last, and says how many with those never made", () => {
  const section = {
    heading: "## H",
    lead: "",
    items: ["- one", "- two", "- three"],
    hidden: 4,
    separator: "\n" as const,
    leftOut: (count: number) => `${count} more`,
    share: 0.5,
  };
  expect(fitted([section], 2_000)).toBe("## H\n\n- one\n- two\n- three\n\n4 more\n\n");
  expect(fitted([section], 62)).toBe("## H\n\n- one\n- two\n\n5 more\n\n");
  expect(fitted([{ ...section, lead: "x".repeat(50) }], 62)).toBe("");
  expect(fitted([{ ...section, hidden: 0 }], 2_000)).toBe("## H\n\n- one\n- two\n- three\n\n");
});

test("a section behind a click ends within its share, however little room there is", () => {
  const section = {
    heading: "## H",
    lead: "",
    behind: "9 things",
    items: Array.from({ length: 9 }, (_, index) => `- ${index}`),
    separator: "\n" as const,
    leftOut: (count: number) => `${count} more`,
    share: 1,
  };
  for (let budget = 70; budget < 140; budget += 1) {
    const text = fitted([section], budget);
    expect(text).toMatch(/^## H\n\n<details><summary>9 things<\/summary>\n\n[^<]*<\/details>\n\n$/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget);
  }
});

test("800 accounts under one stopped trail: one alert, and a summary of a few kilobytes", async () => {
  const told = await judged(worldOf({ status: () => ({ isLogging: false }) }));
  const markdown = summary(reportOf({ audit: told }));
  expect(markdown.match(/^### /gm)).toHaveLength(1);
  expect(markdown).toContain("Effect: reaches 800 accounts and 13,600 regions");
  expect(markdown).toContain("| all 17 regions |");
  expect(Buffer.byteLength(markdown)).toBeLessThan(20_000);
});

test("what is accepted and what changed have sections of their own where there is anything to say", () => {
  const finding = findingOf();
  const since = { version: "1.0.0", at: "2026-11-19T02:00:00.000Z" };
  const none = { unchanged: [], worse: [], better: [], gone: [], unseen: [], covered: [] };
  const waiver = {
    policies: ["trail-is-multi-region"],
    scope: {},
    reason: "old region",
    owner: "ops@example.com",
    expires: "2027-01-01",
    at: "trailproof.yaml:3:5",
  };
  const markdown = summary(
    reportOf({
      audit: auditOf({
        change: { since, new: [finding], fixed: [], ...none },
        waived: [{ ...finding, waiver, explainedBy: null }],
      }),
    }),
  );
  expect(markdown).toContain("## Since the last run\n\nSince 2026-11-19T02:00:00.000Z: 1 new.");
  expect(markdown).toContain(
    "- **New**: `trail-is-multi-region` at audit in management (`111111111111`)",
  );
  expect(markdown).toContain(
    "## Accepted\n\n- 1 finding of `trail-is-multi-region` until 2027-01-01 by ops@<!-- -->example.com: old region (`trailproof.yaml:3:5`)",
  );
});

test("controls roll up by framework, worst first; what no policy can show is named apart", () => {
  const accounts = { contradicted: 0, incomplete: 0, excepted: 0, "not-assessed": 0 };
  const counts = { ...accounts, "partly-supported": 0, supported: 0 };
  const control = { paraphrase: "Logs exist", policies: [], accounts: [] };
  const frameworks = [
    {
      id: "pci-dss-4.0.1",
      title: "PCI DSS 4.0.1",
      scope: "cardholder",
      accounts: 2,
      controls: [
        {
          ...control,
          id: "10.1",
          state: "supported" as const,
          rollUp: { ...counts, supported: 2 },
        },
        {
          ...control,
          id: "10.2",
          state: "contradicted" as const,
          rollUp: { ...counts, contradicted: 1, supported: 1 },
        },
        {
          ...control,
          id: "10.6",
          state: "not-assessed" as const,
          rollUp: counts,
          notAssessable: "x",
        },
      ],
    },
  ];
  const markdown = summary(reportOf({ audit: auditOf({ frameworks }) }));
  expect(markdown).toContain("## PCI DSS 4.0.1: scope cardholder, 2 accounts");
  expect(markdown).toContain("No policy can show: 10.6.");
  expect(markdown).toContain(
    "| 10.2 | ❌ contradicted | 1 contradicted, 1 supported | Logs exist |\n| 10.1 | ✅ supported | 2 supported | Logs exist |",
  );
});

test.for([400, 1_000, 3_000, 10_000])("even %d bytes are kept to", (budget) => {
  const size = Buffer.byteLength(summary(largeReport(20), budget));
  expect(size).toBeLessThanOrEqual(budget);
});
