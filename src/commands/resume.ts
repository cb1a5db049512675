import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { ScanRequest } from "../collect/request.ts";
import { AuditError } from "../errors.ts";
import { freshState, readSnapshot } from "../snapshot/read.ts";
import type { HeaderRecord } from "../snapshot/records.ts";
import { type SnapshotWriter, writeSnapshot } from "../snapshot/write.ts";

export type Resumption = {
  writer: SnapshotWriter;
  /** Accounts and resources that the file holds already. */
  already: ReadonlySet<string>;
  /** What to tell the operator; null where the scan starts anew. */
  note: string | null;
};

/** A scan that was killed longer ago than this is not gone on with: its answers are old. */
const RESUMABLE_HOURS = 12;

/**
 * Opens the unfinished snapshot (`.part`) of a scan. Where it holds the beginning of the same scan
 * (same arguments, less than twelve hours old), its whole records are kept and gone on from.
 */
export async function resumed(path: string, wanted: ScanRequest): Promise<Resumption> {
  const begun = await beginning(path, wanted);
  if (begun === null) return { writer: await writeSnapshot(path), already: new Set(), note: null };
  const rest = `${path}.rest`;
  await rename(path, rest);
  const writer = await writeSnapshot(path);
  const already = new Set<string>();
  let accounts = 0;
  for await (const record of readSnapshot(rest, freshState(), () => {})) {
    await writer.append(record);
    if (record.kind === "resource") already.add(record.arn);
    if (record.kind === "account") {
      already.add(record.id);
      accounts += 1;
    }
    if (record.kind === "header" || record.kind === "organization") already.add(record.kind);
  }
  await rm(rest);
  return {
    writer,
    already,
    note: `Going on with ${path}: ${accounts} accounts are there already.`,
  };
}

/** The header of an unfinished scan with the same arguments; null where there is none. */
async function beginning(path: string, wanted: ScanRequest): Promise<HeaderRecord | null> {
  if (!existsSync(path)) return null;
  const state = freshState();
  let header: HeaderRecord | null = null;
  try {
    for await (const record of readSnapshot(path, state, () => {})) {
      if (record.kind === "header") header = record;
    }
  } catch (error) {
    // What is there is no snapshot of ours to go on with; the scan replaces it.
    if (error instanceof AuditError) return null;
    throw error;
  }
  return header !== null && !state.whole && isSame(header, wanted) ? header : null;
}

function isSame(
  { tool, scope, arguments: asked, startedAt }: HeaderRecord,
  wanted: ScanRequest,
): boolean {
  const age = (Date.now() - Date.parse(startedAt)) / 3_600_000;
  return (
    tool === wanted.header.tool &&
    scope === wanted.scope &&
    JSON.stringify(asked) === JSON.stringify(wanted.header.arguments) &&
    age < RESUMABLE_HOURS
  );
}
