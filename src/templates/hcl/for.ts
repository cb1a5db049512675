import { evaluate, type Scope, withName } from "./evaluate.ts";
import type { ForExpression } from "./syntax.ts";
import {
  booleanOf,
  failure,
  isFailure,
  isList,
  isMap,
  isOpaque,
  isSet,
  settled,
  sortedMap,
  type Term,
  textOf,
  unresolved,
} from "./term.ts";
import { MAX_WEIGHT, sizeOf } from "./work.ts";

/** The keys and values that a `for`, a `for_each` or a `dynamic` block goes through. */
export function turnsOf(term: Term): [Term, Term][] | Term {
  const value = settled(term);
  if (isMap(value)) return [...value];
  if (isSet(value) && isList(value)) return value.map((item): [Term, Term] => [item, item]);
  if (isList(value)) return value.map((item, index): [Term, Term] => [index, item]);
  return isOpaque(value) ? value : failure("nothing to go through");
}

/** Computes `[for …]` or `{for …}`. */
export function evaluateFor(expression: ForExpression, scope: Scope): Term {
  const each = evaluate(expression.each, scope);
  const turns = turnsOf(each);
  if (!isTurns(turns)) return turns;
  const list: Term[] = [];
  const map = new Map<string, Term[]>();
  let weight = 0;
  for (const [key, value] of turns) {
    const turn = turnOf(expression, scope, { key, value });
    if (turn === null) continue;
    if ("ended" in turn) return turn.ended;
    weight += sizeOf(turn.value).weight + 8;
    if (weight > MAX_WEIGHT) return unresolved("a value too large to compute");
    if (turn.key === null) list.push(turn.value);
    else map.set(turn.key, [...(expression.group ? (map.get(turn.key) ?? []) : []), turn.value]);
  }
  if (expression.key === null) return list;
  return sortedMap(
    new Map(
      [...map].map(([key, values]) => [key, expression.group ? values : (values[0] ?? null)]),
    ),
  );
}

/** Tells turns, which are pairs of which none is a term by itself, from what there is instead. */
export function isTurns(turns: [Term, Term][] | Term): turns is [Term, Term][] {
  return Array.isArray(turns);
}

type Turn = null | { key: string | null; value: Term } | { ended: Term };

function turnOf(
  expression: ForExpression,
  scope: Scope,
  { key, value }: { key: Term; value: Term },
): Turn {
  const named = withName(scope, expression.valueName, value);
  const inner = expression.keyName === null ? named : withName(named, expression.keyName, key);
  const wanted =
    expression.condition === null ? true : booleanOf(evaluate(expression.condition, inner));
  if (wanted !== true) return wanted === false ? null : { ended: wanted };
  if (expression.key === null) {
    const item = evaluate(expression.value, inner);
    return isFailure(item) ? { ended: item } : { key: null, value: item };
  }
  const name = textOf(evaluate(expression.key, inner));
  if (typeof name !== "string") return { ended: name };
  return { key: name, value: evaluate(expression.value, inner) };
}
