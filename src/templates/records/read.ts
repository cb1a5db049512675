import { withoutMarks } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Value } from "../value.ts";

// Plans and templates are written by hand: what is not of the documented kind is not known.

export type Values = { readonly [key: string]: Value };

/** What a value is that is missing: Terraform writes null, CloudFormation leaves it out. */
export const isAbsent = (value: Value | undefined): value is null | undefined =>
  value === undefined || value === null;

/** The value of the first of these attributes that is there; null: none is. */
export function given(values: Values, ...names: readonly string[]): Value {
  for (const name of names) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!isAbsent(value)) return value;
  }
  return null;
}

const odd = (name: string): Unknown =>
  unknown("unsupported", { detail: `${name} of another kind` });
const later = (name: string): Unknown => unknown("known-after-apply", { detail: name });

/** A flag, with what it is where it is left out. CloudFormation takes it as text too. */
export function flag(values: Values, names: readonly string[], absent: boolean): Fact<boolean> {
  const value = given(values, ...names);
  const [name = ""] = names;
  if (value === null) return absent;
  if (isUnknown(value)) return value;
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return /^true$/i.test(value);
  return isReference(value) || isText(value) ? later(name) : odd(name);
}

/** A number, or null where it is left out. */
export function numeral(values: Values, ...names: readonly string[]): Fact<number | null> {
  const value = given(values, ...names);
  const [name = ""] = names;
  if (value === null || isUnknown(value)) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value)) return Number(value);
  return isReference(value) || isText(value) ? later(name) : odd(name);
}

/** A whole number, or null where it is left out. */
export function whole(values: Values, ...names: readonly string[]): Fact<number | null> {
  const value = numeral(values, ...names);
  return isUnknown(value) || value === null || Number.isInteger(value)
    ? value
    : odd(names[0] ?? "");
}

/** A list; what is left out is an empty one, and what is no list is a list of one. */
export function list(values: Values, ...names: readonly string[]): Fact<readonly Value[]> {
  const value = given(values, ...names);
  if (value === null) return [];
  if (isUnknown(value)) return value;
  return isList(value) ? value : [value];
}

/** The items of a list that are objects; unknown where one of them is. */
export function objects(values: Values, ...names: readonly string[]): Fact<Values[]> {
  const items = list(values, ...names);
  if (isUnknown(items)) return items;
  const read: Values[] = [];
  for (const item of items) {
    if (isUnknown(item)) return item;
    if (isAbsent(item)) continue;
    if (!isValues(item)) return odd(names[0] ?? "");
    read.push(item);
  }
  return read;
}

/** A nested block or object; Terraform writes a list of one. Null: there is none. */
export function block(values: Values, ...names: readonly string[]): Fact<Values | null> {
  const found = objects(values, ...names);
  return isUnknown(found) ? found : (found[0] ?? null);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object of the template's own. */
export function isValues(value: Value | undefined): value is Values {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !isUnknown(value) && !isReference(value) && !isText(value);
}

/** One of several texts that the service knows; another is not known. */
export function oneOf<const T extends string>(text: string, choices: readonly T[]): Fact<T> {
  const detail = `the value ${withoutMarks(text).slice(0, 100)}`;
  return choices.find((choice) => choice === text) ?? unknown("unsupported", { detail });
}

/** What several facts are together: the first that is not known, else all of them. */
export function allKnown<T extends Record<string, unknown>>(
  facts: T,
): { [K in keyof T]: Exclude<T[K], Unknown> } | Unknown {
  const marker = Object.values(facts).find(isUnknown);
  if (marker !== undefined) return marker;
  return known(facts) ? facts : unknown("unresolved");
}

function known<T extends Record<string, unknown>>(
  facts: T,
): facts is T & { [K in keyof T]: Exclude<T[K], Unknown> } {
  return !Object.values(facts).some(isUnknown);
}
