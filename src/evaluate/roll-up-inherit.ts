import type { Mapping } from "../policy/framework.ts";
import type { SubjectKind } from "../subjects/schema/kinds.ts";
import { compare } from "./accounts.ts";
import { type AccountMarks, type Gathered, type Marks, placeKey } from "./roll-up-marks.ts";
import { UNDECIDED } from "./roll-up-state.ts";

/** What was gathered, with what reading it takes. */
export type Source = {
  order: ReadonlyMap<string, number>;
  kinds: readonly SubjectKind[];
  gathered: Gathered;
  memo: Map<string, Inherited>;
};

/** The bits of every policy for one account; the key is the same for accounts with the same bits. */
export type Inherited = { bits: Uint8Array; key: string };

/** A policy that did not judge in this run leaves its part of the control undecided. */
export function marksOf({ order }: Source, bits: Uint8Array, { policy }: Mapping): number {
  const index = order.get(policy);
  return index === undefined ? UNDECIDED : (bits[index] ?? 0);
}

/** What is known of one account, what it inherits included. */
export function inherited(source: Source, id: string): Inherited {
  const known = source.memo.get(id);
  if (known !== undefined) return known;
  const bits = bitsOf(source, id);
  const made = { bits, key: bits.join() };
  source.memo.set(id, made);
  return made;
}

function bitsOf({ gathered, kinds }: Source, id: string): Uint8Array {
  const bits = new Uint8Array(kinds.length);
  const account = gathered.accounts.get(id);
  // Expected, and the snapshot says nothing about it.
  if (account === undefined) bits.fill(UNDECIDED);
  else {
    for (const held of holdersOf(gathered, account)) {
      for (let index = 0; index < kinds.length; index += 1) {
        const isOwed = held.missing?.has(kinds[index] ?? "organization") === true;
        const own = (held.marks?.bits[index] ?? 0) | (isOwed ? UNDECIDED : 0);
        bits[index] = (bits[index] ?? 0) | own;
      }
    }
    for (const { index, judge } of gathered.organization) {
      bits[index] = (bits[index] ?? 0) | judge(account);
    }
  }
  return bits;
}

type Held = { marks: Marks | null; missing: ReadonlySet<SubjectKind> | null; id: string };

const UNSEEN_TRAIL: ReadonlySet<SubjectKind> = new Set(["trail", "bucket", "key", "log-group"]);

/** The account's own verdicts, then those of its trails and of what these use. */
function* holdersOf({ trails }: Gathered, account: AccountMarks): Generator<Held> {
  yield { marks: account, missing: null, id: "" };
  for (const arn of account.trails) {
    const trail = trails.get(arn);
    if (trail === undefined) yield { marks: null, missing: UNSEEN_TRAIL, id: arn };
    else {
      yield { marks: trail, missing: trail.owes, id: arn };
      for (const marks of trail.uses) yield { marks, missing: null, id: arn };
    }
  }
}

/** The first subject by id that has this mark; where none could be looked at, what it hangs on. */
export function subjectOf(
  { gathered, kinds }: Source,
  { id, index, mark }: { id: string; index: number; mark: number },
): string | null {
  const account = gathered.accounts.get(id);
  if (account === undefined) return mark === UNDECIDED ? id : null;
  const key = placeKey(index, mark);
  const kind = kinds[index];
  const found: string[] = [];
  for (const held of holdersOf(gathered, account)) {
    const subject = held.marks?.where.get(key);
    if (subject !== undefined) found.push(subject);
    const owed = kind !== undefined && held.missing?.has(kind) === true;
    if (owed && mark === UNDECIDED) found.push(held.id);
  }
  for (const each of gathered.organization) {
    if (each.index === index && (each.judge(account) & mark) !== 0) found.push(each.id);
  }
  return found.sort(compare)[0] ?? null;
}
