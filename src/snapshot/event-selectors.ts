import { type Static, Type } from "typebox";
import { orNull } from "./unknown-schema.ts";

const closed = { additionalProperties: false } as const;

/** One condition of an advanced event selector, as the CloudTrail API spells its operators in camelCase. */
export const FieldSelectorSchema = Type.Object(
  {
    field: Type.String(),
    equals: Type.Optional(Type.Array(Type.String())),
    startsWith: Type.Optional(Type.Array(Type.String())),
    endsWith: Type.Optional(Type.Array(Type.String())),
    notEquals: Type.Optional(Type.Array(Type.String())),
    notStartsWith: Type.Optional(Type.Array(Type.String())),
    notEndsWith: Type.Optional(Type.Array(Type.String())),
    unsupported: Type.Optional(
      Type.Array(Type.String(), { description: "Operators that this version does not know." }),
    ),
  },
  closed,
);
export type FieldSelector = Static<typeof FieldSelectorSchema>;

export const BasicEventSelectorSchema = Type.Object(
  {
    readWriteType: Type.String({ description: "All, ReadOnly or WriteOnly." }),
    includeManagementEvents: Type.Boolean(),
    excludeManagementEventSources: Type.Array(Type.String()),
    dataResources: Type.Array(
      Type.Object({ type: Type.String(), values: Type.Array(Type.String()) }, closed),
    ),
  },
  closed,
);
export type BasicEventSelector = Static<typeof BasicEventSelectorSchema>;

/** A trail's event selectors: AWS fills exactly one of the two lists. */
export const EventSelectorsSchema = Type.Object(
  {
    basic: Type.Array(BasicEventSelectorSchema),
    advanced: Type.Array(
      Type.Object(
        { name: orNull(Type.String()), fieldSelectors: Type.Array(FieldSelectorSchema) },
        closed,
      ),
    ),
  },
  closed,
);
export type EventSelectors = Static<typeof EventSelectorsSchema>;
