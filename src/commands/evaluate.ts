import type { JudgingOptions } from "../options.ts";
import type { Console } from "./console.ts";
import { exitCodeOf, judgeAndReport } from "./judge-and-report.ts";
import { loadRules } from "./rules.ts";
import { wholeSnapshot } from "./whole-snapshot.ts";

/** `trailproof evaluate <snapshot>`: judges a saved snapshot; the same file gives the same verdicts. */
export async function evaluate(
  path: string,
  options: JudgingOptions,
  console: Console,
): Promise<number> {
  const rules = await loadRules(options);
  const report = await judgeAndReport(wholeSnapshot(path), rules, { options, console });
  return exitCodeOf(report);
}
