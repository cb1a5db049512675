import type { TSchema } from "typebox";
import { UnknownSchema } from "../snapshot/unknown-schema.ts";
import { SUBJECT_KINDS, type SubjectKind } from "../subjects/schema/kinds.ts";
import { factPlace } from "./fact-place.ts";
import { isRecord, type Schema } from "./node.ts";
import { type Definitions, definePlace, definitions } from "./place-schema.ts";
import { SUBJECT_NAMES } from "./policy.ts";
import { PolicyFileSchema } from "./policy-schema.ts";

const DRAFT = "https://json-schema.org/draft/2020-12/schema";

/** The JSON Schema of policy files about one kind of subject, with what editors show. */
export function policySchemaFor(kind: SubjectKind): Schema {
  const into = definitions();
  const file = plainSchema(PolicyFileSchema);
  const narrowed = { subject: { const: kind }, ...partsFor(kind, into) };
  return {
    $schema: DRAFT,
    title: `A policy about the subject ${kind}`,
    ...file,
    properties: merged(file, narrowed),
    $defs: into.$defs,
  };
}

/** The JSON Schema of all policy files, whatever their subject: for editors that take one. */
export function allPolicySchema(): Schema {
  const into = definitions();
  const allOf = SUBJECT_NAMES.map((kind) => ({
    if: { properties: { subject: { const: kind } }, required: ["subject"] },
    then: { properties: partsFor(kind, into) },
  }));
  const file = plainSchema(PolicyFileSchema);
  return { $schema: DRAFT, title: "A policy", ...file, allOf, $defs: into.$defs };
}

/** The JSON Schema of the schemas, parameters included, that `when` and `require` may hold. */
export function requirementSchema(kind: SubjectKind): Schema {
  const into = definitions();
  const self = definePlace(factPlace(SUBJECT_KINDS[kind].schema), kind, into);
  return { ...self, $defs: into.$defs };
}

function partsFor(kind: SubjectKind, into: Definitions): Record<string, Schema> {
  const { schema } = SUBJECT_KINDS[kind];
  const requirement = definePlace(factPlace(schema), kind, into);
  const difference = { type: "array", minItems: 1, items: { $ref: `#/$defs/${kind}-example` } };
  into.$defs.unknown = plainSchema(UnknownSchema);
  into.$defs[`${kind}-example`] = partial(factsOf(schema));
  return {
    when: { ...requirement, description: "Which subjects this is about; left out: all." },
    require: { ...requirement, description: "What must hold of each." },
    examples: {
      type: "object",
      description: `What differs from a compliant ${kind}, by the verdict that it has.`,
      properties: { pass: difference, fail: difference, unknown: difference },
      required: ["pass", "fail", "unknown"],
      additionalProperties: false,
    },
  };
}

function merged(file: Schema, narrowed: Record<string, Schema>): Schema {
  return { ...(isRecord(file.properties) ? file.properties : {}), ...narrowed };
}

/** An example says only what differs: objects may be partial; lists are whole. */
function partial({ required: _, properties, anyOf, ...rest }: Schema): Schema {
  return {
    ...rest,
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map((each) => each && partial(each)) } : {}),
    ...(isRecord(properties) ? { properties: mapped(properties) } : {}),
  };
}

function mapped(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [
      name,
      isRecord(inner) ? partial(inner) : inner,
    ]),
  );
}

/** The JSON Schema of a subject's fields, in which every fact refers to one definition of markers. */
export function subjectSchema(kind: SubjectKind): Schema {
  return { ...factsOf(SUBJECT_KINDS[kind].schema), $defs: { unknown: plainSchema(UnknownSchema) } };
}

const MARKER = { $ref: "#/$defs/unknown" };

/** A plain copy of a subject's schema that refers to the definition of markers. */
function factsOf(schema: TSchema): Schema {
  const referring = (_: string, inner: unknown) => (isMarkerSchema(inner) ? MARKER : inner);
  const copy: unknown = JSON.parse(JSON.stringify(schema), referring);
  if (!isRecord(copy)) throw new Error("a schema is an object");
  return copy;
}

function isMarkerSchema(schema: unknown): boolean {
  return (
    isRecord(schema) && isRecord(schema.properties) && Object.hasOwn(schema.properties, "$unknown")
  );
}

/** A copy as plain JSON, without what TypeBox keeps for itself. */
function plainSchema(schema: TSchema): Schema {
  const copy: unknown = JSON.parse(JSON.stringify(schema));
  if (!isRecord(copy)) throw new Error("a schema is an object");
  return copy;
}
