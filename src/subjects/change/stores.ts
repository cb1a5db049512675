import { and, not } from "../../snapshot/logic.ts";
import type { EventDataStoreRecord } from "../../snapshot/resources/event-data-store.ts";
import { type Fact, isSameFact, isUnknown, mapFact } from "../../snapshot/unknown.ts";
import { type LostItem, narrowed } from "./recording.ts";

type Switch = Pick<LostItem, "at" | "explains"> & {
  what: string;
  on: (store: EventDataStoreRecord) => Fact<boolean>;
};

const SWITCHES: readonly Switch[] = [
  {
    what: "ingestion",
    at: "/status",
    explains: ["/status", "/isIngesting"],
    on: ({ status }) => mapFact(status, (text) => text === "ENABLED"),
  },
  {
    what: "multi-region",
    at: "/isMultiRegion",
    explains: ["/isMultiRegion"],
    on: ({ isMultiRegion }) => isMultiRegion,
  },
  {
    what: "organization event data store",
    at: "/isOrganization",
    explains: ["/isOrganization", "/couldCoverOrganization"],
    on: ({ isOrganization }) => isOrganization,
  },
];

/** What an event data store no longer records, in the order in which it weighs. */
export function lostIngestion(was: EventDataStoreRecord, now: EventDataStoreRecord): LostItem[] {
  const flags = SWITCHES.flatMap(({ what, at, explains, on }): LostItem[] => {
    const [before, after] = [on(was), on(now)];
    const isLost = isSameFact(before, after) ? false : and(before, not(after));
    if (isLost === false) return [];
    return [{ text: isUnknown(isLost) ? isLost : `${what}: was on, is off`, at, explains }];
  });
  return [...flags, ...narrowed(was.eventSelectors, now.eventSelectors)];
}

/** Events are looked for a year back: whoever keeps them that long may still choose to keep them less long. */
const A_YEAR = 365;

/** What of the events that are kept goes earlier than it did, and too early. */
export function lostRetention(was: EventDataStoreRecord, now: EventDataStoreRecord): LostItem[] {
  const [before, after] = [was.retentionDays, now.retentionDays];
  if (isSameFact(before, after) || isUnknown(before)) return [];
  const about = { at: "/retentionDays", explains: ["/retentionDays"] };
  if (isUnknown(after)) return [{ ...about, text: after }];
  if (after >= before || after >= A_YEAR) return [];
  return [
    { ...about, text: `retention of ${was.name ?? "events"}: was ${before} days, is ${after}` },
  ];
}
