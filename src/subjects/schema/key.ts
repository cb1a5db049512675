import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import { closed, flag, identity, OwnerSchema, text, textOrNull, texts } from "./fields.ts";

export const KeySchema = Type.Object(
  {
    ...identity,
    trails: Type.Array(fact(Type.String()), {
      description: "ARNs of the trails that it encrypts.",
    }),
    exists: flag("Whether KMS knows the key."),
    owner: fact(OwnerSchema, {
      description: "Whose it is; where several trails share it, the least trusted answer.",
    }),
    enabled: flag("Whether the key can be used now."),
    state: text("The key state as KMS spells it, such as Enabled, Disabled, PendingDeletion."),
    deletionDate: textOrNull("When the key will be gone, ISO 8601; null: not scheduled."),
    manager: fact(Type.Enum(["AWS", "CUSTOMER"]), { description: "Who manages the key." }),
    rotationEnabled: fact(orNull(Type.Boolean()), {
      description: "Automatic rotation; null: AWS cannot rotate this kind of key.",
    }),
    isPublic: flag("Whether the key policy lets anyone at all use or administer the key."),
    admitsCloudTrail: flag(
      "Whether the key policy lets CloudTrail encrypt with it (kms:GenerateDataKey*) for every trail that names it.",
    ),
    boundToTrails: flag(
      "Whether every statement that admits CloudTrail is bound to trails or accounts (aws:SourceArn, aws:SourceAccount, the encryption context).",
    ),
    foreignUsers: texts(
      "Principals outside the organization and the named accounts that the key policy lets use or administer the key.",
    ),
  },
  closed,
);
export type Key = Static<typeof KeySchema>;

export const compliantKey: Key = {
  id: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  name: "11111111-2222-3333-4444-555555555555",
  arn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  accountId: "111111111111",
  accountName: "management",
  ouPath: "Root",
  region: "us-east-1",
  placeholder: false,
  trails: ["arn:aws:cloudtrail:us-east-1:111111111111:trail/organization"],
  exists: true,
  owner: "trail-account",
  enabled: true,
  state: "Enabled",
  deletionDate: null,
  manager: "CUSTOMER",
  rotationEnabled: true,
  isPublic: false,
  admitsCloudTrail: true,
  boundToTrails: true,
  foreignUsers: [],
};
