import { type Builtin, itemsOf } from "./builtin.ts";
import {
  failure,
  isList,
  isMap,
  isOpaque,
  isPrimitive,
  isSet,
  setOf,
  settled,
  type Term,
  unresolved,
} from "./term.ts";

const toset: Builtin = ([term = null]) => {
  const value = settled(term);
  return isList(value)
    ? setOf(value)
    : value === null || isOpaque(value)
      ? value
      : failure("no list");
};

const tolist: Builtin = ([term = null]) => {
  const value = settled(term);
  return isSet(value) && isList(value)
    ? [...value]
    : isList(value) || isOpaque(value) || value === null
      ? value
      : failure("no list");
};

const tomap: Builtin = ([term = null]) => {
  const value = settled(term);
  return isMap(value) || isOpaque(value) || value === null ? value : failure("no map");
};

/** A function of sets of known values. */
const ofSets =
  (apply: (first: Set<Term>, second: Set<Term>) => Iterable<Term>): Builtin =>
  ([first, ...others]) => {
    let result = itemsOf(first);
    for (const other of others) {
      const next = itemsOf(other);
      if ("instead" in result) return result.instead;
      if ("instead" in next) return next.instead;
      if (![...result.items, ...next.items].every(isPrimitive))
        return unresolved("sets of what is not known");
      result = { items: [...apply(new Set(result.items), new Set(next.items))] };
    }
    return "items" in result ? setOf(result.items) : result.instead;
  };

/** Conversions of collections, and the functions of sets. */
export const SETS: readonly [string, Builtin][] = [
  ["toset", toset],
  ["tolist", tolist],
  ["tomap", tomap],
  ["setunion", ofSets((a, b) => [...a, ...b])],
  ["setintersection", ofSets((a, b) => [...a].filter((each) => b.has(each)))],
  ["setsubtract", ofSets((a, b) => [...a].filter((each) => !b.has(each)))],
];
