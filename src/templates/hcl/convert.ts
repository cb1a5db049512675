import { isReference, isText } from "../value.ts";
import type { Expression } from "./syntax.ts";
import {
  booleanOf,
  isList,
  isMap,
  isOpaque,
  numberOf,
  setOf,
  settled,
  sortedMap,
  type Term,
  textOf,
} from "./term.ts";

/** A variable's value as its type constraint makes it; what does not fit is a failure or unknown. */
export function converted(term: Term, type: Expression): Term {
  if (type.kind === "parentheses") return converted(term, type.of);
  if (type.kind === "name") return primitive(term, type.name);
  if (type.kind !== "call") return term;
  const value = settled(term);
  const [of] = type.args;
  if (value === null || isOpaque(value) || of === undefined) return term;
  if (type.name === "object" && isMap(value)) return objectOf(value, of);
  if (type.name === "map" && isMap(value))
    return sortedMap(new Map([...value].map(([key, item]) => [key, converted(item, of)])));
  if (type.name === "optional") return converted(term, of);
  if (!isList(value)) return term;
  if (type.name === "set") return setOf(value.map((item) => converted(item, of)));
  if (type.name === "list") return value.map((item) => converted(item, of));
  return term;
}

function primitive(term: Term, name: string): Term {
  const value = settled(term);
  if (value === null || isOpaque(value)) return term;
  if (name === "bool") return booleanOf(value);
  if (name === "number") return numberOf(value);
  if (name === "string") return isReference(value) || isText(value) ? value : textOf(value);
  return term;
}

/** Attributes that the type does not name are dropped; optional ones get their default. */
function objectOf(value: ReadonlyMap<string, Term>, type: Expression): Term {
  if (type.kind !== "object") return value;
  const map = new Map<string, Term>();
  for (const { key, value: itemType } of type.entries) {
    if (key.kind !== "literal") return value;
    const name = String(key.value);
    const given = value.get(name) ?? null;
    map.set(name, converted(given ?? defaultOf(itemType), itemType));
  }
  return sortedMap(map);
}

function defaultOf(type: Expression): Term {
  if (type.kind !== "call" || type.name !== "optional") return null;
  const [, otherwise] = type.args;
  return otherwise === undefined ? null : constant(otherwise);
}

/** Defaults within types are constants. */
function constant(expression: Expression): Term {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "tuple") return expression.items.map(constant);
  if (expression.kind === "parentheses") return constant(expression.of);
  if (expression.kind !== "object") return null;
  return sortedMap(
    new Map(
      expression.entries.map(({ key, value }) => [
        String(key.kind === "literal" ? key.value : ""),
        constant(value),
      ]),
    ),
  );
}
