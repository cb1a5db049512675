import type { Finding } from "../evaluate/finding.ts";
import { type Policy, SEVERITIES, type Severity } from "../policy/policy.ts";
import { isUnknown } from "../snapshot/unknown.ts";
import { markWords } from "./change-text.ts";
import { details, type Ink } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

const SHOWN_PER_POLICY = 10;
const SHOWN_REASONS = 3;
const SHOWN_ACCOUNTS = 5;
const SHOWN_REGIONS = 6;

/** A severity with its mark. */
export const BADGE: Record<Severity, string> = {
  critical: "🔴 Critical",
  high: "🟠 High",
  medium: "🟡 Medium",
  low: "🔵 Low",
  info: "⚪ Info",
};

/** What is wrong, policy by policy, worst first: cause, effect and fix. */
export function findingsSection(report: Report, pen: Ink): Section | null {
  const groups = byPolicy(report);
  if (groups.length === 0) return null;
  const words = { pen, names: namesOf(report), behind: behind(report) };
  return {
    heading: "## Findings",
    lead: "",
    items: groups.map((group) => policyBlock(group, words)),
    separator: "\n\n",
    leftOut: (count) => `… and the findings of ${count} more policies, all in \`results.json\`.`,
    share: 0.4,
  };
}

type Group = { policy: Policy; found: Finding[]; worst: number };

function byPolicy({ policies, audit }: Report): Group[] {
  const failing = audit.findings.filter(({ verdict }) => verdict === "fail");
  return policies
    .map((policy) => {
      const found = failing.filter((each) => each.policy === policy.id).sort(worstFirst);
      return { policy, found, worst: rank(found[0]) };
    })
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => a.worst - b.worst);
}

const rank = (finding: Finding | undefined): number =>
  finding === undefined ? SEVERITIES.length : SEVERITIES.indexOf(finding.gateSeverity);
const worstFirst = (a: Finding, b: Finding): number => rank(a) - rank(b);

type Words = {
  pen: Ink;
  names: ReadonlyMap<string, string | null>;
  behind: ReadonlyMap<string, Behind>;
};
type Behind = { count: number; policies: Set<string> };

/** What each finding explains, by its fingerprint. */
function behind({ audit }: Report): Map<string, Behind> {
  const told = new Map<string, Behind>();
  for (const { policy, explainedBy } of audit.explained) {
    const known = told.get(explainedBy) ?? { count: 0, policies: new Set() };
    known.count += 1;
    known.policies.add(policy);
    told.set(explainedBy, known);
  }
  return told;
}

const namesOf = ({ audit }: Report): Map<string, string | null> =>
  new Map(audit.accounts.map(({ id, name }) => [id, name]));

function policyBlock({ policy, found }: Group, words: Words): string {
  const { pen } = words;
  const shown = found.slice(0, SHOWN_PER_POLICY);
  const hidden = found.length - shown.length;
  return [
    `### ${BADGE[policy.severity]}: ${pen.prose(policy.title)}`,
    `This does not hold: ${counted(found.length, "finding")} of policy ${pen.code(policy.id)}.`,
    shown.map((finding) => findingLine(finding, words)).join("\n"),
    ...(hidden > 0 ? [`… and ${hidden} more, all in \`results.json\`.`] : []),
    fixBlock(policy, shown, pen),
    details("Why it matters", pen.long(policy.why.trim().replace(/\s+/g, " "))),
  ].join("\n\n");
}

function findingLine(finding: Finding, words: Words): string {
  const { message, because, subject } = finding;
  const { pen } = words;
  const regions = finding.regions.length > 0 ? finding.regions : [subject.region ?? ""];
  const place = [pen.account(subject.account, subject.accountName), regionWords(regions, pen)];
  return [
    `- ${place.filter((part) => part !== "").join(", ")}: ${pen.prose([message, ...markWords(finding)].join("; "))}`,
    ...because.slice(0, SHOWN_REASONS).map((reason) => `  - Cause: ${reasonWords(reason, pen)}`),
    ...effect(finding, words).map((line) => `  - Effect: ${line}`),
  ].join("\n");
}

function regionWords(regions: readonly string[], pen: Ink): string {
  const shown = regions.slice(0, SHOWN_REGIONS).map(pen.prose).join(", ");
  const hidden = regions.length - SHOWN_REGIONS;
  return hidden > 0 ? `${shown} and ${counted(hidden, "more region")}` : shown;
}

function reasonWords(reason: Finding["because"][number], pen: Ink): string {
  const { pointer, expected, actual, requestId } = reason;
  const seen = isUnknown(actual)
    ? `not known (${actual.$unknown.reason})`
    : pen.code(JSON.stringify(actual, (_, value) => rounded(value)) ?? "");
  const proof = requestId === null ? "" : `; AWS request ${pen.code(requestId)}`;
  return `${pen.code(pointer)} is ${seen}, expected ${pen.code(expected)}${proof}`;
}

const rounded = (value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(2)) : value;

/** How far it reaches, and what else fails because of it. */
function effect(finding: Finding, { pen, names, behind: told }: Words): string[] {
  const { affects, gateSeverity, severity, fingerprint } = finding;
  const lines: string[] = [];
  if (affects.accounts === 1 && affects.regions > Math.max(1, finding.regions.length)) {
    lines.push(`reaches ${counted(affects.regions, "region")} of that account`);
  }
  if (affects.accounts > 1) {
    const shown = affects.sample.slice(0, SHOWN_ACCOUNTS);
    const listed = shown.map((id) => pen.account(id, names.get(id) ?? null)).join(", ");
    const hidden = affects.accounts - shown.length;
    const more = hidden > 0 ? ` and ${counted(hidden, "more account")}` : "";
    const regions = affects.regions > 0 ? ` and ${counted(affects.regions, "region")}` : "";
    lines.push(`reaches ${counted(affects.accounts, "account")}${regions}: ${listed}${more}`);
  }
  const explained = told.get(fingerprint);
  if (explained !== undefined) {
    const policies = [...explained.policies].map(pen.code).join(", ");
    const as = gateSeverity === severity ? "" : `; it counts as ${gateSeverity} for that`;
    lines.push(`also fails because of it, and mends with it: ${policies}${as}`);
  }
  return lines;
}

/** The fixes of the findings shown, each once: commands together in one block to copy. */
function fixBlock({ fix }: Policy, shown: readonly Finding[], pen: Ink): string {
  const fixes = [...new Set(shown.map((finding) => finding.fix.trim()))];
  if (fix.cli !== undefined) return `**Fix**\n\n${pen.block(fixes.join("\n"), "sh")}`;
  return `**Fix**\n\n${fixes.map((text) => `- ${pen.prose(text)}`).join("\n")}`;
}
