import type { Finding } from "../evaluate/finding.ts";
import type { Gate } from "../evaluate/gate/gate.ts";
import { idWords } from "./gate-summary-regressions.ts";
import type { Ink } from "./markdown.ts";
import { placeOf, standings } from "./planned.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { BADGE } from "./summary-findings.ts";
import { counted } from "./terminal.ts";

const FILES = 10;
const LINES = 1_000;

type Frame = Pick<Section, "heading" | "lead" | "share" | "behind">;

/** A line each of the first thousand things, the last left out where they have no room; null: none. */
export function listOf<T>(frame: Frame, all: readonly T[], line: (each: T) => string) {
  if (all.length === 0) return null;
  return {
    ...frame,
    items: all.slice(0, LINES).map(line),
    hidden: Math.max(0, all.length - LINES),
    separator: "\n" as const,
    leftOut: (count: number) => `… and ${count} more, all in \`results.json\`.`,
  };
}

/** What was broken before, a line each, behind a click: it gates nothing. */
export function debtSection(report: Report, pen: Ink): Section | null {
  const { debt } = standings(report);
  const frame = {
    heading: "## What was broken before",
    lead: "It does not gate this change.",
    behind: counted(debt.length, "finding"),
    share: 0.15,
  };
  return listOf(frame, debt, (finding) => debtLine(finding, pen));
}

function debtLine({ severity, policy, subject, location, message }: Finding, pen: Ink): string {
  const where = location == null ? "" : ` at ${pen.code(placeOf(location))}`;
  return `- ${BADGE[severity]} ${pen.code(policy)}: ${idWords(subject.id, pen)}${where}: ${pen.prose(message)}`;
}

/** What is the same at another address. */
export function movesSection({ moves }: Gate, pen: Ink): Section | null {
  const lead = "The same resource in another place: nothing is lost by that.";
  return listOf(
    { heading: "## Moved", lead, share: 0.05 },
    moves,
    ({ from, to }) => `- ${idWords(from, pen)} to ${idWords(to, pen)}`,
  );
}

/** What the change mends. */
export function mendedSection({ improvements }: Gate, pen: Ink): Section | null {
  return listOf(
    { heading: "## What this change mends", lead: "", share: 0.05 },
    improvements,
    ({ policy, subject, was }) =>
      `- ${pen.code(policy)}: ${idWords(subject, pen)} ${was === "fail" ? "failed" : "was not known"}, passes now`,
  );
}

/** How the change changes the rules that it would be judged by; what that hides comes first. */
export function rulesSection(gate: Gate, pen: Ink): Section | null {
  if (gate.rules === null) return null;
  const { files, hidden, added } = gate.rules;
  const named = files.slice(0, FILES).map(pen.code).join(", ");
  const frame = {
    heading: "## How this change changes the rules",
    lead: `It is judged by the rules of its base, and changes ${named}${files.length > FILES ? " and more" : ""}.`,
    share: 0.1,
  };
  const all = [
    ...hidden.map((each) => ({ ...each, words: "Would not be raised" })),
    ...added.map((each) => ({ ...each, words: "Would be raised besides" })),
  ];
  const line = ({ words, severity, policy, subject }: (typeof all)[number]) =>
    `- **${words}**: ${BADGE[severity]} ${pen.code(policy)}: ${idWords(subject, pen)}`;
  return listOf(frame, all, line) ?? { ...NOTHING, ...frame };
}

/** Rules may change without any finding that does. */
const NOTHING = { items: [], separator: "\n" as const, leftOut: () => "" };
