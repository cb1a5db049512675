import { createHash } from "node:crypto";
import { AuditError } from "../errors.ts";
import { factsAlone } from "./evidence.ts";
import { gunzippedLines, type LineEnding } from "./lines.ts";
import { type EndRecord, SNAPSHOT_FORMAT, type SnapshotRecord } from "./records.ts";

/** What reading a snapshot to its end showed about the file itself. */
export type SnapshotState = {
  /** Whole records read so far. */
  records: number;
  accounts: number;
  resources: number;
  /** Whether the `end` record was met and agrees with what came before it. */
  whole: boolean;
  /** What is wrong with the file, and after which record; null where nothing is. */
  trouble: string | null;
};

/** Checks one parsed line; throws an AuditError where it is not a record. */
export type RecordCheck = (value: unknown, line: number) => asserts value is SnapshotRecord;

/**
 * Reads a snapshot record by record, `end` excluded. A file that is cut off or damaged gives its
 * records up to there; `state` then says so. A line that is not a record throws "bad-snapshot".
 */
export async function* readSnapshot(
  path: string,
  state: SnapshotState,
  check: RecordCheck,
): AsyncGenerator<SnapshotRecord> {
  const ending: LineEnding = { trouble: null };
  const digest = createHash("sha256");
  for await (const line of lines(path, ending)) {
    const record = parsed(line, state.records + 1, path, check);
    if (record.kind === "end") {
      state.whole = agrees(record, state, digest.digest("hex"));
      state.trouble = state.whole ? null : "the end record does not agree with what is before it";
      return;
    }
    digest.update(line).update("\n");
    count(record, state);
    yield record;
  }
  const after = `after record ${state.records} (${state.accounts} accounts are whole)`;
  state.trouble = `${ending.trouble ?? "the file has no end record"}, ${after}`;
}

export function freshState(): SnapshotState {
  return { records: 0, accounts: 0, resources: 0, whole: false, trouble: null };
}

async function* lines(path: string, ending: LineEnding): AsyncGenerator<Buffer> {
  try {
    yield* gunzippedLines(path, ending);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new AuditError(
      "bad-snapshot",
      `${path}: cannot be read (${error.message})`,
      "Name a snapshot that `trailproof scan` wrote, as in trailproof-report/snapshot.ndjson.gz.",
      { cause: error },
    );
  }
}

function parsed(line: Buffer, number: number, path: string, check: RecordCheck): SnapshotRecord {
  const whole = () => parsedWhole(line, number, path, check);
  return factsAlone(line, { whole, check: (value) => check(value, number) }) ?? whole();
}

function parsedWhole(line: Buffer, number: number, path: string, check: RecordCheck) {
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch (error) {
    throw notARecord(path, number, "is not JSON", error);
  }
  if (number === 1) requireFormat(value, path);
  check(value, number);
  return value;
}

function requireFormat(value: unknown, path: string): void {
  const format =
    typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (format === SNAPSHOT_FORMAT) return;
  throw notARecord(
    path,
    1,
    `says format ${JSON.stringify(format) ?? "nothing"}, not ${SNAPSHOT_FORMAT}`,
  );
}

/** The error for a line that no version of this program wrote. */
export function notARecord(path: string, line: number, what: string, cause?: unknown): AuditError {
  return new AuditError(
    "bad-snapshot",
    `${path}: line ${line} ${what}`,
    "Use a snapshot as it was written; where it was edited or made by a newer version, scan again.",
    { cause },
  );
}

function count(record: SnapshotRecord, state: SnapshotState): void {
  state.records += 1;
  if (record.kind === "account") state.accounts += 1;
  if (record.kind === "resource") state.resources += 1;
}

function agrees({ counts, digest }: EndRecord, state: SnapshotState, seen: string): boolean {
  return (
    digest === seen && counts.accounts === state.accounts && counts.resources === state.resources
  );
}
