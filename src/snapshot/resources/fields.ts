import { Type } from "typebox";
import { provenance } from "../observation-schema.ts";
import { PlannedSchema } from "../planned.ts";
import { fact, orNull } from "../unknown-schema.ts";

export const closed = { additionalProperties: false } as const;
export const text = () => fact(Type.String());
export const textOrNull = () => fact(orNull(Type.String()));
export const flag = () => fact(Type.Boolean());

/** What every resource record begins with. */
export const resource = <K extends string>(type: K) => ({
  kind: Type.Literal("resource"),
  type: Type.Literal(type),
  arn: Type.String(),
  planned: Type.Optional(PlannedSchema),
  ...provenance,
});
