import { type Static, Type } from "typebox";
import { fact, orNull } from "../unknown-schema.ts";
import { closed, flag, resource, text } from "./fields.ts";
import { NamedPolicySchema } from "./named-policy.ts";

/** The IAM role with which CloudTrail writes to a trail's log group. */
export const RoleRecordSchema = Type.Object(
  {
    ...resource("role"),
    name: Type.String(),
    accountId: Type.String(),
    exists: flag(),
    trustPolicy: text(),
    policies: fact(Type.Array(NamedPolicySchema), {
      description: "Its inline and attached policies.",
    }),
    boundary: fact(orNull(Type.String()), {
      description: "The permissions boundary's document; null: none.",
    }),
  },
  closed,
);
export type RoleRecord = Static<typeof RoleRecordSchema>;
