import type { Finding } from "../evaluate/finding.ts";
import type { Gate } from "../evaluate/gate/gate.ts";
import type { Policy } from "../policy/policy.ts";
import { markWords } from "./change-text.ts";
import { details, type Ink } from "./markdown.ts";
import {
  isCompared,
  placeOf,
  plannedOf,
  shownTurns,
  snippetsOf,
  standings,
  valueWords,
} from "./planned.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { BADGE } from "./summary-findings.ts";
import { counted } from "./terminal.ts";

const SHOWN_PER_POLICY = 10;
const SHOWN_FACTS = 5;

/** What the change breaks, policy by policy, worst first: where, what it was, and the fix. */
export function regressionsSection(report: Report, gate: Gate, pen: Ink): Section | null {
  const { regressions } = standings(report);
  const groups = byPolicy(regressions);
  const policies = new Map(report.policies.map((policy) => [policy.id, policy]));
  const effects = effectsOf(report);
  const items = [...groups].flatMap(([id, found]) => {
    const policy = policies.get(id);
    return policy === undefined ? [] : [block(policy, found, { gate, pen, effects })];
  });
  if (items.length === 0) return null;
  return {
    heading: isCompared(gate) ? "## What this change breaks" : "## What fails",
    lead: "",
    items,
    separator: "\n\n",
    leftOut: (count) => `… and those of ${count} more policies, all in \`results.json\`.`,
    share: 0.45,
  };
}

/** The findings of each policy, in the order in which the policies are first met. */
export function byPolicy(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.policy) ?? [];
    groups.set(finding.policy, group);
    group.push(finding);
  }
  return groups;
}

type Words = { gate: Gate; pen: Ink; effects: ReadonlyMap<string, ReadonlySet<string>> };

/** The policies that fail only because of each finding, by its fingerprint. */
function effectsOf({ audit }: Report): Map<string, Set<string>> {
  const told = new Map<string, Set<string>>();
  for (const { policy, explainedBy } of audit.explained) {
    told.set(explainedBy, (told.get(explainedBy) ?? new Set()).add(policy));
  }
  return told;
}

function block(policy: Policy, found: readonly Finding[], words: Words): string {
  const { gate, pen } = words;
  const [what, noun] = isCompared(gate)
    ? ["This change breaks it", "regression"]
    : ["This does not hold", "finding"];
  const shown = found.slice(0, SHOWN_PER_POLICY);
  const hidden = found.length - shown.length;
  return [
    `### ${BADGE[policy.severity]}: ${pen.prose(policy.title)}`,
    `${what}: ${counted(found.length, noun)} of policy ${pen.code(policy.id)}.`,
    shown.map((finding) => line(finding, words)).join("\n"),
    ...(hidden > 0 ? [`… and ${hidden} more, all in \`results.json\`.`] : []),
    ...fixBlocks(policy, shown, words),
    details("Why it matters", pen.long(policy.why.trim().replace(/\s+/g, " "))),
  ].join("\n\n");
}

function line(finding: Finding, { pen, effects }: Words): string {
  const { subject, location, message, gateSeverity, severity } = finding;
  const where = location == null ? "" : ` at ${pen.code(placeOf(location))}`;
  const told = [message, ...markWords(finding)].join("; ");
  const broken = effects.get(finding.fingerprint);
  const policies = [...(broken ?? [])].slice(0, SHOWN_PER_POLICY).map(pen.code).join(", ");
  const as = gateSeverity === severity ? "" : `; it counts as ${gateSeverity} for that`;
  return [
    `- ${idWords(subject.id, pen)}${where}: ${pen.prose(told)}`,
    ...shownTurns(finding)
      .slice(0, SHOWN_FACTS)
      .map((turn) => `  - ${turnWords(turn, pen)}`),
    ...(broken === undefined ? [] : [`  - Fails with it, and mends with it: ${policies}${as}`]),
  ].join("\n");
}

/** "`/isLogging` was `true`, is `false`; expected `true`". */
function turnWords(turn: ReturnType<typeof shownTurns>[number], pen: Ink): string {
  const { pointer, was, told, is, expected } = turn;
  const before = told ? ` was ${pen.code(valueWords(was))},` : "";
  const fact = pointer === "" ? "it" : pen.code(pointer);
  return `${fact}${before} is ${pen.code(valueWords(is))}; expected ${pen.code(expected)}`;
}

/** A planned resource by its stack and address, a live one by its id. */
export function idWords(id: string, pen: Ink): string {
  const planned = plannedOf({ id });
  if (planned === null) return pen.code(id);
  const address = pen.code(planned.address);
  return ["", "."].includes(planned.stack) ? address : `${pen.code(planned.stack)} ${address}`;
}

/** Once for each language of the stacks concerned; where none is at hand, in words. */
function fixBlocks(policy: Policy, shown: readonly Finding[], { gate, pen }: Words): string[] {
  const snippets = new Map(
    shown
      .flatMap(({ subject }) => snippetsOf(policy, subject, gate))
      .map(({ language, text }) => [text, language]),
  );
  const blocks = [...snippets].map(([text, language]) => pen.block(text, language));
  const { text } = policy.fix;
  const words = text === undefined ? [] : [pen.long(text.trim().replace(/\s+/g, " "))];
  const all = [...words, ...blocks];
  return all.length === 0 ? [] : ["**Fix**", ...all];
}
