import { AuditError } from "../errors.ts";
import type { AccountRecord } from "./account-record.ts";
import type { SnapshotRecord } from "./records.ts";

const ACCOUNT = Buffer.from('{"kind":"account",');

/** A quotation mark within text is escaped, so this is the beginning of a member, of whatever object. */
const EVIDENCE = Buffer.from(',"observations":[');

/** How a line is read in full, and what checks a record; both throw where it is none. */
export type Reading = { whole: () => SnapshotRecord; check: (value: unknown) => void };

/**
 * The record of an account whose line ends with its evidence, as ours do. That is two thirds of the
 * line and seldom asked for, so it is parsed when it is; a line that is wrong there throws then. null:
 * any other line, or facts that are not as they should be, which reading the line in full tells.
 */
export function factsAlone(line: Buffer, { whole, check }: Reading): AccountRecord | null {
  const at = line.indexOf(EVIDENCE);
  if (at < 0 || !line.subarray(0, ACCOUNT.length).equals(ACCOUNT)) return null;
  const facts = parsedFacts(line.toString("utf8", 0, at));
  if (facts === null || !isSound(facts, check)) return null;
  let evidence: SnapshotRecord | null = null;
  const read = () => {
    evidence ??= whole();
    if (evidence.kind !== "account") throw new Error("one line is not two records");
    return evidence;
  };
  return {
    ...facts,
    get observations() {
      return read().observations;
    },
    get sources() {
      return read().sources;
    },
  };
}

/** What stands before the evidence is whole by itself only where the evidence is the record's own. */
function parsedFacts(text: string): AccountRecord | null {
  try {
    return { ...JSON.parse(`${text}}`), observations: [], sources: {} };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isSound(facts: AccountRecord, check: Reading["check"]): boolean {
  try {
    check(facts);
    return true;
  } catch (error) {
    if (error instanceof AuditError) return false;
    throw error;
  }
}
