import type { Gate } from "../evaluate/gate/gate.ts";
import { EXIT_CODES, type Outcome } from "../evaluate/outcome.ts";
import { debtSection, mendedSection, movesSection, rulesSection } from "./gate-summary-change.ts";
import {
  missingSection,
  notAskedSection,
  passedOverSection,
  stacksSection,
  undecidedSection,
} from "./gate-summary-inputs.ts";
import { regressionsSection } from "./gate-summary-regressions.ts";
import { changeFoundWords, comparedWords, gateResults, hiddenWords } from "./gate-words.ts";
import type { Ink } from "./markdown.ts";
import type { Report } from "./report.ts";
import { fitted, type Section } from "./summary-budget.ts";
import { notesSection } from "./summary-notes.ts";
import { waivedSection } from "./summary-waived.ts";

const MARK: Record<Outcome, string> = { pass: "✅", fail: "❌", incomplete: "❓" };

/** What a change breaks, worst first, and what else there is to know of it, in so many bytes. */
export function gateSummary(report: Report, gate: Gate, { pen, budget }: Room): string {
  const head = headOf(report, gate, pen);
  const sections = [
    regressionsSection(report, gate, pen),
    rulesSection(gate, pen),
    missingSection(gate, pen),
    debtSection(report, pen),
    movesSection(gate, pen),
    mendedSection(gate, pen),
    undecidedSection(report, pen),
    stacksSection(gate, pen),
    passedOverSection(gate, pen),
    notAskedSection(gate, pen),
    waivedSection(report, pen),
    notesSection(report, pen),
  ].filter((section): section is Section => section !== null);
  return `${head}${fitted(sections, budget - Buffer.byteLength(head))}`;
}

type Room = { pen: Ink; budget: number };

const LEADS = 5;

/** What has to be read first, then the outcome, then what it is compared with. */
function headOf(report: Report, gate: Gate, pen: Ink): string {
  const { outcome } = report;
  const hidden = hiddenWords(gate);
  const found = changeFoundWords(gateResults(report, gate));
  const parts = [
    `# ${MARK[outcome]} Trailproof check: ${outcome}`,
    ...gate.lead.slice(0, LEADS).map((sentence) => pen.prose(sentence)),
    `**${outcome.toUpperCase()}: ${found}**; exit code ${EXIT_CODES[outcome]}.`,
    ...(hidden === null ? [] : [`⚠️ **${hidden}**`]),
    comparedWords(gate).map(pen.prose).join(" "),
  ];
  return `${parts.join("\n\n")}\n\n`;
}
