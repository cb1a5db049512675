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

/** A list whose last items are left out where they have no room. */
export function list(section: Pick<Section, "heading" | "lead" | "items" | "share" | "behind">) {
  if (section.items.length === 0) return null;
  return {
    ...section,
    separator: "\n" as const,
    leftOut: (count: number) => `… and ${count} more, all in \`results.json\`.`,
  };
}

/** What was broken before, a line each, behind a click: it gates nothing. */
export function debtSection(report: Report, pen: Ink): Section | null {
  const { debt } = standings(report);
  return list({
    heading: "## What was broken before",
    lead: "It does not gate this change.",
    behind: counted(debt.length, "finding"),
    items: debt.map((finding) => debtLine(finding, pen)),
    share: 0.15,
  });
}

function debtLine({ severity, policy, subject, location, message }: Finding, pen: Ink): string {
  const where = location == null ? "" : ` at ${pen.code(placeOf(location))}`;
  return `- ${BADGE[severity]} ${pen.code(policy)}: ${idWords(subject.id, pen)}${where}: ${pen.prose(message)}`;
}

/** What is the same at another address. */
export function movesSection({ moves }: Gate, pen: Ink): Section | null {
  return list({
    heading: "## Moved",
    lead: "The same resource in another place: nothing is lost by that.",
    items: moves.map(({ from, to }) => `- ${idWords(from, pen)} to ${idWords(to, pen)}`),
    share: 0.05,
  });
}

/** What the change mends. */
export function mendedSection({ improvements }: Gate, pen: Ink): Section | null {
  return list({
    heading: "## What this change mends",
    lead: "",
    items: improvements.map(
      ({ policy, subject, was }) =>
        `- ${pen.code(policy)}: ${idWords(subject, pen)} ${was === "fail" ? "failed" : "was not known"}, passes now`,
    ),
    share: 0.05,
  });
}

/** How the change changes the rules that it would be judged by; what that hides comes first. */
export function rulesSection(gate: Gate, pen: Ink): Section | null {
  if (gate.rules === null) return null;
  const { files, hidden, added } = gate.rules;
  const named = files.slice(0, FILES).map(pen.code).join(", ");
  const line = (words: string) => (each: (typeof hidden)[number]) =>
    `- **${words}**: ${BADGE[each.severity]} ${pen.code(each.policy)}: ${idWords(each.subject, pen)}`;
  return {
    heading: "## How this change changes the rules",
    lead: `It is judged by the rules of its base, and changes ${named}${files.length > FILES ? " and more" : ""}.`,
    items: [
      ...hidden.map(line("Would not be raised")),
      ...added.map(line("Would be raised besides")),
    ],
    separator: "\n",
    leftOut: (count) => `… and ${count} more, all in \`results.json\`.`,
    share: 0.1,
  };
}
