import { hasStandIn, standIn } from "../../snapshot/stand-in.ts";
import { isKnown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Side, Thing } from "./side.ts";

/** Of so many that may be the same one is looked at. */
const MOST_CANDIDATES = 100;

/** Finds what leaves one stack and enters another. */
export function movesOf(before: Side, after: Side): Map<string, string | Unknown> {
  const left = thingsOf(before, after);
  const entered = enteredBy(thingsOf(after, before));
  const moves = new Map<string, string | Unknown>();
  const taken = new Set<string>();
  for (const thing of left) {
    const candidates = candidatesFor(thing, entered).filter(
      (each) => !taken.has(each.id) && stackOf(each) !== stackOf(thing),
    );
    const sure = candidates.find((each) => isSame(thing, each) === true);
    const maybe = candidates.find((each) => isSame(thing, each) === "maybe");
    if (sure !== undefined) taken.add(sure.id);
    if (sure !== undefined) moves.set(thing.id, sure.id);
    else if (maybe !== undefined) moves.set(thing.id, undecided(thing, maybe));
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
    for (const key of [arnKey(thing), nameKey(thing)]) {
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

function candidatesFor(thing: Thing, entered: Entered): Thing[] {
  const keys = [arnKey(thing), nameKey(thing), `${thing.type} of some name`];
  return keys.flatMap((key) => (entered.get(key) ?? []).slice(0, MOST_CANDIDATES));
}

const stackOf = ({ record }: Thing): string | undefined => record.planned?.stack;

/** Whether what entered a stack is what left another. */
function isSame(left: Thing, entered: Thing): boolean | "maybe" {
  const [one, other] = [left.record.arn, entered.record.arn];
  if (!hasStandIn(one) && !hasStandIn(other)) return one === other;
  if (isOwnName(left) || isOwnName(entered)) return false;
  const places = [
    [left.accountId, entered.accountId],
    [left.region, entered.region],
  ] as const;
  if (places.some(([a, b]) => isKnown(a) && isKnown(b) && a !== b)) return false;
  const isNamed = !hasStandIn(left.name) && !hasStandIn(entered.name);
  if (isNamed && left.name !== entered.name) return false;
  return isNamed && places.every(([a, b]) => isKnown(a) && isKnown(b)) ? true : "maybe";
}

/** A name that AWS is still to make up is nobody else's. */
const isOwnName = ({ id, name }: Thing): boolean => name === standIn(id);

const undecided = (left: Thing, entered: Thing): Unknown =>
  unknown("unresolved", {
    detail:
      `whether ${entered.record.planned?.address ?? entered.id} is ${left.record.planned?.address ?? left.id}`.slice(
        0,
        300,
      ),
  });
