import { type Builtin, entriesOf, itemsOf } from "./builtin.ts";
import { isEqual } from "./equality.ts";
import {
  byCodePoint,
  failure,
  isList,
  isMap,
  isOpaque,
  isPrimitive,
  numberOf,
  settled,
  sortedMap,
  type Term,
  textOf,
  unresolved,
} from "./term.ts";

/** A function of one list's items. */
const ofItems =
  (apply: (items: readonly Term[]) => Term): Builtin =>
  ([list]) => {
    const found = itemsOf(list);
    return "items" in found ? apply(found.items) : found.instead;
  };

/** A function of one map's entries. */
const ofEntries =
  (apply: (map: ReadonlyMap<string, Term>) => Term): Builtin =>
  ([map]) => {
    const found = entriesOf(map);
    return "map" in found ? apply(found.map) : found.instead;
  };

const concat: Builtin = (lists) => {
  const all: Term[] = [];
  for (const list of lists) {
    const found = itemsOf(list);
    if ("instead" in found) return found.instead;
    for (const item of found.items) all.push(item);
  }
  return all;
};

const merge: Builtin = (maps) => {
  const all = new Map<string, Term>();
  for (const map of maps) {
    if (map === null) continue;
    const found = entriesOf(map);
    if ("instead" in found) return found.instead;
    for (const [key, value] of found.map) all.set(key, value);
  }
  return sortedMap(all);
};

const lookup: Builtin = ([map, key = null, otherwise]) => {
  const found = entriesOf(map);
  const name = textOf(key);
  if ("instead" in found) return found.instead;
  if (typeof name !== "string") return name;
  if (found.map.has(name)) return found.map.get(name) ?? null;
  return otherwise === undefined ? failure("lookup() of a key that is not there") : otherwise;
};

const length: Builtin = ([term = null]) => {
  const value = settled(term);
  if (typeof value === "string") return [...value].length;
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  return isOpaque(value) ? value : unresolved("length()");
};

const element: Builtin = ([list, index = null]) => {
  const found = itemsOf(list);
  const at = numberOf(index);
  if ("instead" in found) return found.instead;
  if (typeof at !== "number") return at;
  if (found.items.length === 0) return failure("element() of an empty list");
  if (at < 0) return unresolved("element() with a negative index");
  return found.items[at % found.items.length] ?? null;
};

const coalesce: Builtin = (args) => {
  for (const term of args) {
    const value = settled(term);
    if (value !== null && value !== "") return value;
  }
  return failure("coalesce() of nothing");
};

const coalescelist: Builtin = (args) => {
  for (const term of args) {
    const value = settled(term);
    if (isOpaque(value) || (isList(value) && value.length > 0)) return value;
  }
  return failure("coalescelist() of nothing");
};

const contains: Builtin = ([list, wanted = null]) => {
  const found = itemsOf(list);
  if ("instead" in found) return found.instead;
  const answers = found.items.map((item) => isEqual(item, wanted));
  if (answers.includes(true)) return true;
  return answers.find((each) => each !== false) ?? false;
};

const flattened = (items: readonly Term[]): Term => {
  const flat: Term[] = [];
  for (const item of items) {
    const value = settled(item);
    const inner = isList(value) ? flattened(value) : [value];
    if (isOpaque(value)) return value;
    if (!isList(inner)) return inner;
    for (const each of inner) flat.push(each);
  }
  return flat;
};

const compact = ofItems((items) => {
  const open = items.find(isOpaque);
  return open ?? items.filter((item) => item !== null && item !== "");
});

const distinct = ofItems((items) => {
  if (items.length < 2) return items;
  if (!items.every((item) => item === null || isPrimitive(item)))
    return unresolved("distinct() of what is not known");
  return [...new Set(items)];
});

const one = ofItems((items) => {
  if (items.length > 1) return failure("one() of more than one");
  return items[0] ?? null;
});

const zipmap: Builtin = ([keys, values]) => {
  const [names, items] = [itemsOf(keys), itemsOf(values)];
  if ("instead" in names) return names.instead;
  if ("instead" in items) return items.instead;
  if (names.items.length !== items.items.length) return failure("zipmap() of unlike lengths");
  const texts = names.items.map(textOf);
  const open = texts.find((each) => typeof each !== "string");
  return (
    open ??
    sortedMap(
      new Map(texts.map((text, at): [string, Term] => [String(text), items.items[at] ?? null])),
    )
  );
};

const slice: Builtin = ([list, from = null, to = null]) => {
  const found = itemsOf(list);
  const [start, end] = [numberOf(from), numberOf(to)];
  if ("instead" in found) return found.instead;
  if (typeof start !== "number") return start;
  if (typeof end !== "number") return end;
  const fits = start >= 0 && start <= end && end <= found.items.length;
  return fits ? found.items.slice(start, end) : failure("slice() beyond the list");
};

const truths = (deciding: boolean): Builtin =>
  ofItems((items) => {
    if (items.includes(deciding) || items.includes(String(deciding))) return deciding;
    return items.find((item) => !isPrimitive(item)) === undefined
      ? !deciding
      : unresolved("alltrue() or anytrue()");
  });

const sort = ofItems((items) => {
  const texts = items.map(textOf);
  const open = texts.find((each) => typeof each !== "string");
  return open ?? texts.map(String).sort(byCodePoint);
});

/** The functions of lists, sets, maps and objects. */
export const COLLECTIONS: readonly [string, Builtin][] = [
  ["concat", concat],
  ["merge", merge],
  ["lookup", lookup],
  ["length", length],
  ["element", element],
  ["coalesce", coalesce],
  ["coalescelist", coalescelist],
  ["contains", contains],
  ["flatten", ofItems(flattened)],
  ["compact", compact],
  ["distinct", distinct],
  ["one", one],
  ["keys", ofEntries((map) => [...map.keys()])],
  ["values", ofEntries((map) => [...map.values()])],
  ["zipmap", zipmap],
  ["slice", slice],
  ["reverse", ofItems((items) => [...items].reverse())],
  ["sort", sort],
  ["alltrue", truths(false)],
  ["anytrue", truths(true)],
];
