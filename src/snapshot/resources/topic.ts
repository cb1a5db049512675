import { type Static, Type } from "typebox";
import { fact, orNull } from "../unknown-schema.ts";
import { closed, flag, resource, textOrNull } from "./fields.ts";

/** An SNS topic that a trail or an alarm names. */
export const TopicRecordSchema = Type.Object(
  {
    ...resource("topic"),
    accountId: Type.String(),
    region: Type.String(),
    exists: flag(),
    kmsKeyId: textOrNull(),
    policy: fact(orNull(Type.String())),
    subscriptionsConfirmed: fact(Type.Integer()),
  },
  closed,
);
export type TopicRecord = Static<typeof TopicRecordSchema>;
