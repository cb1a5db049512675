import { AuditError } from "../errors.ts";
import { freshState, readSnapshot } from "../snapshot/read.ts";
import type { SnapshotRecord } from "../snapshot/records.ts";

/** The records of a snapshot, each checked; throws "bad-snapshot" at the end where it is not whole. */
export async function* wholeSnapshot(path: string): AsyncGenerator<SnapshotRecord> {
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
