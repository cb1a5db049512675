import { Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";

import { OWNERS } from "./owners.ts";

export const closed = { additionalProperties: false } as const;
export const flag = (description: string) => fact(Type.Boolean(), { description });
export const text = (description: string) => fact(Type.String(), { description });
export const textOrNull = (description: string) => fact(orNull(Type.String()), { description });

/** What every subject says of itself; `message` texts and scopes use these names. */
export const identity = {
  id: Type.String({
    description: "What makes the subject this one: an ARN, an account id, account/region …",
  }),
  name: Type.String({ description: "What people call it." }),
  arn: orNull(Type.String(), { description: "Its ARN, where it has one." }),
  accountId: fact(orNull(Type.String()), { description: "The account it belongs to." }),
  accountName: orNull(Type.String(), { description: "That account's name in Organizations." }),
  ouPath: fact(orNull(Type.String()), {
    description: "Organizational units from the root to that account, joined by `/`.",
  }),
  region: fact(orNull(Type.String()), {
    description: "Its region; a trail's is its home region.",
  }),
  placeholder: Type.Boolean({
    description: "Whether it stands for subjects of its kind that could not be listed.",
  }),
};

export const OwnerSchema = Type.Enum([...OWNERS]);

export const texts = (description: string) => Type.Array(fact(Type.String()), { description });
export const days = (description: string) => fact(orNull(Type.Integer()), { description });

/** Which management events a trail, or the trails of a region together, record. */
export const managementCoverage = {
  managementReads: flag("Whether management read events are recorded, whatever their source."),
  managementWrites: flag("Whether management write events are recorded, whatever their source."),
  excludedEventSources: Type.Array(fact(Type.String()), {
    description: "Event sources whose management events are left out, such as kms.amazonaws.com.",
  }),
};
