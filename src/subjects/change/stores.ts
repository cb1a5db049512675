import { and, not } from "../../snapshot/logic.ts";
import type { EventDataStoreRecord } from "../../snapshot/resources/event-data-store.ts";
import { type Fact, isSameFact, isUnknown, mapFact } from "../../snapshot/unknown.ts";
import type { Sides } from "./fate.ts";
import { type LostItem, narrowed } from "./recording.ts";
import { weakerStoreKey } from "./weaker-key.ts";

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

type Then = readonly [was: EventDataStoreRecord, now: EventDataStoreRecord];

/** What an event data store no longer records, in the order in which it weighs. */
export function lostIngestion([was, now]: Then): LostItem[] {
  const flags = SWITCHES.flatMap((each) => switchedOff(each, [was, now]));
  return [...flags, ...narrowed(was.eventSelectors, now.eventSelectors)];
}

function switchedOff({ what, at, explains, on }: Switch, [was, now]: Then): LostItem[] {
  const [before, after] = [on(was), on(now)];
  const isLost = isSameFact(before, after) ? false : and(before, not(after));
  if (isLost === false) return [];
  return [{ text: isUnknown(isLost) ? isLost : `${what}: was on, is off`, at, explains }];
}

/** How much less the events that the store of this name keeps are guarded, and how much shorter kept. */
export function lostKeeping(sides: Sides, [was, now]: Then, name: string): LostItem[] {
  const guard: Switch = {
    what: `termination protection of ${name}`,
    at: "/terminationProtected",
    explains: ["/terminationProtected"],
    on: ({ terminationProtected }) => terminationProtected,
  };
  const key = weakerStoreKey(sides, was, now);
  const about = { at: "/kmsKeyArn", explains: ["/kmsKeyArn"] };
  return [
    ...switchedOff(guard, [was, now]),
    ...(key === null
      ? []
      : [{ ...about, text: isUnknown(key) ? key : `KMS key of ${name}: ${key}` }]),
    ...lostRetention([was, now], name),
  ];
}

/** Events are looked for a year back: whoever keeps them that long may still choose to keep them less long. */
const A_YEAR = 365;

/** What of the events that are kept goes earlier than it did, and too early. */
function lostRetention([was, now]: Then, name: string): LostItem[] {
  const [before, after] = [was.retentionDays, now.retentionDays];
  if (isSameFact(before, after) || isUnknown(before)) return [];
  const about = { at: "/retentionDays", explains: ["/retentionDays"] };
  if (isUnknown(after)) return [{ ...about, text: after }];
  if (after >= before || after >= A_YEAR) return [];
  return [{ ...about, text: `retention of ${name}: was ${before} days, is ${after}` }];
}
