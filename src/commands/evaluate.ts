import { AuditError } from "../errors.ts";
import type { JudgingOptions } from "../options.ts";
import { freshState, readSnapshot } from "../snapshot/read.ts";
import type { SnapshotRecord } from "../snapshot/records.ts";
import type { Console } from "./console.ts";
import { exitCodeOf, judgeAndReport } from "./judge-and-report.ts";
import { loadRules } from "./rules.ts";

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

/** The records of a snapshot, each checked; throws "bad-snapshot" at the end where it is not whole. */
async function* wholeSnapshot(path: string): AsyncGenerator<SnapshotRecord> {
  const { recordCheck } = await import("../snapshot/validate.ts");
  const state = freshState();
  yield* readSnapshot(path, state, recordCheck(path));
  if (state.whole) return;
  throw new AuditError(
    "bad-snapshot",
    `${path}: ${state.trouble}`,
    "Copy it again from where it came, or scan again: a scan that was killed goes on from its .part file.",
  );
}
