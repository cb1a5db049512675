import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isKnown, type Unknown } from "../../snapshot/unknown.ts";
import type { ChangeSide } from "./changes.ts";
import { readSide, type Side, type Thing } from "./side.ts";

/**
 * What is made anew under another address, by the id that it has then, and what it was: the one
 * resource of its kind and name that leaves its stack, where one enters. It is no move; but what
 * failed before is no new failure.
 */
export function renamesBetween(
  before: ChangeSide,
  after: ChangeSide,
  movedTo: ReadonlyMap<string, string | Unknown>,
): Map<string, string> {
  const [was, now] = [readSide(before), readSide(after)];
  const renamed = new Map<string, string>();
  for (const [key, things] of was.named) {
    const left = sureOf(things, was).filter(
      ({ id }) => !now.has(id) && typeof movedTo.get(id) !== "string",
    );
    const entered = sureOf(now.named.get(key) ?? [], now).filter(({ id }) => !was.has(id));
    const [old, ...others] = left;
    const [made, ...more] = entered;
    if (old === undefined || made === undefined || others.length + more.length > 0) continue;
    if (isOneName(old) && isOnePlace(old, made)) renamed.set(made.id, old.id);
  }
  return renamed;
}

const sureOf = (things: readonly Thing[], { presenceOf }: Side): Thing[] =>
  things.filter(({ id }) => presenceOf(id) === true);

/** A key has no name of its own, and what AWS is still to name has none yet. */
const isOneName = ({ type, name }: Thing): boolean => type !== "key" && !hasStandIn(name);

const isOnePlace = (one: Thing, other: Thing): boolean =>
  [
    [one.accountId, other.accountId],
    [one.region, other.region],
  ].every(([a, b]) => !isKnown(a) || !isKnown(b) || a === b);
