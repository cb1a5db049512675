import { SEVERITIES } from "../policy/policy.ts";
import { changeFoundWords } from "./gate-words.ts";
import type { Report } from "./report.ts";
import { results } from "./results.ts";
import type { Results } from "./results-schema.ts";
import { counted } from "./terminal.ts";

/**
 * The outcome in one line, of counts alone, so that it names nobody: "FAIL: 1 critical, 2 high;
 * audited 8 of 10 accounts (2 unreachable)"; of a change "FAIL: 2 regressions (1 critical, 1 high)".
 */
export function headlineOf(report: Report): string {
  const { counts, accounts, gate } = results(report);
  if (gate !== undefined) return `${report.outcome.toUpperCase()}: ${changeFoundWords(gate)}`;
  return `${report.outcome.toUpperCase()}: ${foundWords(counts)}; ${auditedWords(accounts)}`;
}

/** "1 critical, 2 high", or "no findings". */
export function foundWords({ findings, unknown }: Results["counts"]): string {
  const found = SEVERITIES.flatMap((severity) => {
    const count = findings[severity] ?? 0;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const blind = unknown === 0 ? [] : [`${counted(unknown, "cause")} of unknown verdicts`];
  return found.length === 0
    ? ["no findings", ...blind].join(", ")
    : [...found, ...blind].join(", ");
}

/** "audited 8 of 10 accounts (2 unreachable)". */
export function auditedWords(accounts: Results["accounts"]): string {
  const gaps = (["partial", "unreachable", "skipped"] as const).flatMap((state) =>
    accounts[state] === 0 ? [] : [`${accounts[state]} ${state}`],
  );
  const rest = gaps.length === 0 ? "" : ` (${gaps.join(", ")})`;
  return `audited ${accounts.audited} of ${counted(accounts.expected, "account")}${rest}`;
}
