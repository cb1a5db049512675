import type { Difference } from "../evaluate/diff.ts";
import type { Finding } from "../evaluate/finding.ts";
import { changeWords } from "./change-text.ts";
import type { Ink } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";

/** What is listed one by one, with the words for each; the rest is counted. */
const LISTED = [
  ["new", "New"],
  ["worse", "Worse"],
  ["fixed", "Fixed"],
  ["unseen", "Not seen this time"],
] as const satisfies [Exclude<keyof Difference, "since">, string][];

const SHOWN = 20;

/** What changed since the results given as `--baseline`; null without them. */
export function changeSection({ audit: { change } }: Report, pen: Ink): Section | null {
  if (change === null) return null;
  const lines = LISTED.flatMap(([kind, word]) => change[kind].map((each) => line(word, each, pen)));
  return {
    heading: "## Since the last run",
    lead: pen.prose(changeWords(change)),
    items: lines.slice(0, SHOWN),
    hidden: Math.max(0, lines.length - SHOWN),
    separator: "\n",
    leftOut: (count) => `… and ${count} more, all in \`results.json\`.`,
    share: 0.05,
  };
}

function line(word: string, { policy, subject }: Finding, pen: Ink): string {
  const { account, accountName, name } = subject;
  const who = account === null ? "" : ` in ${pen.account(account, accountName)}`;
  return `- **${word}**: ${pen.code(policy)} at ${pen.prose(name)}${who}`;
}
