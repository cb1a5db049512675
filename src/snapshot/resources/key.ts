import { type Static, Type } from "typebox";
import { fact, orNull } from "../unknown-schema.ts";
import { closed, flag, resource, text, textOrNull } from "./fields.ts";

/** A KMS key that a trail names. */
export const KeyRecordSchema = Type.Object(
  {
    ...resource("key"),
    accountId: Type.String({ description: "The account in the ARN." }),
    region: Type.String(),
    exists: flag(),
    enabled: flag(),
    state: text(),
    deletionDate: textOrNull(),
    manager: fact(Type.Enum(["AWS", "CUSTOMER"])),
    origin: text(),
    spec: text(),
    isMultiRegion: flag(),
    rotationEnabled: fact(orNull(Type.Boolean()), {
      description: "null: this kind of key cannot be rotated by AWS.",
    }),
    policy: fact(orNull(Type.String()), { description: "The key policy, as text." }),
  },
  closed,
);
export type KeyRecord = Static<typeof KeyRecordSchema>;
