import { isText, type Text } from "../value.ts";
import { isList, isMap, type Term, unresolved } from "./term.ts";

/** What one reading may still do, in steps; and how deep it is in expressions and references. */
export type Work = { left: number; depth: number };

/** A few seconds on a slow machine; no folder that people write needs a tenth. */
const STEPS = 5_000_000;
const MAX_DEPTH = 400;
const MAX_VALUE_DEPTH = 60;
/** Characters of a value, a list's item or object's key counting as eight. */
export const MAX_WEIGHT = 1_048_576;

export function newWork(): Work {
  return { left: STEPS, depth: 0 };
}

/** Takes steps; false: there are none left. */
export function spend(work: Work, steps: number): boolean {
  work.left -= steps;
  return work.left > 0;
}

/** Computes one level deeper, or says that it is too much. */
export function deeper(work: Work, compute: () => Term): Term {
  if (work.depth >= MAX_DEPTH) return unresolved("an expression that refers to others too deeply");
  if (!spend(work, 1)) return unresolved("more computation than one folder may ask for");
  work.depth += 1;
  const term = compute();
  work.depth -= 1;
  return term;
}

type Size = { weight: number; depth: number };
const sizes = new WeakMap<object, Size>();
const LEAF = { weight: 8, depth: 0 };

/** How much a term holds, shared parts counted each time. */
export function sizeOf(term: Term): Size {
  if (typeof term === "string") return { weight: 8 + term.length, depth: 0 };
  if (isText(term)) return textSize(term);
  if (!isList(term) && !isMap(term)) return LEAF;
  const known = sizes.get(term);
  if (known !== undefined) return known;
  const size = { weight: 8, depth: 0 };
  for (const [key, item] of term.entries()) {
    const inner = sizeOf(item);
    size.weight += inner.weight + String(key).length;
    size.depth = Math.max(size.depth, inner.depth + 1);
  }
  sizes.set(term, size);
  return size;
}

function textSize({ $text }: Text): Size {
  const weights = $text.map((part) => (typeof part === "string" ? part.length : 8));
  return { weight: weights.reduce((sum, each) => sum + each, 8), depth: 0 };
}

/** The term, unless it is larger or deeper than any value that people write. */
export function bounded(work: Work, term: Term): Term {
  const { weight, depth } = sizeOf(term);
  if (!spend(work, weight >> 3)) return unresolved("more computation than one folder may ask for");
  if (weight > MAX_WEIGHT || depth > MAX_VALUE_DEPTH)
    return unresolved("a value too large to compute");
  return term;
}
