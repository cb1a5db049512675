import { type Static, Type } from "typebox";
import { fact } from "../../snapshot/unknown-schema.ts";
import { closed, flag, identity, managementCoverage, text, textOrNull, texts } from "./fields.ts";

export const EventDataStoreSchema = Type.Object(
  {
    ...identity,
    status: text("As CloudTrail spells it: ENABLED, STOPPED_INGESTION, PENDING_DELETION …"),
    isIngesting: flag("Whether it takes in events now."),
    isMultiRegion: flag("Whether it takes in the events of every enabled region."),
    isOrganization: flag("Whether it takes in the events of every account of the organization."),
    couldCoverOrganization: flag(
      "Whether its account is the management account or a delegated administrator of CloudTrail.",
    ),
    retentionDays: fact(Type.Integer(), { description: "How long events are kept." }),
    terminationProtected: flag("Whether it has to be unprotected before it can be deleted."),
    billingMode: textOrNull("EXTENDABLE_RETENTION_PRICING or FIXED_RETENTION_PRICING."),
    kmsKeyArn: textOrNull("The KMS key that encrypts it; null: one of AWS's own."),
    management: Type.Object(
      {
        records: flag("Whether its selectors let any management event through."),
        ...managementCoverage,
      },
      closed,
    ),
    foreignReaders: texts(
      "Principals outside the organization and the named accounts that its resource policy lets query it.",
    ),
  },
  closed,
);
export type EventDataStore = Static<typeof EventDataStoreSchema>;

export const compliantEventDataStore: EventDataStore = {
  id: "arn:aws:cloudtrail:us-east-1:111111111111:eventdatastore/11111111-2222-3333-4444-555555555555",
  name: "organization",
  arn: "arn:aws:cloudtrail:us-east-1:111111111111:eventdatastore/11111111-2222-3333-4444-555555555555",
  accountId: "111111111111",
  accountName: "management",
  ouPath: "Root",
  region: "us-east-1",
  placeholder: false,
  status: "ENABLED",
  isIngesting: true,
  isMultiRegion: true,
  isOrganization: true,
  couldCoverOrganization: true,
  retentionDays: 2557,
  terminationProtected: true,
  billingMode: "EXTENDABLE_RETENTION_PRICING",
  kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  management: {
    records: true,
    managementReads: true,
    managementWrites: true,
    excludedEventSources: [],
  },
  foreignReaders: [],
};
