import { isUnknown } from "../../snapshot/unknown.ts";
import type { Builtin } from "./builtin.ts";
import { describe } from "./describe.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { COLLECTIONS } from "./functions-collections.ts";
import { ENCODINGS } from "./functions-encoding.ts";
import { NUMBERS } from "./functions-numbers.ts";
import { SETS } from "./functions-sets.ts";
import { TEXTS } from "./functions-text.ts";
import type { Expression } from "./syntax.ts";
import { readTemplateFile } from "./template-file.ts";
import {
  failure,
  isFailure,
  isList,
  isOpaque,
  settled,
  type Term,
  textOf,
  unresolved,
} from "./term.ts";
import { sizeOf, spend } from "./work.ts";

type Call = Extract<Expression, { kind: "call" }>;

const BUILTINS = new Map<string, Builtin>([
  ...COLLECTIONS,
  ...ENCODINGS,
  ...NUMBERS,
  ...SETS,
  ...TEXTS,
]);

/** Computes a function; one that is not known, or asks the clock or the network, is unresolved. */
export function evaluateCall(call: Call, scope: Scope): Term {
  const name = call.name.replace(/^core::/, "");
  if (name === "try") return firstThatWorks(call.args, scope);
  if (name === "can") return can(call.args, scope);
  const args = argumentsOf(call, scope);
  if (!isArguments(args)) return args;
  const weight = args.reduce((sum: number, each) => sum + sizeOf(each).weight, 0);
  if (!spend(scope.work, weight >> 3))
    return unresolved("more computation than one folder may ask for");
  if (name === "templatefile") return readTemplateFile(args, scope);
  if (name === "file") return fileText(args, scope);
  const builtin = BUILTINS.get(name);
  if (builtin === undefined) return scope.own?.(name, args) ?? unresolved(describe(call));
  const result = builtin(args);
  return isUnknown(result) && result.$unknown.detail === undefined
    ? unresolved(describe(call))
    : result;
}

function argumentsOf({ args, spread }: Call, scope: Scope): readonly Term[] | Term {
  const values = args.map((each) => evaluate(each, scope));
  const failed = values.find(isFailure);
  if (failed !== undefined) return failed;
  if (!spread) return values;
  const last = settled(values.at(-1) ?? null);
  if (isOpaque(last)) return last;
  return isList(last) ? [...values.slice(0, -1), ...last] : failure("no list before ...");
}

function isArguments(args: readonly Term[] | Term): args is readonly Term[] {
  return Array.isArray(args);
}

/** Where one cannot be known, it may be the one: no later one is taken. */
function firstThatWorks(args: readonly Expression[], scope: Scope): Term {
  for (const each of args) {
    const term = evaluate(each, scope);
    if (!isFailure(term)) return term;
  }
  return failure("nothing that can be computed in try()");
}

function can(args: readonly Expression[], scope: Scope): Term {
  const [only] = args;
  if (only === undefined) return failure("can() asks for an expression");
  const term = evaluate(only, scope);
  return isUnknown(term) ? term : !isFailure(term);
}

function fileText([path = null]: readonly Term[], scope: Scope): Term {
  const text = textOf(path);
  return typeof text === "string" ? scope.file(text) : text;
}
