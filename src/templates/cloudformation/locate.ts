import type { Location } from "../../snapshot/location.ts";
import { truthOf } from "./conditions.ts";
import { evaluate } from "./evaluate.ts";
import {
  callOf,
  child,
  type Entry,
  itemsOf,
  locationOf,
  type Node,
  type Span,
  textOf,
} from "./node.ts";
import type { Declared, Scope } from "./scope.ts";

const FUEL = 100_000;

/**
 * Finds where a resource's attributes are written, through the branches of `Fn::If` that the
 * assumptions of the state take.
 */
export function located(declared: Declared, scope: Scope): (pointer: string) => Location {
  return (pointer) => {
    if (scope.within !== null) return scope.within;
    scope.world.fuel = FUEL;
    const keys = pointer.split("/").slice(1, 100).map(unescaped);
    const bound = { ...scope, bound: declared.bound };
    return locationOf(scope.template.source, spanOf(declared, keys, bound));
  };
}

const unescaped = (key: string): string =>
  key.replaceAll("~1", "/").replaceAll("~0", "~").replace(/^\$\$/, "$");

/** What stands beside the properties, by the key that it has among the values. */
const BESIDE = new Map([
  ["$deletionPolicy", "DeletionPolicy"],
  ["$updateReplacePolicy", "UpdateReplacePolicy"],
]);

function spanOf(declared: Declared, keys: readonly string[], scope: Scope): Span {
  const beside = BESIDE.get(keys[0] ?? "");
  let node = beside === undefined ? child(declared.node, "Properties") : declared.node;
  let span: Span = declared.key;
  for (const key of beside === undefined ? keys : [beside]) {
    const found = node && step(settled(node, scope), key, scope);
    if (found === undefined) return span;
    span = found.span;
    node = found.node;
  }
  return span;
}

function step(node: Node, key: string, scope: Scope): { span: Span; node: Node } | undefined {
  if (node.kind === "map") {
    const entry = node.entries.get(key);
    return entry && { span: spanOfEntry(entry, scope), node: entry.value };
  }
  if (node.kind !== "list" || !/^\d{1,6}$/.test(key)) return undefined;
  const there = node.items.filter((item) => evaluate(item, scope) !== undefined);
  const item = there[Number(key)];
  return item && { span: shortened(item, item, scope), node: item };
}

/** From the key to the end of the value where both are on one line, else the key alone. */
function spanOfEntry({ key, value }: Entry, scope: Scope): Span {
  return shortened({ start: key.start, end: value.end }, key, scope);
}

function shortened(span: Span, key: Span, { template }: Scope): Span {
  const { text } = template.source;
  const isBackwards = span.end < span.start;
  const lineEnd = text.indexOf("\n", span.start);
  if (!isBackwards && (lineEnd < 0 || span.end <= lineEnd)) return span;
  return { start: key.start, end: lineEnd < 0 ? key.end : Math.min(key.end, lineEnd) };
}

/** The branch that is taken, as long as conditions decide it. */
function settled(node: Node, scope: Scope): Node {
  let current = node;
  for (let depth = 0; depth < 50; depth += 1) {
    const call = callOf(current);
    if (call?.name !== "Fn::If") return current;
    const [condition, whenTrue, whenFalse] = itemsOf(call.argument);
    const truth = truthOf(textOf(condition) ?? "", scope);
    const next = truth === true ? whenTrue : truth === false ? whenFalse : undefined;
    if (next === undefined) return current;
    current = next;
  }
  return current;
}
