import { AuditError } from "../errors.ts";
import { freshState, type RecordCheck, readSnapshot } from "../snapshot/read.ts";
import type { SnapshotRecord } from "../snapshot/records.ts";
import { spareMemory } from "./spare-memory.ts";

/** The records of a snapshot, each checked; throws "bad-snapshot" at the end where it is not whole. */
export async function* wholeSnapshot(path: string): AsyncGenerator<SnapshotRecord> {
  const { recordCheck } = await import("../snapshot/validate.ts");
  yield* whole(path, recordCheck(path));
}

/** Reads a snapshot more than once, as `wholeSnapshot` does; the schemas are made ready once. */
export async function snapshotReader(path: string): Promise<() => AsyncGenerator<SnapshotRecord>> {
  const { recordCheck } = await import("../snapshot/validate.ts");
  const check = recordCheck(path);
  return () => whole(path, check);
}

async function* whole(path: string, check: RecordCheck): AsyncGenerator<SnapshotRecord> {
  await spareMemory();
  const state = freshState();
  yield* readSnapshot(path, state, check);
  if (state.whole) return;
  throw new AuditError(
    "bad-snapshot",
    `${path}: ${state.trouble}`,
    "Copy it again from where it came, or scan again: a scan that was killed goes on from its .part file.",
  );
}
