import type { Unknown } from "../../snapshot/unknown.ts";
import { evaluate } from "./evaluate.ts";
import { callOf, type Entry, itemsOf, type Mapping, type Node, textOf } from "./node.ts";
import { type Scope, unresolved } from "./scope.ts";

/** An entry of an object, with the variables of the loops that wrote it. */
export type Written = Entry & { name: string; bound: ReadonlyMap<string, string> };

const LOOP = "Fn::ForEach::";
const MOST_ENTRIES = 5000;

/**
 * The entries of an object, loops (`Fn::ForEach::Name`) written out; `open` says why there may be
 * more of them.
 */
export function writtenOut(
  node: Mapping,
  scope: Scope,
): { entries: Written[]; open: Unknown | null } {
  const out: { entries: Written[]; open: Unknown | null } = { entries: [], open: null };
  const { bound } = scope;
  for (const [key, entry] of node.entries) {
    const name = replaced(key, bound);
    if (key.startsWith(LOOP)) out.open = loop(entry, scope, out.entries) ?? out.open;
    else if (key === "Fn::Transform") out.open = unresolved("what Fn::Transform writes");
    else out.entries.push({ ...entry, name, bound });
    if (out.entries.length > MOST_ENTRIES) return { ...out, open: unresolved("a loop too long") };
  }
  return out;
}

/** Writes one loop out; returns why it cannot be. */
function loop({ value }: Entry, scope: Scope, into: Written[]): Unknown | null {
  const [identifier, collection, body] = itemsOf(value);
  const name = textOf(identifier);
  const items = collection && itemsOfCollection(collection, scope);
  if (name === undefined || items === undefined || body?.kind !== "map") {
    return unresolved(`what ${LOOP} writes over ${words(collection)}`);
  }
  let open: Unknown | null = null;
  for (const item of items) {
    // Loops within loops cost turns even where they write nothing.
    scope.world.fuel -= 10;
    if (scope.world.fuel <= 0) return unresolved("a loop too long");
    const bound = new Map([...scope.bound, [name, item]]);
    const inner = writtenOut(body, { ...scope, bound });
    into.push(...inner.entries);
    open = inner.open ?? open;
    if (into.length > MOST_ENTRIES) return unresolved("a loop too long");
  }
  return open;
}

function itemsOfCollection(node: Node, scope: Scope): string[] | undefined {
  const value = evaluate(node, scope);
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((each) => typeof each === "string");
  return texts.length === value.length ? texts : undefined;
}

function words(collection: Node | undefined): string {
  const call = collection && callOf(collection);
  return call === undefined ? "something" : `${call.name} ${textOf(call.argument) ?? ""}`;
}

/** A text with the variables of the loops around it put in. */
export function replaced(text: string, bound: ReadonlyMap<string, string>): string {
  if (bound.size === 0 || !/[$&]\{/.test(text)) return text;
  return text.replace(/([$&])\{([^{}]{1,200})\}/g, (whole, sign: string, name: string) => {
    const value = bound.get(name);
    if (value === undefined) return whole;
    return sign === "&" ? value.replace(/[^A-Za-z0-9]/g, "") : value;
  });
}
