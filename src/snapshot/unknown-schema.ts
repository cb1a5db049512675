import { type TSchema, Type } from "typebox";
import { REASONS } from "./unknown.ts";

const cause = {
  reason: Type.Enum([...REASONS], { description: "Why the fact is not known." }),
  action: Type.Optional(
    Type.String({
      description: "The IAM action that would tell it, as in cloudtrail:GetTrailStatus.",
    }),
  ),
  detail: Type.Optional(
    Type.String({ description: "What was said when it was asked, in one line." }),
  ),
};

/** One reason, without the marker around it. */
export const CauseSchema = Type.Object(cause, { additionalProperties: false });

/** The JSON Schema of the marker that stands where a fact is not known. */
export const UnknownSchema = Type.Object(
  {
    $unknown: Type.Object(
      {
        ...cause,
        more: Type.Optional(
          Type.Literal(true, {
            description: "Only as a list's last item: none or more items may follow.",
          }),
        ),
        also: Type.Optional(
          Type.Array(CauseSchema, { description: "Further reasons behind a derived fact." }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, description: "A fact that is not known, and why." },
);

/** The schema of a fact: the value's own, or the marker. */
export const fact = <T extends TSchema>(schema: T, options: { description?: string } = {}) =>
  Type.Union([schema, UnknownSchema], options);

/** The schema of a value that its source may say is absent. */
export const orNull = <T extends TSchema>(schema: T, options: { description?: string } = {}) =>
  Type.Union([schema, Type.Null()], options);
