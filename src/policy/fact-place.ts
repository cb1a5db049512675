import { isRecord } from "./node.ts";

export type JsonType = "null" | "boolean" | "number" | "integer" | "string" | "array" | "object";
export type Scalar = string | number | boolean | null;

/** What a fact of a subject can be where it is known. */
export type FactPlace = {
  types: readonly JsonType[];
  /** The only scalars that it can be, or null where its types alone bound it. */
  values: readonly Scalar[] | null;
  /** What it holds where it is an object; `rest` where the names are open. */
  properties: ReadonlyMap<string, { place: FactPlace; description: string }>;
  rest: FactPlace | null;
  /** What its items are where it is a list. */
  item: FactPlace | null;
};

/** Reads what a fact can be from the published JSON Schema of its subject, markers left out. */
export function factPlace(schema: unknown): FactPlace {
  const known = alternatives(schema);
  const object = known.find((each) => each.type === "object");
  const list = known.find((each) => each.type === "array");
  return {
    types: [...new Set(known.flatMap(typesOf))],
    values: valuesOf(known),
    properties: new Map(Object.entries(recordAt(object, "properties")).map(property)),
    rest: restOf(object),
    item: list === undefined ? null : factPlace(list.items),
  };
}

function property([name, schema]: [string, unknown]) {
  const description = isRecord(schema) && typeof schema.description === "string";
  return [
    name,
    { place: factPlace(schema), description: description ? String(schema.description) : "" },
  ] as const;
}

/** The schemas of which one applies, without that of the marker. */
function alternatives(schema: unknown): Record<string, unknown>[] {
  if (!isRecord(schema)) throw new Error("a subject's schema is made of objects");
  if (Array.isArray(schema.anyOf)) return schema.anyOf.flatMap(alternatives);
  return Object.hasOwn(recordAt(schema, "properties"), "$unknown") ? [] : [schema];
}

function recordAt(schema: Record<string, unknown> | undefined, key: string) {
  const inner = schema?.[key];
  return isRecord(inner) ? inner : {};
}

const TYPES = new Map<unknown, JsonType[]>([
  ["null", ["null"]],
  ["boolean", ["boolean"]],
  ["string", ["string"]],
  ["array", ["array"]],
  ["object", ["object"]],
  ["integer", ["integer", "number"]],
  ["number", ["number", "integer"]],
]);

function typesOf({ type, enum: values }: Record<string, unknown>): JsonType[] {
  const names = Array.isArray(values) ? values.map((value) => typeof value) : [type];
  return names.flatMap((name) => {
    const types = TYPES.get(name);
    if (types === undefined) throw new Error(`a subject's schema has the type ${name}`);
    return types;
  });
}

const BOOLEANS = [true, false];

/** Every scalar that is possible, where they can be counted. */
function valuesOf(known: readonly Record<string, unknown>[]): Scalar[] | null {
  const values: Scalar[] = [];
  for (const { type, enum: listed } of known) {
    if (type === "string" || type === "number" || type === "integer") return null;
    if (type === "boolean") values.push(...BOOLEANS);
    if (type === "null") values.push(null);
    if (Array.isArray(listed)) values.push(...listed.filter((each) => typeof each === "string"));
  }
  return values;
}

function restOf(object: Record<string, unknown> | undefined): FactPlace | null {
  if (object === undefined || object.additionalProperties === false) return null;
  const [pattern] = Object.values(recordAt(object, "patternProperties"));
  const rest = pattern ?? object.additionalProperties;
  return isRecord(rest) ? factPlace(rest) : null;
}
