import { isUnknown } from "../../snapshot/unknown.ts";
import { isReference, isText } from "../value.ts";
import {
  isFailure,
  isLazy,
  isList,
  isMap,
  isOpaque,
  settled,
  type Term,
  unresolved,
  whyOpen,
} from "./term.ts";

/** Whether two terms are equal, as far as that is known. */
export function isEqual(a: Term, b: Term): boolean | Term {
  if (isFailure(a) || isFailure(b)) return isFailure(a) ? a : b;
  if (isUnknown(a) || isUnknown(b)) return isUnknown(a) ? a : b;
  if ([a, b].some((each) => isReference(each) || isText(each))) return openEqual(a, b);
  if (isLazy(a) || isLazy(b)) return wholeEqual(a, b);
  if (isList(a) && isList(b)) return listsEqual(a, b);
  if (isMap(a) && isMap(b)) return mapsEqual(a, b);
  return a === b;
}

function wholeEqual(a: Term, b: Term): boolean | Term {
  // A thing that is there is not null; more is not compared.
  if (a === null || b === null) return false;
  const open = [settled(a), settled(b)].find(isOpaque);
  return open ?? unresolved("a comparison of whole resources");
}

/** What is not known yet is not null, nor empty. */
function openEqual(a: Term, b: Term): boolean | Term {
  if (a === null || b === null || (a === "" && hasSubstance(b)) || (b === "" && hasSubstance(a)))
    return false;
  if (isReference(a) && isReference(b)) {
    const [x, y] = [a.$reference, b.$reference];
    if (x.address === y.address && x.attribute === y.attribute) return true;
  }
  const open = [a, b].find((each) => isReference(each) || isText(each));
  return open !== undefined && (isReference(open) || isText(open))
    ? whyOpen(open)
    : unresolved("a comparison");
}

/** Whether it is not empty, whatever its holes hold. */
const hasSubstance = (term: Term): boolean =>
  isReference(term) || (isText(term) && term.$text.some((part) => !isUnknown(part)));

function listsEqual(a: readonly Term[], b: readonly Term[]): boolean | Term {
  if (a.length !== b.length) return false;
  return allEqual(a.map((item, index) => isEqual(item, b[index] ?? null)));
}

function mapsEqual(a: ReadonlyMap<string, Term>, b: ReadonlyMap<string, Term>): boolean | Term {
  if (a.size !== b.size || [...a.keys()].some((key) => !b.has(key))) return false;
  return allEqual([...a].map(([key, item]) => isEqual(item, b.get(key) ?? null)));
}

function allEqual(answers: readonly (boolean | Term)[]): boolean | Term {
  if (answers.includes(false)) return false;
  return answers.find((each) => each !== true) ?? true;
}
