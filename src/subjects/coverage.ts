import { and, any, type Truth } from "../snapshot/logic.ts";
import { isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import { dataCoverage } from "./data-coverage.ts";
import { managementCoverage, type Source } from "./management.ts";
import type { Region } from "./schema/region.ts";
import { ANY_OTHER } from "./selectors.ts";
import type { SeenRegion, Sighting } from "./sightings.ts";
import { leaderRegion, type TrailEntry } from "./trail-entry.ts";
import { FLAWLESS, repairsIn } from "./trail-variant.ts";
import type { Wanted } from "./wanted.ts";

/** What the trails of a region together record there. */
export type Coverage = Region["coverage"];

/** More distinct combinations than any organization has; beyond it answers are worked out anew. */
const MEMO_LIMIT = 20_000;

/**
 * Gives the coverage of regions of a partition, and remembers it by what the trails there select and
 * do: thousands of regions share a handful of situations, and so do thousands of accounts that each
 * have a trail like the others'. Do not change what it gives.
 */
export function coverageOf(partition: string, wanted: Wanted): (region: SeenRegion) => Coverage {
  const leader = leaderRegion(partition);
  const memo = new Map<string, Coverage>();
  const likeness = likenesses();
  const data = remembered((region: SeenRegion) => dataCoverage(region, { partition, wanted }));
  return (region) => {
    const place = leader === null ? "?" : region.record.name === leader ? "leader" : "other";
    const key = `${place} ${combination(region, likeness)}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    if (memo.size >= MEMO_LIMIT) memo.clear();
    const coverage = { ...ofManagement(region, place), ...data(region) };
    memo.set(key, coverage);
    return coverage;
  };
}

/** Which trails a region has and whether they work, as a key. */
export function combination(
  { sightings, presumed, open, young }: SeenRegion,
  of: (trail: TrailEntry) => number = ({ index }) => index,
): string {
  const trails = [...sightings, ...presumed].map(
    ({ trail, works }) => `${of(trail)}${code(works)}`,
  );
  return `${trails.join()} ${code(open)} ${code(young)}`;
}

/** Gives trails the same number that select the same events. */
function likenesses(): (trail: TrailEntry) => number {
  const known = new WeakMap<TrailEntry, number>();
  const numbers = new Map<string, number>();
  return (trail) => {
    const before = known.get(trail);
    if (before !== undefined) return before;
    const { eventSelectors, bucketName } = trail.record;
    const selected = JSON.stringify([eventSelectors, trail.recordsGlobalServiceEvents]);
    // Which bucket keeps the logs decides only what selectors of single objects may leave out.
    const bucket = /resources\.ARN|arn:/.test(selected) ? JSON.stringify(bucketName) : "";
    const key = `${selected}${bucket}${variant(trail)}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    known.set(trail, number);
    return number;
  };
}

/** A trail as it would be with something repaired selects more than its record says. */
const variant = ({ index }: TrailEntry): string =>
  index >= 0 ? "" : index === FLAWLESS ? " flawless" : ` repaired ${repairsIn(index)}`;

function code(truth: Truth | null): string {
  return isUnknown(truth) ? JSON.stringify(truth) : String(truth);
}

/** Most combinations of trails record no data events: these share one answer. */
function remembered<T>(workOut: (region: SeenRegion) => T): (region: SeenRegion) => T {
  let nothing: T | null = null;
  return (region) => {
    const isManagementAlone = ({ trail: { others } }: Sighting) =>
      !isUnknown(others) && others.length === 0;
    const isSeen = region.open === null && region.young === null;
    if (!isSeen || !allSightings(region).every(isManagementAlone)) return workOut(region);
    nothing ??= workOut(region);
    return nothing;
  };
}

function ofManagement(
  region: SeenRegion,
  place: "leader" | "other" | "?",
): Omit<Coverage, "data" | "network"> {
  const sources = new Set(allSightings(region).flatMap(({ trail }) => trail.sources));
  const recorded = (source: Source, readOnly: boolean) =>
    byAny(region, (trail) => trail.recorded(source, readOnly));
  return {
    ...managementCoverage([...sources].sort(), recorded),
    globalServiceEvents: globalServiceEvents(region, place),
  };
}

function globalServiceEvents(region: SeenRegion, place: "leader" | "other" | "?") {
  if (place === "other") return null;
  if (place === "?") {
    return unknown("unsupported", { detail: "where this partition keeps global service events" });
  }
  const recorded = (readOnly: boolean) =>
    byAny(region, (trail) =>
      and(trail.recordsGlobalServiceEvents, trail.recorded(ANY_OTHER, readOnly)),
    );
  return and(recorded(true), recorded(false));
}

/** Whether a trail that works in the region records it; not known while others may be there unseen. */
export function byAny(region: SeenRegion, records: (trail: TrailEntry) => Truth): Truth {
  const undecided = [region.open, region.young].filter(
    (marker): marker is Unknown => marker !== null,
  );
  return any<Sighting>([...allSightings(region), ...undecided], ({ trail, works }) =>
    and(works, records(trail)),
  );
}

function allSightings({ sightings, presumed }: SeenRegion): Sighting[] {
  return [...sightings, ...presumed];
}
