import { EXIT_CODES, type Outcome } from "../evaluate/outcome.ts";
import { gateSummary } from "./gate-summary.ts";
import { auditedWords, foundWords } from "./headline.ts";
import { type Ink, ink } from "./markdown.ts";
import { redactionOf } from "./redact.ts";
import type { Report } from "./report.ts";
import { results } from "./results.ts";
import { fitted, type Section } from "./summary-budget.ts";
import { changeSection } from "./summary-change.ts";
import { coverageSection } from "./summary-coverage.ts";
import { findingsSection } from "./summary-findings.ts";
import { frameworkSections } from "./summary-frameworks.ts";
import { notesSection } from "./summary-notes.ts";
import { unknownSection } from "./summary-unknown.ts";
import { waivedSection } from "./summary-waived.ts";

/** GitHub drops a step's summary whole above 1,048,576 bytes. */
export const SUMMARY_BYTES = 900_000;

const MARK: Record<Outcome, string> = { pass: "✅", fail: "❌", incomplete: "❓" };

/** The report as Markdown for people, worst first, in at most so many bytes of UTF-8. */
export function summary(report: Report, budget = SUMMARY_BYTES): string {
  const pen = ink(report.redact ? redactionOf(report) : (text) => text);
  const { gate } = report;
  const text =
    gate === null ? liveSummary(report, pen, budget) : gateSummary(report, gate, { pen, budget });
  return text.trimEnd().concat("\n");
}

function liveSummary(report: Report, pen: Ink, budget: number): string {
  const head = headOf(report, pen);
  const sections = [
    changeSection(report, pen),
    findingsSection(report, pen),
    unknownSection(report, pen),
    coverageSection(report, pen),
    ...frameworkSections(report, pen),
    waivedSection(report, pen),
    notesSection(report, pen),
  ].filter((section): section is Section => section !== null);
  return `${head}${fitted(sections, budget - Buffer.byteLength(head))}`;
}

/** The outcome first, then what was audited, when and by whom. */
function headOf(report: Report, pen: Ink): string {
  const { outcome, audit } = report;
  const { counts, accounts } = results(report);
  const { startedAt, caller, tool } = audit.header;
  return `${[
    `# ${MARK[outcome]} Trailproof: ${outcome}`,
    `**${foundWords(counts)}; ${auditedWords(accounts)}**; exit code ${EXIT_CODES[outcome]}.`,
    `Read at ${pen.prose(startedAt)} by ${pen.prose(tool)}, starting from account ${pen.account(caller.accountId, nameOf(report, caller.accountId))}.`,
  ].join("\n\n")}\n\n`;
}

const nameOf = ({ audit }: Report, wanted: string): string | null =>
  audit.accounts.find(({ id }) => id === wanted)?.name ?? null;
