import { Type } from "typebox";
import { REPAIRS } from "../subjects/schema/repairs.ts";
import { SEVERITIES, SUBJECT_NAMES } from "./policy.ts";

export const SeveritySchema = Type.Enum([...SEVERITIES]);

const closed = { additionalProperties: false } as const;
const examples = (verdict: string) =>
  Type.Array(Type.Record(Type.String(), Type.Unknown()), {
    minItems: 1,
    description: `What differs from a compliant subject of this kind so that the verdict is ${verdict}.`,
  });

export const ParameterValueSchema = Type.Union([
  Type.Number(),
  Type.String(),
  Type.Boolean(),
  Type.Array(Type.String()),
]);

/**
 * A parameter of a policy. One without a default has an `example` for the policy's examples
 * instead, and its policy is asked only where the config sets it.
 */
export const ParameterSchema = Type.Object(
  {
    default: Type.Optional(ParameterValueSchema),
    example: Type.Optional(ParameterValueSchema),
    type: Type.Enum(["integer", "number", "string", "boolean", "array"]),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    description: Type.String({ minLength: 1 }),
  },
  closed,
);

/** How another policy's failure is proven to be the cause: by repairing it, or by its errors. */
const ExplanationSchema = Type.Union([
  Type.Object(
    {
      policy: Type.String({ description: "The policy whose failure is the cause." }),
      repair: Type.Enum([...REPAIRS], {
        description: "What is repaired in the subject; the verdict must then turn to pass.",
      }),
    },
    closed,
  ),
  Type.Object(
    {
      policy: Type.String({ description: "The policy whose failure is the cause." }),
      on: Type.Enum([...SUBJECT_NAMES], { description: "Which related subject it fails on." }),
      errors: Type.Array(Type.String(), {
        minItems: 1,
        description: "Beginnings of the delivery errors that this cause gives.",
      }),
    },
    closed,
  ),
]);

/**
 * One requirement, as its file holds it. `when` and `require` are JSON Schemas over the subject,
 * kept as they are written; each kind of subject has a published schema that narrows them.
 */
export const PolicyFileSchema = Type.Object(
  {
    title: Type.String({ minLength: 1, description: "The claim that must hold, as a sentence." }),
    subject: Type.Enum([...SUBJECT_NAMES], { description: "The kind of subject it is asked of." }),
    severity: SeveritySchema,
    severityReason: Type.String({ minLength: 1, description: "Why this severity, in one line." }),
    parameters: Type.Optional(Type.Record(Type.String(), ParameterSchema)),
    when: Type.Optional(
      Type.Unknown({ description: "Which subjects this is about; left out: all of the kind." }),
    ),
    require: Type.Unknown({ description: "What must hold of each." }),
    gatesAdditional: Type.Optional(
      Type.Boolean({
        description:
          "Whether it gates even where only trails are concerned that repeat what others record.",
      }),
    ),
    explainedBy: Type.Optional(
      Type.Array(ExplanationSchema, {
        description: "Policies whose failure can be the cause of this one's, each with its proof.",
      }),
    ),
    unmapped: Type.Optional(
      Type.String({ minLength: 1, description: "Why no framework names it." }),
    ),
    message: Type.String({
      minLength: 1,
      description: "What is wrong, for a failing subject; {name} and {a.b} stand for its fields.",
    }),
    why: Type.String({ minLength: 1, description: "What happens to those who ignore it." }),
    fix: Type.Object(
      {
        cli: Type.Optional(Type.String()),
        terraform: Type.Optional(Type.String()),
        cloudformation: Type.Optional(Type.String()),
        text: Type.Optional(Type.String({ description: "Where no single command does it." })),
      },
      { ...closed, minProperties: 1 },
    ),
    references: Type.Array(Type.String({ pattern: "^https://" }), { minItems: 1 }),
    examples: Type.Object(
      { pass: examples("pass"), fail: examples("fail"), unknown: examples("unknown") },
      closed,
    ),
  },
  closed,
);
