import { isUnknown, unknownMore } from "../../snapshot/unknown.ts";
import type { Value } from "../value.ts";
import { coerced } from "./coerce.ts";
import { FUNCTIONS } from "./functions.ts";
import { replaced, writtenOut } from "./loops.ts";
import { callOf, type List, type Mapping, type Node, type Scalar } from "./node.ts";
import { withDynamicReferences } from "./pieces.ts";
import { type Result, type Scope, unresolved } from "./scope.ts";

const DEEPEST = 300;

/** What a part of a template gives; undefined where it is `AWS::NoValue`. */
export function evaluate(node: Node, scope: Scope): Result {
  const { world } = scope;
  if (world.fuel <= 0 || world.depth >= DEEPEST)
    return unresolved("a template too large or too deep");
  world.fuel -= 1;
  world.depth += 1;
  const result = evaluated(node, scope);
  world.depth -= 1;
  return result;
}

/**
 * As `evaluate`, remembered under a name: names made of names made of names would take for ever.
 * Unknown where it is made of itself.
 */
export function evaluatedOnce(mark: string, node: Node, scope: Scope): Result {
  const { world } = scope;
  const known = world.known.get(mark);
  if (known?.isUndecided) world.undecided += 1;
  if (known !== undefined) return known.value;
  if (world.under.has(mark)) return unresolved(mark);
  const before = world.undecided;
  world.under.add(mark);
  const value = evaluate(node, scope);
  world.under.delete(mark);
  world.known.set(mark, { value, isUndecided: world.undecided > before });
  return value;
}

function evaluated(node: Node, scope: Scope): Result {
  if (node.kind === "scalar") return scalar(node, scope);
  if (node.kind === "list") return list(node, scope);
  const call = callOf(node);
  if (call === undefined) return mapping(node, scope);
  const apply = FUNCTIONS.get(call.name);
  return apply === undefined ? unresolved(call.name) : apply(call.argument, scope);
}

function scalar({ value, text }: Scalar, scope: Scope): Value {
  if (typeof value === "string") return withDynamicReferences(replaced(value, scope.bound));
  // An account's id may be written as a number; beyond twelve digits a number loses some of them.
  if (typeof value === "number" && (text.length >= 12 || String(value) !== text)) return text;
  return value;
}

function list({ items }: List, scope: Scope): Value {
  const values: Value[] = [];
  const open: Value[] = [];
  for (const item of items) {
    const value = evaluate(item, scope);
    if (value === undefined) continue;
    // Where a condition is open there may be an item or none, which only a list's end can say.
    if (isUnknown(value) && callOf(item)?.name === "Fn::If") open.push(unknownMore(value));
    else values.push(value);
  }
  return [...values, ...open.slice(0, 1)];
}

function mapping(node: Mapping, scope: Scope): Value {
  const { entries, open } = writtenOut(node, scope);
  if (open !== null) return open;
  const values: [string, Value][] = [];
  for (const { name, value: inner, repeated, bound } of entries) {
    const within = bound === scope.bound ? scope : { ...scope, bound };
    const value = repeated ? unresolved(`${name} is written twice`) : evaluate(inner, within);
    if (value === undefined) continue;
    values.push([name.startsWith("$") ? `$${name}` : name, coerced(name, value)]);
  }
  return Object.fromEntries(values);
}
