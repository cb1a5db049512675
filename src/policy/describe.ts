import type { Json } from "../snapshot/unknown.ts";
import { isRecord } from "./node.ts";

const LONGEST = 300;

/** What a schema asks for, as a short phrase that follows "expected". */
export function describe(schema: unknown): string {
  return shortened(phrase(schema, 0) || "anything");
}

/** What a schema asks of a value by itself, without what it asks of the value's parts. */
export function describeLeaf(schema: unknown): string {
  return shortened(isRecord(schema) ? leaf(schema) : phrase(schema, 0));
}

/** Cuts a text that is too long for one line, and says so. */
export function shortened(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function phrase(schema: unknown, depth: number): string {
  if (schema === false) return "nothing";
  if (!isRecord(schema) || depth > 4) return "";
  return [leaf(schema), ...parts(schema, depth + 1)].filter((each) => each !== "").join(" and ");
}

function leaf(schema: Record<string, unknown>): string {
  const asked = Object.entries(LEAVES).flatMap(([keyword, say]) =>
    Object.hasOwn(schema, keyword) ? [say(schema[keyword])] : [],
  );
  if (asked.length > 0 || !Object.hasOwn(schema, "type")) {
    return asked.filter((each) => each !== "").join(" and ");
  }
  return hasParts(schema) ? "" : typeName(schema.type);
}

const LEAVES: Record<string, (given: unknown) => string> = {
  const: (given) => value(given),
  enum: (given) => oneOf(Array.isArray(given) ? given : []),
  minimum: (given) => `at least ${value(given)}`,
  exclusiveMinimum: (given) => `more than ${value(given)}`,
  maximum: (given) => `at most ${value(given)}`,
  exclusiveMaximum: (given) => `less than ${value(given)}`,
  minLength: (given) => `at least ${value(given)} characters`,
  maxLength: (given) => `at most ${value(given)} characters`,
  pattern: (given) => `a text that matches ${value(given)}`,
  minItems: (given) => (given === 0 ? "" : `at least ${counted(given)}`),
  maxItems: (given) => (given === 0 ? "an empty list" : `at most ${counted(given)}`),
};

function parts(schema: Record<string, unknown>, depth: number): string[] {
  const { required, properties, items, contains, allOf, anyOf, not } = schema;
  return [
    ...(Array.isArray(required) ? [`${required.join(", ")} present`] : []),
    ...(isRecord(properties) ? Object.entries(properties).map(named(depth)) : []),
    ...(items === undefined ? [] : [`only items with ${phrase(items, depth)}`]),
    ...(contains === undefined ? [] : [`${containsCount(schema)} with ${phrase(contains, depth)}`]),
    ...(Array.isArray(allOf) ? allOf.map((each) => phrase(each, depth)) : []),
    ...(Array.isArray(anyOf) ? [alternatives(anyOf, depth)] : []),
    ...(not === undefined ? [] : [`not ${bracketed(phrase(not, depth))}`]),
    ...condition(schema, depth),
  ];
}

const named =
  (depth: number) =>
  ([name, schema]: [string, unknown]) =>
    `${name} ${bracketed(phrase(schema, depth)) || "of any kind"}`;

function condition({ if: asked, then, else: otherwise }: Record<string, unknown>, depth: number) {
  if (asked === undefined) return [];
  const when = bracketed(phrase(asked, depth));
  return [
    ...(then === undefined ? [] : [`where ${when}: ${bracketed(phrase(then, depth))}`]),
    ...(otherwise === undefined ? [] : [`unless ${when}: ${bracketed(phrase(otherwise, depth))}`]),
  ];
}

function alternatives(schemas: readonly unknown[], depth: number): string {
  const phrases = schemas.map((each) => phrase(each, depth)).filter((each) => each !== "");
  const joined = phrases.join(" or ");
  return phrases.length > 1 ? `(${joined})` : joined;
}

const bracketed = (text: string) => (/ (?:and|or) /.test(text) ? `(${text})` : text);

/** How many items `contains` and its bounds ask for. */
export function containsCount({ minContains = 1, maxContains }: Record<string, unknown>): string {
  if (maxContains === 0) return "no item";
  const most = maxContains === undefined ? "" : `at most ${counted(maxContains)}`;
  if (minContains === 0) return most || "any number of items";
  if (minContains === maxContains) return `exactly ${counted(minContains)}`;
  const least = minContains === 1 ? "at least one item" : `at least ${counted(minContains)}`;
  return most === "" ? least : `${least} and ${most}`;
}

const counted = (count: unknown) => `${value(count)} ${count === 1 ? "item" : "items"}`;

function oneOf(values: readonly unknown[]): string {
  const [only] = values;
  return values.length === 1 ? value(only) : `one of ${values.map(value).join(", ")}`;
}

function value(given: unknown): string {
  return typeof given === "string" ? given : JSON.stringify(given);
}

const TYPE_NAMES = new Map<unknown, string>([
  ["null", "null"],
  ["boolean", "true or false"],
  ["number", "a number"],
  ["integer", "a whole number"],
  ["string", "a text"],
  ["array", "a list"],
  ["object", "an object"],
]);

function typeName(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((each) => TYPE_NAMES.get(each) ?? String(each)).join(" or ");
}

function hasParts(schema: Record<string, unknown>): boolean {
  return ["required", "properties", "items", "contains", "allOf", "anyOf", "not", "if"].some(
    (keyword) => Object.hasOwn(schema, keyword),
  );
}

const MOST_TEXT = 500;
const MOST_ITEMS = 20;

/** A value as a report may show it: long texts, lists and objects cut, saying how much is left out. */
export function bounded(given: unknown, depth = 0): Json {
  if (typeof given === "string") return shortened(given, MOST_TEXT);
  if (typeof given === "number" || typeof given === "boolean") return given;
  if (typeof given !== "object" || given === null) return null;
  if (depth > 6) return "…";
  return Array.isArray(given) ? boundedList(given, depth) : boundedObject(given, depth);
}

function boundedList(given: readonly unknown[], depth: number): Json[] {
  const shown = given.slice(0, MOST_ITEMS).map((item) => bounded(item, depth + 1));
  const left = given.length - shown.length;
  return left > 0 ? [...shown, `… and ${left} more`] : shown;
}

function boundedObject(given: object, depth: number): Json {
  const entries = Object.entries(given);
  const shown = entries
    .slice(0, MOST_ITEMS)
    .map(([key, inner]) => [key, bounded(inner, depth + 1)]);
  const left = entries.length - shown.length;
  return Object.fromEntries(left > 0 ? [...shown, ["…", `and ${left} more`]] : shown);
}
