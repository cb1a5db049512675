import type { EventSelectors } from "../../snapshot/event-selectors.ts";
import { and, not, type Truth } from "../../snapshot/logic.ts";
import type { InsightSelector, TrailRecord } from "../../snapshot/resources/trail.ts";
import { type Fact, isSameFact, isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { lostSelectors } from "./selectors-lost.ts";

/** Something that a trail had before a change and has not after it, or that may be so. */
export type LostItem = {
  /** With what it was and is; a marker: whether it is lost is not known. */
  text: string | Unknown;
  /** The fact of the trail's record that tells. */
  at: string;
  /** The facts of its subjects that follow. */
  explains: readonly string[];
};

/** A trail on both sides, with whether it logs. */
export type TrailThen = { record: TrailRecord; isLogging: Fact<boolean> };

/** What a trail no longer records, in the order in which it weighs. */
export function lostRecording(before: TrailThen, now: TrailThen): LostItem[] {
  const flags = SWITCHES.flatMap(({ what, at, explains, on }) => {
    const isLost = lost(on(before), on(now));
    if (isLost === false) return [];
    return [{ text: isUnknown(isLost) ? isLost : `${what}: was on, is off`, at, explains }];
  });
  return [
    ...flags,
    ...narrowed(before.record.eventSelectors, now.record.eventSelectors),
    ...lostInsights(before.record.insightSelectors, now.record.insightSelectors),
  ];
}

type Switch = Pick<LostItem, "at" | "explains"> & {
  what: string;
  on: (trail: TrailThen) => Fact<boolean>;
};

const SWITCHES: readonly Switch[] = [
  { what: "logging", at: "/isLogging", explains: ["/isLogging"], on: ({ isLogging }) => isLogging },
  {
    what: "multi-region",
    at: "/isMultiRegion",
    explains: ["/isMultiRegion", "/recordsGlobalServiceEvents"],
    on: ({ record }) => record.isMultiRegion,
  },
  {
    what: "organization trail",
    at: "/isOrganizationTrail",
    explains: ["/isOrganizationTrail"],
    on: ({ record }) => record.isOrganizationTrail,
  },
  {
    what: "global service events",
    at: "/includeGlobalServiceEvents",
    explains: ["/includeGlobalServiceEvents", "/recordsGlobalServiceEvents"],
    on: ({ record }) => record.includeGlobalServiceEvents,
  },
];

/** What is not known on both sides for the same reason is the same. */
const lost = (before: Truth, now: Truth): Truth =>
  isSameFact(before, now) ? false : and(before, not(now));

/** What selectors leave out that they did not. */
export function narrowed(before: Fact<EventSelectors>, now: Fact<EventSelectors>): LostItem[] {
  if (isSameFact(before, now)) return [];
  const about = { at: "/eventSelectors", explains: ["/management"] };
  if (isUnknown(now)) return [{ ...about, text: now }];
  if (isUnknown(before)) return [{ ...about, text: before }];
  return lostSelectors(before, now).map((text) => ({ ...about, text }));
}

function lostInsights(
  before: Fact<readonly InsightSelector[]>,
  now: Fact<readonly InsightSelector[]>,
): LostItem[] {
  if (isSameFact(before, now)) return [];
  const about = { at: "/insightSelectors", explains: ["/insights"] };
  if (isUnknown(now)) return isEmpty(before) ? [] : [{ ...about, text: now }];
  if (isUnknown(before)) return [{ ...about, text: before }];
  const kept = new Set(kindsOf(now));
  return kindsOf(before)
    .filter((kind) => !kept.has(kind))
    .map((kind) => ({ ...about, text: `${kind}: was on, is off` }));
}

const isEmpty = (list: Fact<readonly unknown[]>): boolean => !isUnknown(list) && list.length === 0;

/** AWS leaves the categories out where Insights look at management events alone. */
const kindsOf = (selectors: readonly InsightSelector[]): string[] =>
  selectors.flatMap(({ type, eventCategories }) =>
    (eventCategories.length === 0 ? ["Management"] : eventCategories).map(
      (category) => `${type} of ${category} events`,
    ),
  );
