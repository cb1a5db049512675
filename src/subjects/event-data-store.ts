import { or, type Truth } from "../snapshot/logic.ts";
import type { EventDataStoreRecord } from "../snapshot/resources/event-data-store.ts";
import { decided } from "../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import { eventDataStoreReaders } from "./access/event-data-store-access.ts";
import { blank } from "./blank.ts";
import { recordsSome } from "./event-class.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { MANAGEMENT, managementCoverage, namedSources } from "./management.ts";
import { naming, shownArn } from "./naming.ts";
import { requestIds } from "./request-id.ts";
import type { EventDataStore } from "./schema/event-data-store.ts";
import type { Subject } from "./schema/kinds.ts";
import { normalised } from "./selectors.ts";
import { managementRecorded } from "./trail-entry.ts";

/** An event data store of CloudTrail Lake; null where it is gone. */
export function eventDataStoreSubject(join: Join, record: EventDataStoreRecord): Subject | null {
  if (record.exists === false) return null;
  const { arn, accountId, region } = record;
  const fields: EventDataStore = {
    ...naming(record, (isUnknown(record.name) ? null : record.name) ?? nameIn(arn)),
    ...belonging(join, accountId),
    region: decided(region),
    placeholder: false,
    status: record.status,
    isIngesting: mapFact(record.status, isIngesting),
    isMultiRegion: record.isMultiRegion,
    isOrganization: record.isOrganization,
    couldCoverOrganization: couldCoverOrganization(join, accountId),
    retentionDays: record.retentionDays,
    terminationProtected: record.terminationProtected,
    billingMode: record.billingMode,
    kmsKeyArn: mapFact(record.kmsKeyArn, (key) => key && shownArn(key, join.keys.get(key))),
    management: managementOf(join, record),
    foreignReaders: eventDataStoreReaders(join, record),
  };
  return {
    kind: "event-data-store",
    fields,
    requestId: requestIds([
      { at: "", record, pointer: "" },
      { at: "/isIngesting", record, pointer: "/status" },
      { at: "/management", record, pointer: "/eventSelectors" },
      { at: "/couldCoverOrganization", record: join.organization ?? undefined, pointer: "" },
      { at: "/foreignReaders", record, pointer: "/policy" },
    ]),
  };
}

/** Stands for an event data store that a region lists but the snapshot does not describe. */
export function undescribedEventDataStore(join: Join, arn: string): Subject {
  const [, , , region = "", accountId = ""] = arn.split(":");
  const marker = unknown("not-collected", { action: "cloudtrail:GetEventDataStore" });
  const identity = {
    id: arn,
    name: nameIn(arn),
    arn,
    ...belonging(join, accountId),
    region,
    placeholder: false,
  };
  return { ...blank("event-data-store", marker, identity), requestId: () => null };
}

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** By the states that CloudTrail tells; one that stops, or is to be deleted, takes in no more. */
function isIngesting(status: string): Truth {
  switch (status) {
    case "ENABLED":
      return true;
    case "STOPPING_INGESTION":
    case "STOPPED_INGESTION":
    case "PENDING_DELETION":
      return false;
    case "CREATED":
    case "STARTING_INGESTION":
      return unknown("too-young", { detail: "it is about to begin" });
    default:
      return unknown("unsupported", { detail: `status ${status.slice(0, 100)}` });
  }
}

function couldCoverOrganization({ organization }: Join, accountId: string): Fact<boolean> {
  if (organization === null) return unknown("outside-scope", { detail: "the organization" });
  const { managementAccountId, delegatedAdministrators } = organization;
  return or(
    mapFact(managementAccountId, (id) => id === accountId),
    mapFact(delegatedAdministrators, (ids) => ids.includes(accountId)),
  );
}

/** Its selectors may ask for more fields than a trail's, and each of them leaves something out. */
function managementOf(join: Join, { eventSelectors }: EventDataStoreRecord) {
  const { partition } = join.header;
  const selectors = mapFact(eventSelectors, normalised);
  const sources = namedSources(isUnknown(selectors) ? [] : selectors);
  return {
    records: mapFact(selectors, (known) => recordsSome(known, MANAGEMENT, { partition })),
    ...managementCoverage(sources, managementRecorded(selectors, partition)),
  };
}
