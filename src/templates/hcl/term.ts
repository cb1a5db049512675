import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Reference, type Text } from "../value.ts";

/** What an expression gives. Objects are maps, so that a text's own keys can pose as nothing. */
export type Term =
  | null
  | boolean
  | number
  | string
  | readonly Term[]
  | ReadonlyMap<string, Term>
  | Unknown
  | Reference
  | Text
  | Failure
  | Lazy;

/** What the language refuses to compute, as an index out of range; `try` and `can` see it. */
export type Failure = { readonly $failure: string };

/** A thing whose parts are worked out when asked for: `var`, `module.a`, a resource. */
export type Lazy = {
  readonly $get: (key: string | number) => Term;
  /** As a value: a list or map of instances; null: it is one thing. */
  readonly $whole: (() => Term) | null;
  /** As it is written. */
  readonly name: string;
};

const isObject = (term: Term): term is Exclude<Term, null | boolean | number | string> =>
  typeof term === "object" && term !== null;

export const isList = (term: Term): term is readonly Term[] => Array.isArray(term);
export const isMap = (term: Term): term is ReadonlyMap<string, Term> => term instanceof Map;
export const isFailure = (term: Term): term is Failure => isObject(term) && "$failure" in term;
export const isLazy = (term: Term): term is Lazy => isObject(term) && "$get" in term;
export const isPrimitive = (term: Term): term is boolean | number | string =>
  typeof term === "string" || typeof term === "number" || typeof term === "boolean";

/** Neither known nor computed in part: nothing can be said of it. */
export const isOpaque = (term: Term): term is Unknown | Failure =>
  isUnknown(term) || isFailure(term);

/** What cannot be computed from the files, and which expression it is. */
export function unresolved(detail: string): Unknown {
  return unknown("unresolved", {
    detail: detail.length > 200 ? `${detail.slice(0, 199)}…` : detail,
  });
}

/** What the language refuses, with why. */
export function failure(why: string): Failure {
  return { $failure: why.slice(0, 200) };
}

const SETS = new WeakSet<object>();

/** A list without order or duplicates; its items are sorted as the language sorts them. */
export function setOf(items: readonly Term[]): Term {
  const open = items.find((each) => !isPrimitive(each) && each !== null);
  if (open !== undefined && items.length > 1)
    return isOpaque(open) ? open : unresolved("a set of values");
  const distinct = [...new Set(items)].sort((a, b) => byCodePoint(String(a), String(b)));
  SETS.add(distinct);
  return distinct;
}

export const isSet = (term: Term): boolean => isObject(term) && SETS.has(term);

/** The order of UTF-8 bytes, in which the language sorts. */
export function byCodePoint(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [left, right] = [a.codePointAt(at) ?? 0, b.codePointAt(at) ?? 0];
    if (left !== right) return left - right;
  }
  return a.length - b.length;
}

/** A thing with instances as the list or map of them; any other term as it is. */
export function settled(term: Term): Exclude<Term, Lazy> {
  if (!isLazy(term)) return term;
  const whole = term.$whole === null ? unresolved(term.name) : term.$whole();
  return isLazy(whole) ? unresolved(term.name) : whole;
}

/** A value that is not known wholly, as the marker that says why. */
export function whyOpen(term: Reference | Text): Unknown {
  if (isReference(term))
    return unresolved(`${term.$reference.address}.${term.$reference.attribute}`);
  const hole = term.$text.find((part) => typeof part !== "string");
  if (hole === undefined || typeof hole === "string") return unresolved("a text");
  return isUnknown(hole) ? hole : whyOpen(hole);
}

/** What a conversion to text gives; a failure for what has none. */
export function textOf(term: Term): string | Unknown | Failure {
  const value = settled(term);
  if (typeof value === "string" || isOpaque(value)) return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  if (isReference(value) || isText(value)) return whyOpen(value);
  return failure("a list, an object or null where a text is wanted");
}

function numberText(value: number): string | Unknown {
  const text = String(value);
  return /e/.test(text) ? unresolved(`the number ${text}`) : text;
}

/** What a conversion to a number gives. */
export function numberOf(term: Term): number | Unknown | Failure {
  const value = settled(term);
  if (typeof value === "number" || isOpaque(value)) return value;
  if (typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
    return exact(Number(value), value);
  return isReference(value) || isText(value) ? whyOpen(value) : failure("no number");
}

/** Beyond what is kept exactly, nothing is said. */
export function exact(value: number, text: string): number | Unknown {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? value
    : unresolved(`the number ${text.slice(0, 40)}`);
}

/** What a conversion to a truth value gives. */
export function booleanOf(term: Term): boolean | Unknown | Failure {
  const value = settled(term);
  if (typeof value === "boolean" || isOpaque(value)) return value;
  if (value === "true" || value === "false") return value === "true";
  return isReference(value) || isText(value) ? whyOpen(value) : failure("no truth value");
}

/** Objects and maps are walked in the order of their keys. */
export function sortedMap(map: ReadonlyMap<string, Term>): Term {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
