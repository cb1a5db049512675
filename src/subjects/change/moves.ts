import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isKnown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { instanceOf } from "./instances.ts";
import type { Side, Thing } from "./side.ts";

/** Of so many that may be the same one is looked at. */
const MOST_CANDIDATES = 100;

/** Finds what leaves one stack and enters another, or gets or loses a `count`. */
export function movesOf(before: Side, after: Side): Map<string, string | Unknown> {
  const left = thingsOf(before, after);
  const entered = enteredBy(thingsOf(after, before));
  const moves = new Map<string, string | Unknown>();
  const taken = new Set<string>();
  for (const thing of left) {
    const instance = instanceOf({ before, after }, thing.id);
    if (instance !== null) {
      moves.set(thing.id, instance);
      continue;
    }
    const candidates = candidatesFor(thing, entered).filter(
      (each) =>
        !taken.has(each.id) &&
        stackOf(each) !== stackOf(thing) &&
        // What may not be there at all takes nothing in.
        after.presenceOf(each.id) === true,
    );
    const sure = candidates.find((each) => isSame(thing, each) === true);
    const maybe = candidates.find((each) => isSame(thing, each) === "maybe");
    if (sure !== undefined) taken.add(sure.id);
    if (sure !== undefined) moves.set(thing.id, sure.id);
    else if (maybe !== undefined) moves.set(thing.id, undecided(maybe));
  }
  return moves;
}

/** What one side has and the other has not. */
const thingsOf = ({ things }: Side, other: Side): Thing[] =>
  [...things.values()].filter(({ id }) => !other.has(id));

type Entered = ReadonlyMap<string, readonly Thing[]>;

/** By each text that may tell that one is the same. */
function enteredBy(things: readonly Thing[]): Entered {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    for (const key of [arnKey(thing), nameKey(thing), thing.type]) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [thing]);
      else group.push(thing);
    }
  }
  return groups;
}

const arnKey = ({ type, record }: Thing): string => `${type} arn ${record.arn}`;
const nameKey = ({ type, name }: Thing): string =>
  hasStandIn(name) ? `${type} of some name` : `${type} named ${name}`;
const isNamed = ({ name }: Thing): boolean => !hasStandIn(name);

function candidatesFor(thing: Thing, entered: Entered): Thing[] {
  const named = isNamed(thing) ? [nameKey(thing), `${thing.type} of some name`] : [thing.type];
  const keys = [arnKey(thing), ...named];
  return keys.flatMap((key) => (entered.get(key) ?? []).slice(0, MOST_CANDIDATES));
}

const stackOf = ({ record }: Thing): string | undefined => record.planned?.stack;

/** Whether what entered a stack is what left another. */
function isSame(left: Thing, entered: Thing): boolean | "maybe" {
  const [one, other] = [left.record.arn, entered.record.arn];
  if (!hasStandIn(one) && !hasStandIn(other)) return one === other;
  const places = [
    [left.accountId, entered.accountId],
    [left.region, entered.region],
  ] as const;
  if (places.some(([a, b]) => isKnown(a) && isKnown(b) && a !== b)) return false;
  const areNamed = isNamed(left) && isNamed(entered);
  if (areNamed && left.name !== entered.name) return false;
  return areNamed && places.every(([a, b]) => isKnown(a) && isKnown(b)) ? true : "maybe";
}

const OPEN = "whether it is the same as";

const undecided = (entered: Thing): Unknown =>
  unknown("unresolved", { detail: `${OPEN} ${entered.id}`.slice(0, 300) });

/** Whether a fate is not known because it may be a move. */
export const isOpenMove = ({ $unknown: { detail = "" } }: Unknown): boolean =>
  detail.startsWith(OPEN);

/** The id of what a move may have led to; null: it is known whether it is a move. */
export function maybeMovedTo(fate: Unknown): string | null {
  return isOpenMove(fate) ? (fate.$unknown.detail ?? "").slice(OPEN.length + 1) : null;
}
