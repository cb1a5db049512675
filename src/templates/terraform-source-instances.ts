import { isUnknown, type Unknown } from "../snapshot/unknown.ts";
import { describe } from "./hcl/describe.ts";
import { evaluate, type Scope, withName } from "./hcl/evaluate.ts";
import { isTurns, turnsOf } from "./hcl/for.ts";
import type { Body, Expression } from "./hcl/syntax.ts";
import {
  isFailure,
  isList,
  isOpaque,
  isSet,
  numberOf,
  settled,
  type Term,
  textOf,
  unresolved,
} from "./hcl/term.ts";
import type { Instance, Instances } from "./terraform-source-reading.ts";

const MAX_INSTANCES = 10_000;

/** The instances that `count` or `for_each` gives a block. */
export function instancesOf(body: Body, scope: Scope): Instances {
  const count = body.attributes.get("count");
  if (count !== undefined) return counted(count.value, scope);
  const each = body.attributes.get("for_each");
  if (each !== undefined) return forEach(each.value, scope);
  return { shape: "one", byKey: new Map([["", { suffix: "", scope, presence: true }]]) };
}

/** One that stands for any number of instances, none included. */
function open(why: Term, scope: Scope, name: "count" | "each"): Instances {
  const unknown = isUnknown(why)
    ? why
    : unresolved(isFailure(why) ? why.$failure : "count or for_each");
  const parts = name === "count" ? ["index"] : ["key", "value"];
  const value = new Map(parts.map((part): [string, Term] => [part, unresolved(`${name}.${part}`)]));
  const instance = { suffix: "[*]", scope: withName(scope, name, value), presence: unknown };
  return { shape: "open", byKey: new Map([["*", instance]]) };
}

function counted(expression: Expression, scope: Scope): Instances {
  const term = evaluate(expression, scope);
  const count = numberOf(term);
  if (typeof count === "number") return list(count, scope, () => true);
  const arms = isUnknown(count) ? armsOf(expression, scope).map(numberOf) : [];
  const numbers = arms.filter((each) => typeof each === "number");
  // Whichever arm it is, the addresses are those of the larger one.
  if (arms.length > 0 && numbers.length === arms.length && isUnknown(count)) {
    const least = Math.min(...numbers);
    const open = decidedBy(expression, count);
    return list(Math.max(...numbers), scope, (index) => (index < least ? true : open));
  }
  return open(count, scope, "count");
}

/**
 * Why it is not known whether there is an instance, with the whole condition: another one on the same
 * value may take away what this one left there.
 */
function decidedBy(expression: Expression, { $unknown: { detail = "" } }: Unknown): Unknown {
  const text = describe(expression);
  return unresolved(text.includes(detail) ? text : `${text}, and ${detail}`);
}

/** What a conditional may give; nothing where the expression is none. */
function armsOf(expression: Expression, scope: Scope): Term[] {
  if (expression.kind === "parentheses") return armsOf(expression.of, scope);
  if (expression.kind !== "conditional") return [];
  return [evaluate(expression.yes, scope), evaluate(expression.no, scope)];
}

function list(count: number, scope: Scope, presence: (index: number) => true | Unknown): Instances {
  if (!Number.isInteger(count) || count < 0 || count > MAX_INSTANCES)
    return open(unresolved(`count = ${count}`), scope, "count");
  scope.work.left -= count;
  const byKey = Array.from({ length: count }, (_, index): [number, Instance] => [
    index,
    {
      suffix: `[${index}]`,
      scope: withName(scope, "count", new Map([["index", index]])),
      presence: presence(index),
    },
  ]);
  return { shape: "list", byKey: new Map(byKey) };
}

function forEach(expression: Expression, scope: Scope): Instances {
  const term = settled(evaluate(expression, scope));
  if (!isUnknown(term)) return map(term, scope, true);
  const arms = armsOf(expression, scope).map(settled);
  const full = arms.filter((arm) => !isEmpty(arm));
  const [only] = full;
  if (arms.length === 2 && full.length === 1 && only !== undefined && !isOpaque(only))
    return map(only, scope, decidedBy(expression, term));
  return open(term, scope, "each");
}

const isEmpty = (term: Term): boolean => {
  const turns = turnsOf(term);
  return isTurns(turns) && turns.length === 0;
};

function map(term: Term, scope: Scope, presence: true | Unknown): Instances {
  const turns = turnsOf(term);
  if (!isTurns(turns)) return open(turns, scope, "each");
  if (turns.length > MAX_INSTANCES)
    return open(unresolved("a for_each of too many"), scope, "each");
  scope.work.left -= turns.length;
  const byKey = new Map<string, Instance>();
  for (const [turnKey, value] of turns) {
    // The language wants a set here; a list of texts is read as one.
    const key = textOf(isList(term) && !isSet(term) ? value : turnKey);
    if (typeof key !== "string") return open(key, scope, "each");
    const each = new Map<string, Term>([
      ["key", key],
      ["value", isList(term) ? key : value],
    ]);
    byKey.set(key, {
      suffix: `[${quotedKey(key)}]`,
      scope: withName(scope, "each", each),
      presence,
    });
  }
  return { shape: "map", byKey };
}

/** As HCL writes a text. */
function quotedKey(key: string): string {
  return JSON.stringify(key).replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");
}
