import {
  COUNT_KEYWORDS,
  DEPENDENT,
  LENGTH_KEYWORDS,
  NUMBER_KEYWORDS,
  typeBound,
} from "./beside.ts";
import { ANNOTATIONS } from "./evaluate.ts";
import type { FactPlace } from "./fact-place.ts";
import type { Schema } from "./node.ts";

/** The definitions of a generated schema: by name, and the name of each place met before. */
export type Definitions = { $defs: Record<string, Schema>; names: Map<string, string> };

/** Definitions to begin with. */
export function definitions(): Definitions {
  return { $defs: { parameter: PARAMETER_REFERENCE }, names: new Map() };
}

const PARAMETER_REFERENCE: Schema = {
  type: "object",
  description: "The value of one of the policy's parameters.",
  properties: { $param: { type: "string", description: "The parameter's name." } },
  required: ["$param"],
  additionalProperties: false,
};

/**
 * Adds the schema of the schemas that a policy may write where this fact stands, and of all below
 * it, and returns a reference to it. Facts that can be the same share one definition.
 */
export function definePlace(place: FactPlace, path: string, into: Definitions): Schema {
  const known = into.names.get(sign(place));
  if (known !== undefined) return { $ref: `#/$defs/${known}` };
  const name = nameOf(place, path);
  const self = { $ref: `#/$defs/${name}` };
  const definition: Schema = { type: "object", minProperties: 1 };
  into.names.set(sign(place), name);
  into.$defs[name] = definition;
  definition.properties = {
    ...annotations(),
    ...values(place),
    ...numbers(place),
    ...texts(place),
    ...objects(place, path, into),
    ...lists(place, path, into),
    ...logic(self),
  };
  definition.additionalProperties = false;
  definition.dependentRequired = DEPENDENT;
  definition.dependentSchemas = typeBound(place);
  return self;
}

/** Facts that hold no more than a type are named after it, others after where they first stand. */
function nameOf({ types, values: possible, item, properties }: FactPlace, path: string): string {
  const simple = item === null && properties.size === 0;
  const plain = simple && (possible ?? []).every((value) => typeof value !== "string");
  return plain ? types.join("-or-") : path;
}

/** Two places with the same sign may hold the same. */
function sign(place: FactPlace): string {
  const named = [...place.properties].map(([name, inner]) => `${name}: ${sign(inner.place)}`);
  const rest = place.rest === null ? "" : `…: ${sign(place.rest)}`;
  const parts = [
    place.types.join("|"),
    ...(place.values === null ? [] : [JSON.stringify(place.values)]),
    ...(named.length > 0 || rest !== "" ? [`{${[...named, rest].join("; ")}}`] : []),
    ...(place.item === null ? [] : [`[${sign(place.item)}]`]),
  ];
  return parts.join(" ");
}

const text = (description: string) => ({ type: "string", description });

const annotations = () =>
  Object.fromEntries(ANNOTATIONS.map((each) => [each, text("For readers; it judges nothing.")]));

function choice(asked: Schema, met: Schema, unmet: Schema): Schema {
  return { if: asked, then: met, else: unmet };
}

/** A value written out, or a parameter in its place. */
const orParameter = (schema: Schema, description: string): Schema => ({
  description,
  ...choice({ type: "object" }, { $ref: "#/$defs/parameter" }, schema),
});

function values({ types, values: possible }: FactPlace): Record<string, Schema> {
  const scalars = types.filter((type) => type !== "array" && type !== "object");
  const type = {
    description: "The JSON type, or a list of types, that it must have.",
    ...choice(
      { type: "array" },
      { type: "array", items: { enum: types }, minItems: 1, uniqueItems: true },
      { enum: types },
    ),
  };
  if (scalars.length === 0) return { type };
  const value = possible === null ? { type: scalars } : { enum: possible };
  const listed = orParameter(value, "One of the accepted values.");
  return {
    type,
    const: orParameter(value, "The one value that is accepted."),
    enum: orParameter({ type: "array", items: listed, minItems: 1 }, "The values accepted."),
  };
}

function numbers({ types }: FactPlace): Record<string, Schema> {
  if (!types.includes("number")) return {};
  return each(NUMBER_KEYWORDS, (said) => orParameter({ type: "number" }, said));
}

const count = (said: string) => orParameter({ type: "integer", minimum: 0 }, said);

function texts({ types }: FactPlace): Record<string, Schema> {
  if (!types.includes("string")) return {};
  const pattern = { ...text("A regular expression that it must match."), maxLength: 200 };
  return { pattern, ...each(LENGTH_KEYWORDS, count) };
}

function objects(place: FactPlace, name: string, into: Definitions): Record<string, Schema> {
  if (!place.types.includes("object")) return {};
  const named = [...place.properties].map(([key, { place: inner, description }]) => [
    key,
    {
      ...(description === "" ? {} : { description }),
      ...definePlace(inner, `${name}.${key}`, into),
    },
  ]);
  const rest = place.rest === null ? false : definePlace(place.rest, `${name}.*`, into);
  const names = rest === false ? { enum: [...place.properties.keys()] } : { type: "string" };
  return {
    properties: {
      type: "object",
      description: "What its properties must be.",
      minProperties: 1,
      properties: Object.fromEntries(named),
      additionalProperties: rest,
    },
    required: { type: "array", description: "Keys that must be there.", items: names, minItems: 1 },
    ...(rest === false ? {} : { additionalProperties: { anyOf: [{ const: false }, rest] } }),
  };
}

function lists({ item }: FactPlace, name: string, into: Definitions): Record<string, Schema> {
  if (item === null) return {};
  const schema = definePlace(item, `${name}[]`, into);
  return {
    items: { ...schema, description: "What every item must be; it needs minItems beside it." },
    contains: { ...schema, description: "What at least one item must be." },
    ...each(COUNT_KEYWORDS, count),
  };
}

function logic(self: Schema): Record<string, Schema> {
  const schemas = { type: "array", items: self, minItems: 1 };
  return {
    allOf: { ...schemas, description: "All of these must hold." },
    anyOf: { ...schemas, description: "At least one of these must hold." },
    not: { ...self, description: "This must not hold." },
    if: { ...self, description: "Where this holds, then must hold, else else." },
    then: { ...self, description: "What must hold where `if` does." },
    else: { ...self, description: "What must hold where `if` does not." },
  };
}

function each(said: Record<string, string>, schema: (said: string) => Schema) {
  return Object.fromEntries(Object.entries(said).map(([keyword, text]) => [keyword, schema(text)]));
}
