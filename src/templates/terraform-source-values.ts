import { isUnknown } from "../snapshot/unknown.ts";
import { BOOLEANS, NUMBERS } from "./hcl/nested-blocks.ts";
import { isFailure, isLazy, isList, isMap, settled, type Term, unresolved } from "./hcl/term.ts";
import { isReference, isText, type Value } from "./value.ts";

/** A term as a value: keys that begin with `$` escaped, what the language refuses unresolved. */
function asValue(term: Term): Value {
  const value = isLazy(term) ? settled(term) : term;
  if (isFailure(value)) return unresolved(value.$failure);
  if (isLazy(value)) return unresolved(value.name);
  if (isList(value)) return value.map(asValue);
  if (isMap(value)) return objectOf(value, asValue);
  return value;
}

function objectOf(
  map: ReadonlyMap<string, Term>,
  convert: (term: Term, key: string) => Value,
): Value {
  return Object.fromEntries(
    [...map].map(([key, inner]) => [key.startsWith("$") ? `$${key}` : key, convert(inner, key)]),
  );
}

/** The arguments of a resource; truth values and numbers that are written as texts are such. */
export function argumentValues(values: ReadonlyMap<string, Term>): { [name: string]: Value } {
  return Object.fromEntries([...values].map(([name, term]) => [name, argumentValue(term, name)]));
}

function argumentValue(term: Term, name: string): Value {
  if (isList(term)) return term.map((item) => (isMap(item) ? argumentValues(item) : asValue(item)));
  if (typeof term !== "string") return asValue(term);
  if (BOOLEANS.has(name) && (term === "true" || term === "false")) return term === "true";
  if (NUMBERS.has(name) && /^-?\d{1,15}(\.\d{1,6})?$/.test(term)) return Number(term);
  return term;
}

/** A value that an option gives as a term. */
export function termOf(value: Value): Term {
  if (Array.isArray(value)) return value.map(termOf);
  if (typeof value !== "object" || value === null) return value;
  if (isUnknown(value) || isReference(value) || isText(value)) return value;
  return new Map(
    Object.entries(value).map(([key, inner]) => [
      key.startsWith("$$") ? key.slice(1) : key,
      termOf(inner),
    ]),
  );
}
