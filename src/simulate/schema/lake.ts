import { type Static, Type } from "typebox";
import { accountId, closed, document, flag, text } from "./fields.ts";
import { AdvancedEventSelectorSchema } from "./trails.ts";

const place = {
  name: text("Its name."),
  account: accountId("The owner."),
  region: text("Where it is."),
  id: Type.Optional(
    Type.String({
      pattern: "^[0-9a-f-]{36}$",
      description: "The UUID in its ARN. Left out: one made of name, account and region.",
    }),
  ),
  policy: Type.Optional(
    document("Its resource policy, as text or as YAML. Left out: it has none."),
  ),
  tags: Type.Optional(Type.Record(Type.String(), Type.String())),
};

/** An event data store of CloudTrail Lake; left out: of management events, in all regions. */
export const EventDataStoreSchema = Type.Object(
  {
    ...place,
    status: Type.Optional(
      Type.String({
        description: "ENABLED, STOPPED_INGESTION, PENDING_DELETION … Default ENABLED.",
      }),
    ),
    advancedEventSelectors: Type.Optional(Type.Array(AdvancedEventSelectorSchema)),
    multiRegionEnabled: flag("Default true."),
    organizationEnabled: flag("Default false."),
    retentionPeriod: Type.Optional(
      Type.Integer({ minimum: 7, maximum: 3653, description: "Days. Default 366." }),
    ),
    terminationProtectionEnabled: flag("Default true."),
    kmsKeyId: Type.Optional(Type.String({ description: "The key's ARN." })),
    billingMode: Type.Optional(
      Type.String({ description: "Default EXTENDABLE_RETENTION_PRICING." }),
    ),
  },
  closed,
);
export type EventDataStore = Static<typeof EventDataStoreSchema>;

/** A channel of CloudTrail; a service-linked one is named `aws-service-channel/SERVICE/SUFFIX`. */
export const ChannelSchema = Type.Object(
  {
    ...place,
    source: Type.Optional(
      Type.String({ description: "Default CloudTrail, as of a service-linked channel." }),
    ),
    applyToAllRegions: flag("Default true."),
    advancedEventSelectors: Type.Optional(Type.Array(AdvancedEventSelectorSchema)),
    destinations: Type.Optional(
      Type.Array(
        Type.Object(
          { type: Type.Enum(["EVENT_DATA_STORE", "AWS_SERVICE"]), location: Type.String() },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type Channel = Static<typeof ChannelSchema>;
