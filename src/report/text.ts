import type { Finding } from "../evaluate/finding.ts";
import { EXIT_CODES } from "../evaluate/outcome.ts";
import { type Policy, SEVERITIES } from "../policy/policy.ts";
import { isUnknown } from "../snapshot/unknown.ts";
import { changeWords, markWords } from "./change-text.ts";
import { abridged, coverageLines } from "./coverage-text.ts";
import { frameworkLines } from "./framework-text.ts";
import { gateHeadline, gateSections } from "./gate-text.ts";
import type { Report } from "./report.ts";
import { results } from "./results.ts";
import { counted, harmless, type Paint } from "./terminal.ts";
import { badge } from "./text-badge.ts";
import { unknownLines } from "./unknown-text.ts";
import { waiverLines } from "./waiver-text.ts";

const SHOWN_PER_POLICY = 3;

/** The report for a terminal: the outcome first, then what was covered, what fails, what is not known. */
export function text(report: Report, paint: Paint): string {
  const { gate } = report;
  const sections = gate === null ? liveSections(report, paint) : gateSections(report, gate, paint);
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function liveSections(report: Report, paint: Paint): string[][] {
  return [
    headline(report, paint),
    coverageLines(report.audit.coverage, paint),
    findingLines(report, paint),
    unknownLines(report.audit.unknowns, paint),
    frameworkLines(report.audit.frameworks, paint),
    waiverLines(report.audit.waived, report.audit.waivers, paint),
    additionalLines(report, paint),
  ];
}

/** The outcome and the accounts, in two or three lines; all that `--quiet` prints. */
export function headline(report: Report, paint: Paint): string[] {
  if (report.gate !== null) return gateHeadline(report, report.gate, paint);
  const { accounts, counts } = results(report);
  const colour = { pass: paint.green, fail: paint.red, incomplete: paint.yellow }[report.outcome];
  const found = SEVERITIES.filter((severity) => (counts.findings[severity] ?? 0) > 0)
    .map((severity) => `${counts.findings[severity]} ${severity}`)
    .join(", ");
  const gaps = [
    [accounts.partial, "partial"],
    [accounts.unreachable, "unreachable"],
    [accounts.skipped, "skipped"],
  ].flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  return [
    `${paint.bold(colour(report.outcome.toUpperCase()))}  ${found === "" ? "no findings" : `findings: ${found}`}; exit code ${EXIT_CODES[report.outcome]}`,
    `Audited ${accounts.audited} of ${counted(accounts.expected, "account")}${gaps.length > 0 ? ` (${gaps.join(", ")})` : ""}.`,
    ...(report.audit.change === null ? [] : [changeWords(report.audit.change)]),
    ...accounts.list
      .filter(({ state }) => state === "partial" || state === "unreachable")
      .slice(0, 5)
      .map(({ id, name, state, why }) => `  ${named(id, name)}: ${state}, ${harmless(why ?? "")}`),
  ];
}

const named = (id: string, name: string | null): string =>
  name === null ? id : `${harmless(name)} (${id})`;

function findingLines({ audit, policies }: Report, paint: Paint): string[] {
  const groups = policies
    .map((policy) => ({
      policy,
      found: audit.findings.filter((each) => each.policy === policy.id),
    }))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => SEVERITIES.indexOf(a.policy.severity) - SEVERITIES.indexOf(b.policy.severity));
  if (groups.length === 0) return [];
  return [
    paint.bold("Findings"),
    ...groups.flatMap(({ policy, found }) => group(policy, found, paint)),
  ];
}

function group(policy: Policy, found: readonly Finding[], paint: Paint): string[] {
  const hidden = found.length - SHOWN_PER_POLICY;
  return [
    `${badge(policy.severity, paint)} ${policy.id}${found.length > 1 ? ` (${found.length})` : ""}`,
    ...found.slice(0, SHOWN_PER_POLICY).flatMap((each) => one(each, paint)),
    ...(hidden > 0 ? [paint.dim(`    … and ${hidden} more, all in results.json`)] : []),
    ...fixLines(found[0]?.fix ?? "", paint),
  ];
}

function one(finding: Finding, paint: Paint): string[] {
  const { message, subject, because } = finding;
  const place = [subject.account ?? "", subject.region ?? ""].map(harmless).join(" ").trim();
  const who = subject.accountName === null ? "" : ` (${harmless(subject.accountName)})`;
  return [
    `    ${harmless(message)} ${paint.dim(`[${place}${who}]`)}`,
    ...markWords(finding).map((mark) => paint.yellow(`      ${harmless(mark)}`)),
    ...reachLine(finding),
    ...because
      .slice(0, 3)
      .map(({ pointer, expected, actual }) =>
        paint.dim(
          `      ${harmless(pointer)}: expected ${harmless(expected)}, seen ${shown(actual)}`,
        ),
      ),
  ];
}

const shown = (actual: unknown): string =>
  isUnknown(actual)
    ? `nothing (${actual.$unknown.reason})`
    : harmless(JSON.stringify(actual, (_, value) => rounded(value)) ?? "");

const rounded = (value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(2)) : value;

/** Where else it fails, and what fails because of it. */
function reachLine({ regions, affects }: Finding): string[] {
  const here = regions.length > 1 ? [`in ${abridged(regions)}`] : [];
  const wider = affects.accounts > 1 || affects.regions > Math.max(1, regions.length);
  const all = `${counted(affects.accounts, "account")} and ${counted(affects.regions, "region")}`;
  const parts = [...here, ...(wider ? [`reaches ${all}`] : [])];
  return parts.length === 0 ? [] : [`      ${parts.join("; ")}`];
}

function fixLines(fix: string, paint: Paint): string[] {
  return fix
    .split("\n")
    .map((line, index) => paint.cyan(`    ${index === 0 ? "fix: " : "     "}${harmless(line)}`));
}

function additionalLines({ audit: { additional } }: Report, paint: Paint): string[] {
  if (additional.length === 0) return [];
  const arns = new Set(additional.map(({ subject }) => subject.id));
  return [
    `${paint.bold("Noted, gating nothing:")} ${counted(additional.length, "finding")} about ${counted(arns.size, "resource")} of trails that only repeat what other trails record, at a cost.`,
  ];
}
