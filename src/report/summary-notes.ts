import type { Ink } from "./markdown.ts";
import { notes } from "./notes.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

/** What is worth knowing and gates nothing, and which accounts were not expected. */
export function notesSection({ audit }: Report, pen: Ink): Section | null {
  const skipped = new Map<string, number>();
  for (const { state, why } of audit.accounts) {
    if (state === "skipped") skipped.set(why ?? "", (skipped.get(why ?? "") ?? 0) + 1);
  }
  const items = [
    ...notes(audit).map(({ text }) => `- ${pen.prose(text)}`),
    ...[...skipped].map(
      ([why, count]) => `- ${counted(count, "account")} skipped: ${pen.prose(why)}`,
    ),
  ];
  if (items.length === 0) return null;
  return {
    heading: "## Noted, gating nothing",
    lead: "",
    items,
    separator: "\n",
    leftOut: (count) => `… and ${count} more, all in \`results.json\`.`,
    share: 0.05,
  };
}
