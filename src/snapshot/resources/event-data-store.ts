import { type Static, Type } from "typebox";
import { EventSelectorsSchema } from "../event-selectors.ts";
import { fact, orNull } from "../unknown-schema.ts";
import { closed, flag, resource, textOrNull } from "./fields.ts";

/** An event data store of CloudTrail Lake. */
export const EventDataStoreRecordSchema = Type.Object(
  {
    ...resource("event-data-store"),
    name: textOrNull(),
    accountId: Type.String({ description: "The account in the ARN." }),
    region: Type.String(),
    exists: flag(),
    status: fact(Type.String(), {
      description: "As CloudTrail spells it: ENABLED, STOPPED_INGESTION, PENDING_DELETION …",
    }),
    isMultiRegion: flag(),
    isOrganization: flag(),
    retentionDays: fact(Type.Integer()),
    terminationProtected: flag(),
    billingMode: textOrNull(),
    kmsKeyArn: textOrNull(),
    eventSelectors: fact(EventSelectorsSchema),
    policy: fact(orNull(Type.String()), { description: "The resource policy, as text." }),
  },
  closed,
);
export type EventDataStoreRecord = Static<typeof EventDataStoreRecordSchema>;
