import { JUDGING_KEYWORDS } from "./evaluate.ts";
import type { FactPlace } from "./fact-place.ts";
import { below, isRecord, type Schema } from "./node.ts";
import { PolicyFault } from "./refusal.ts";

/**
 * What the generated schema cannot say: schemas that hold of every subject, and names in an open
 * map that pass where the name is missing.
 */
export function* silences(
  schema: unknown,
  place: FactPlace,
  pointer: string,
): Generator<PolicyFault> {
  if (!isRecord(schema)) return;
  if (isAlwaysTrue(schema, place)) {
    const what = "this holds of every subject, so it asks nothing";
    yield new PolicyFault(pointer, what, "Say what must hold, or leave it out.");
  }
  yield* optionalNames(schema, place, pointer);
  for (const [inner, innerPlace, at] of innerSchemas(schema, place, pointer)) {
    yield* silences(inner, innerPlace, at);
  }
}

function isAlwaysTrue(schema: Schema, { types, values }: FactPlace): boolean {
  const judging = JUDGING_KEYWORDS.filter((keyword) => Object.hasOwn(schema, keyword));
  if (judging.length === 0) return true;
  const [keyword, ...others] = judging;
  if (others.length > 0) return false;
  if (keyword === "type") {
    const asked = [schema.type].flat();
    const covered = asked.includes("number") ? [...asked, "integer"] : asked;
    return types.every((type) => covered.includes(type));
  }
  const scalars = !types.includes("object") && !types.includes("array");
  const listed = Array.isArray(schema.enum) ? schema.enum : [];
  return (
    keyword === "enum" && scalars && (values?.every((value) => listed.includes(value)) ?? false)
  );
}

function* optionalNames(
  schema: Schema,
  { rest }: FactPlace,
  pointer: string,
): Generator<PolicyFault> {
  if (rest === null || !isRecord(schema.properties)) return;
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const name of Object.keys(schema.properties)) {
    if (required.includes(name)) continue;
    const what = `${JSON.stringify(name)} may be missing here, and then this passes`;
    yield new PolicyFault(below(below(pointer, "properties"), name), what, "List it in required.");
  }
}

type Inner = [schema: unknown, place: FactPlace, pointer: string];

function* innerSchemas(schema: Schema, place: FactPlace, pointer: string): Generator<Inner> {
  const at = (...keys: (string | number)[]) => keys.reduce<string>(below, pointer);
  for (const keyword of ["not", "if", "then", "else"]) {
    yield [schema[keyword], place, at(keyword)];
  }
  for (const keyword of ["allOf", "anyOf"]) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    for (const [index, branch] of branches.entries()) yield [branch, place, at(keyword, index)];
  }
  if (place.item !== null) {
    yield [schema.items, place.item, at("items")];
    yield [schema.contains, place.item, at("contains")];
  }
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  for (const [name, inner] of properties) {
    const below = place.properties.get(name)?.place ?? place.rest;
    if (below !== null) yield [inner, below, at("properties", name)];
  }
}
