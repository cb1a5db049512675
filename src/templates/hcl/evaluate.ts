import { isUnknown } from "../../snapshot/unknown.ts";
import { isReference, isText } from "../value.ts";
import { evaluateCall } from "./call.ts";
import { describe } from "./describe.ts";
import { isEqual } from "./equality.ts";
import { evaluateFor } from "./for.ts";
import { evaluateBinary, evaluateUnary } from "./operators.ts";
import type { Expression } from "./syntax.ts";
import {
  booleanOf,
  exact,
  failure,
  isFailure,
  isLazy,
  isList,
  isMap,
  isOpaque,
  isSet,
  settled,
  sortedMap,
  type Term,
  textOf,
  unresolved,
  whyOpen,
} from "./term.ts";
import { concatenated } from "./text.ts";
import { bounded, deeper, type Work } from "./work.ts";

/** What names mean where an expression stands. */
export type Scope = {
  /** Names that a `for`, a `dynamic` block or a template brings in, innermost first. */
  names: Names | null;
  /** Everything else: `var`, `local`, types of resources …; undefined: there is no such name. */
  root: (name: string) => Term | undefined;
  /** The text of a file that a function reads, or why it is not at hand. */
  file: (path: string) => Term;
  /** Functions that only some files know; undefined: it is none of them. */
  own?: (name: string, args: readonly Term[]) => Term | undefined;
  work: Work;
};

export type Names = { name: string; value: Term; outer: Names | null };

/** The scope with one name more. */
export function withName(scope: Scope, name: string, value: Term): Scope {
  return { ...scope, names: { name, value, outer: scope.names } };
}

/** Computes an expression; what cannot be computed is an unknown that names it. Never throws. */
export function evaluate(expression: Expression, scope: Scope): Term {
  return deeper(scope.work, () => compute(expression, scope));
}

function compute(expression: Expression, scope: Scope): Term {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "number"
        ? exact(expression.value, String(expression.value))
        : expression.value;
    case "parentheses":
      return evaluate(expression.of, scope);
    case "name":
      return nameOf(expression.name, scope);
    case "attribute":
      return partOf(evaluate(expression.from, scope), expression.name, expression);
    case "index":
      return indexed(expression, scope);
    case "splat-item":
      return nameOf("*", scope);
    case "template":
      return bounded(scope.work, evaluateTemplate(expression.parts, scope));
    case "conditional":
      return evaluateConditional(expression, scope);
    case "unary":
      return evaluateUnary(expression.operator, evaluate(expression.of, scope));
    case "binary":
      return evaluateBinary(expression, scope);
    default:
      return bounded(scope.work, computeCollection(expression, scope));
  }
}

type Collection = Extract<Expression, { kind: "tuple" | "object" | "for" | "splat" | "call" }>;

function computeCollection(expression: Collection, scope: Scope): Term {
  switch (expression.kind) {
    case "tuple":
      return allComputed(expression.items.map((each) => evaluate(each, scope)));
    case "object":
      return evaluateObject(expression.entries, scope);
    case "for":
      return evaluateFor(expression, scope);
    case "splat":
      return evaluateSplat(expression, scope);
    case "call":
      return evaluateCall(expression, scope);
  }
}

function nameOf(name: string, { names, root }: Scope): Term {
  for (let each = names; each !== null; each = each.outer)
    if (each.name === name) return each.value;
  return root(name) ?? unresolved(name);
}

function indexed(expression: Extract<Expression, { kind: "index" }>, scope: Scope): Term {
  const from = evaluate(expression.from, scope);
  if (isOpaque(from)) return from;
  const key = settled(evaluate(expression.key, scope));
  if (typeof key === "number" || typeof key === "string") return partOf(from, key, expression);
  if (isOpaque(key)) return key;
  return isReference(key) || isText(key)
    ? whyOpen(key)
    : failure("an index that is no number or text");
}

/** An attribute or an item of a term. */
export function partOf(from: Term, key: string | number, expression: Expression): Term {
  if (isOpaque(from)) return from;
  if (isLazy(from)) return from.$get(key);
  if (isReference(from) || isText(from)) return unresolved(describe(expression));
  if (isMap(from)) return from.get(String(key)) ?? absent(from, String(key), expression);
  if (!isList(from)) return failure(`${describe(expression)}: there is nothing within`);
  if (isSet(from)) return failure(`${describe(expression)}: a set has no order`);
  const index = typeof key === "number" || /^\d+$/.test(key) ? Number(key) : Number.NaN;
  return from[index] ?? (index in from ? null : failure(`${describe(expression)} is not there`));
}

function absent(from: ReadonlyMap<string, Term>, key: string, expression: Expression): Term {
  return from.has(key) ? null : failure(`${describe(expression)} is not there`);
}

function evaluateTemplate(parts: readonly Expression[], scope: Scope): Term {
  return concatenated(parts.map((part) => evaluate(part, scope)));
}

function evaluateConditional(
  { condition, yes, no }: Extract<Expression, { kind: "conditional" }>,
  scope: Scope,
): Term {
  const holds = booleanOf(evaluate(condition, scope));
  if (typeof holds === "boolean") return evaluate(holds ? yes : no, scope);
  if (!isUnknown(holds)) return holds;
  const arms = [evaluate(yes, scope), evaluate(no, scope)] as const;
  // Whichever it is, it is the same.
  const known = arms.every((arm) => !isLazy(arm) && !isOpaque(arm));
  return known && isEqual(arms[0], arms[1]) === true ? arms[0] : holds;
}

function evaluateObject(
  entries: readonly { key: Expression; value: Expression }[],
  scope: Scope,
): Term {
  const map = new Map<string, Term>();
  for (const { key, value } of entries) {
    const name = textOf(evaluate(key, scope));
    if (typeof name !== "string") return name;
    const term = evaluate(value, scope);
    if (isFailure(term)) return term;
    map.set(name, term);
  }
  return sortedMap(map);
}

function evaluateSplat({ from, each }: Extract<Expression, { kind: "splat" }>, scope: Scope): Term {
  const term = evaluate(from, scope);
  if (isOpaque(term)) return term;
  const whole = isLazy(term) && term.$whole !== null ? term.$whole() : term;
  if (isOpaque(whole)) return whole;
  const items = isList(whole) ? whole : whole === null ? [] : [whole];
  return allComputed(items.map((item) => evaluate(each, withName(scope, "*", item))));
}

/** One item that cannot be computed ends the whole. */
const allComputed = (items: readonly Term[]): Term => items.find(isFailure) ?? items;
