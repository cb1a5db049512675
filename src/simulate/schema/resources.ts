import { type Static, Type } from "typebox";
import { accountIds, closed, document, flag, MomentSchema } from "./fields.ts";

/** A KMS key; left out: a symmetric, enabled, rotated key of the customer's. */
export const KeySchema = Type.Object(
  {
    arn: Type.String({ pattern: "^arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/.+$" }),
    state: Type.Optional(
      Type.String({
        description: "KeyState: Enabled, Disabled, PendingDeletion … Default Enabled.",
      }),
    ),
    deletionDate: Type.Optional(MomentSchema),
    manager: Type.Optional(Type.Enum(["AWS", "CUSTOMER"])),
    origin: Type.Optional(Type.String({ description: "Default AWS_KMS." })),
    spec: Type.Optional(Type.String({ description: "Default SYMMETRIC_DEFAULT." })),
    rotationEnabled: flag("Default true."),
    policy: Type.Optional(
      document("The key policy, as text or as YAML. Left out: the default key policy."),
    ),
    primaryKeyArn: Type.Optional(
      Type.String({ description: "Of a multi-region key's replica: its primary." }),
    ),
    readableBy: accountIds("Other accounts that the key policy lets describe the key."),
  },
  closed,
);
export type Key = Static<typeof KeySchema>;

/** An SNS topic with its subscriptions. */
export const TopicSchema = Type.Object(
  {
    arn: Type.String({ pattern: "^arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:.+$" }),
    kmsKeyId: Type.Optional(Type.String()),
    policy: Type.Optional(document("The topic policy, as text or as YAML.")),
    readableBy: accountIds("Other accounts that the topic policy lets read it."),
    subscriptions: Type.Optional(
      Type.Array(
        Type.Object(
          { protocol: Type.String(), endpoint: Type.String(), confirmed: flag("Default true.") },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type Topic = Static<typeof TopicSchema>;
