import { expect, test } from "vitest";
import { harmlessLines } from "../../src/action/log.ts";
import type { UnknownGroup } from "../../src/evaluate/unknowns.ts";
import { sarif } from "../../src/report/sarif.ts";
import { summary } from "../../src/report/summary.ts";
import { paint } from "../../src/report/terminal.ts";
import { text } from "../../src/report/text.ts";
import { findingOf, subjectReference } from "../evaluate/verdicts.ts";
import {
  debtOf,
  gateOf,
  gateReportOf,
  plannedSubject,
  regressionOf,
  stackOf,
} from "./gate-reports.ts";
import { auditOf, reportOf } from "./reports.ts";

/** Names that an account, a trail, a unit or an error message could have. */
const HOSTILE: [string, string][] = [
  ["a cell's end", "a|b|c"],
  ["an escaped cell's end", "a\\|b\\\\|c"],
  ["a code span's end", "a`b``c```d"],
  ["a code block's end", "x\n```\n# heading\n"],
  ["emphasis and strikethrough", "**bold** _it_ ~~gone~~ *"],
  ["a heading", "# heading"],
  ["a list", "- one\n- two"],
  ["a numbered list", "1. one"],
  ["a quote", "> quoted"],
  ["a task", "[x] done"],
  ["a table's line", "\n| --- | --- |\n"],
  ["a link", "[click](https://evil.example/x)"],
  ["an image", "![x](https://evil.example/x.png)"],
  ["a reference", "[a][b]\n\n[b]: https://evil.example"],
  ["a bare address", "https://evil.example/path"],
  ["a bare address in www", "www.evil.example"],
  ["an address in brackets", "<https://evil.example>"],
  ["an e-mail address", "somebody@evil.example"],
  ["a mention", "@octocat @org/team"],
  ["an issue", "#1 octo/repo#2"],
  ["a picture by name", ":white_check_mark: pass"],
  ["a formula", "$\\sqrt{3}$ $$x$$"],
  ["a script", "<script>alert(1)</script>"],
  ["an attribute", '" onmouseover="x" \''],
  ["the end of details", "</details></summary><h1>PASS</h1>"],
  ["a comment", "<!-- hidden --> --> <!--"],
  ["an entity", "&lt;b&gt; &#64;octocat"],
  ["a workflow command", "::error file=a::hello"],
  ["a workflow command after blanks", "  ::set-output name=outcome::pass"],
  ["a workflow command on its own line", "x\n::stop-commands::t\n::add-mask::1"],
  ["a workflow command after a carriage return", "x\r::error::hello"],
  ["an old workflow command", "##[error]hello ##[group]"],
  ["colours", "\u001b[31mred\u001b[0m \u009b32m"],
  ["a cursor jump", "\u001b[2J\u001b[H"],
  ["a window's title", "\u001b]0;title\u0007"],
  ["a right-to-left override", "safe\u202egnp.exe"],
  ["isolates", "\u2066\u2067x\u2069"],
  ["invisible characters", "a\u200bb\ufeffc"],
  ["line separators", "a\u2028b\u2029c\u0085d"],
  ["half a character", "\ud800 x \udc00"],
  ["a null", "a\u0000b"],
  ["blanks alone", "   "],
  ["nothing", ""],
  ["a prototype", "__proto__"],
  ["ten kilobytes", "x".repeat(10_240)],
  ["ten kilobytes of backticks", "`".repeat(10_240)],
];

const group: UnknownGroup = {
  reason: "access-denied",
  action: "cloudtrail:GetTrailStatus",
  detail: null,
  counted: true,
  severity: "critical",
  verdicts: 34,
  policies: ["trail-is-logging"],
  affects: { accounts: 2, regions: 4, sample: [] },
  places: ["222222222222/us-east-1"],
};

/** A report in which every text that comes from outside is this one. */
function reportAbout(hostile: string) {
  const subject = subjectReference({
    name: hostile,
    accountName: hostile,
    ouPath: hostile,
    region: hostile,
    arn: hostile,
    id: hostile,
  });
  const finding = findingOf({
    subject,
    message: hostile,
    fix: `aws cloudtrail update-trail --name '${hostile}'`,
    regions: [hostile, "eu-west-1"],
    because: [{ pointer: `/${hostile}`, expected: hostile, actual: hostile, requestId: hostile }],
    affects: { accounts: 2, regions: 4, sample: ["111111111111", "222222222222"] },
  });
  const accounts = ["111111111111", "222222222222"].map((id, index) => ({
    id,
    name: hostile,
    ouPath: hostile,
    state: index === 0 ? ("audited" as const) : ("unreachable" as const),
    why: index === 0 ? null : hostile,
  }));
  return reportOf({
    audit: auditOf({
      accounts,
      findings: [finding],
      unknowns: [{ ...group, detail: hostile, action: hostile }],
      coverage: [
        {
          accounts: accounts.map(({ id, name }) => ({ id, name })),
          recorded: ["eu-west-1"],
          missing: [hostile],
          unknown: [],
        },
      ],
    }),
  });
}

/** A check in which every text that comes from templates, paths and branches is this one. */
function checkAbout(hostile: string) {
  const planned = {
    subject: plannedSubject(`${hostile}#${hostile}`),
    message: hostile,
    because: [{ pointer: `/${hostile}`, expected: hostile, actual: hostile, requestId: null }],
    before: { verdict: "pass" as const, facts: [{ pointer: `/${hostile}`, actual: 1 }] },
    location: { file: hostile, line: 1, column: 1, endLine: 1, endColumn: 2 },
  };
  const ruled = { policy: hostile, subject: hostile, severity: "high" as const };
  const report = gateReportOf([regressionOf(planned), debtOf(planned)], {
    gate: gateOf({
      lead: [`It says ${hostile}`],
      base: { commit: hostile, what: `where this left ${hostile}` },
      stacks: [stackOf({ name: hostile, path: hostile, kind: "cdk", notes: [`Of ${hostile}`] })],
      missing: [hostile],
      passedOver: [`Of ${hostile}`],
      moves: [{ from: `${hostile}#a`, to: `b#${hostile}` }],
      improvements: [{ policy: hostile, subject: hostile, was: "fail" }],
      notAsked: [hostile],
      rules: { files: [hostile], hidden: [ruled], added: [ruled] },
    }),
  });
  report.audit.unknowns.push({ ...group, detail: hostile, places: [`${hostile}#${hostile}`] });
  return report;
}

const harmlessReport = reportAbout("payments");
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Markdown without its code, in which nothing is markup, and without our own markup. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "")
    .replace(/(?<![\\`])`[^`\n]+`(?!`)/g, "")
    .replace(/<code>[^<]*(<!-- -->[^<]*)*<\/code>/g, "")
    .replace(/<\/?details>|<\/?summary>|<br>|<!-- -->/g, "");
}

/** The summary as a skeleton: what each line is, without what it says. */
const skeleton = (markdown: string): string[] =>
  outsideCode(markdown)
    .split("\n")
    .map((line) => /^(#+ |\| |- | {2}- |<|$|\*\*)?/.exec(line)?.[0] ?? "")
    .filter((kind) => kind !== "");

/** Markdown without its code and our own markup; what breaks a mention is a character. */
function bareOf(markdown: string): string {
  return markdown
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "")
    .replace(/(?<![\\`])`[^`\n]+`(?!`)/g, "")
    .replace(/<\/?(details|summary|code)>|<br>/g, "")
    .replaceAll("<!-- -->", "\u0001");
}

/** What a renderer would make something of; each with why. */
const MARKUP: [string, RegExp][] = [
  ["HTML", /<[a-z!/]/i],
  ["a link or image", /(?<!\\)\]\(|(?<!\\)\]\[|(?<!\\)!\[/],
  ["an address", /https?:\/\/(?!docs)|www\.[a-z]/i],
  ["a mention or e-mail address", /@[\w]/],
  ["an issue", /(?<!&)#\d/],
  ["a formula", /\$/],
];

test.for(HOSTILE)("%s in every name leaves the summary's structure as it is", ([, hostile]) => {
  const markdown = summary(reportAbout(hostile));
  const calm = summary(harmlessReport);
  expect(markdown.replaceAll("\n", "")).not.toMatch(CONTROLS);
  expect(skeleton(markdown)).toEqual(skeleton(calm));
  expect(Buffer.byteLength(markdown)).toBeLessThan(60_000);
  const rows = outsideCode(markdown)
    .split("\n")
    .filter((line) => line.startsWith("| "));
  // Bars that are not escaped make cells: as many in each row of the map as in its head.
  expect(new Set(rows.slice(0, 4).map((row) => row.split(/(?<!\\)\|/).length)).size).toBe(1);
  const bare = bareOf(markdown);
  for (const [what, pattern] of MARKUP) {
    expect(pattern.exec(bare)?.[0], what).toBeUndefined();
  }
});

test.for(HOSTILE)("%s in a check leaves its summary's structure as it is", ([, hostile]) => {
  const markdown = summary(checkAbout(hostile));
  expect(markdown.replaceAll("\n", "")).not.toMatch(CONTROLS);
  expect(skeleton(markdown)).toEqual(skeleton(summary(checkAbout("payments"))));
  const bare = bareOf(markdown);
  for (const [what, pattern] of MARKUP) {
    expect(pattern.exec(bare)?.[0], what).toBeUndefined();
  }
});

test.for(HOSTILE)("%s in a check gives no command and no control in a terminal", ([, hostile]) => {
  const shown = text(checkAbout(hostile), paint(false));
  expect(shown.toWellFormed().replaceAll("\n", "")).not.toMatch(CONTROLS);
  for (const line of harmlessLines(shown).split(/\r\n|\r|\n/)) {
    expect(line.trimStart().startsWith("::")).toBe(false);
    expect(line).not.toContain("##[");
  }
});

test.for(HOSTILE)(
  "%s in every name gives no command in the log and no control in a terminal",
  ([, hostile]) => {
    const shown = text(reportAbout(hostile), paint(false));
    // Half a character is none any more once it is written as UTF-8.
    expect(shown.toWellFormed().replaceAll("\n", "")).not.toMatch(CONTROLS);
    expect(Math.max(...shown.split("\n").map(({ length }) => length))).toBeLessThan(4_000);
    for (const line of harmlessLines(shown).split(/\r\n|\r|\n/)) {
      expect(line.trimStart().startsWith("::")).toBe(false);
      expect(line).not.toContain("##[");
    }
  },
);

test.for(HOSTILE)("%s in every name gives SARIF that GitHub can take", ([, hostile]) => {
  const log = JSON.parse(sarif(reportAbout(hostile)));
  const [result] = log.runs[0].results;
  expect(result.message.text).not.toMatch(CONTROLS);
  expect(result.message.text.length).toBeLessThan(1_025);
  const { uri } = result.locations[0].physicalLocation.artifactLocation;
  expect(new URL(uri, "file:///repository/").href).toMatch(
    /^file:\/\/\/repository\/(aws|planned)\//,
  );
  expect(uri).toMatch(/^[\w./%~-]+$/);
});
