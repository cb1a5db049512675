import { and, not, or, type Truth } from "../snapshot/logic.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import type { SeenAccount } from "./sightings.ts";
import type { TrailEntry } from "./trail-entry.ts";

/**
 * Whether each trail seen in the account comes before this one: organization trails first, then
 * multi-region ones, then the oldest, then by ARN.
 */
export function predecessors(trail: TrailEntry, owner: SeenAccount): Map<TrailEntry, Truth> {
  const seen = owner.regions.flatMap(({ sightings, presumed }) => [...sightings, ...presumed]);
  const others = new Set(seen.map((each) => each.trail));
  return new Map([...others].map((other) => [other, precedes(other, trail, owner)]));
}

function precedes(one: TrailEntry, other: TrailEntry, owner: SeenAccount): Truth {
  if (one === other) return false;
  const by = (first: Truth, second: Truth, then: Truth) =>
    or(and(first, not(second)), and(or(first, not(second)), then));
  return by(
    one.record.isOrganizationTrail,
    other.record.isOrganizationTrail,
    by(one.record.isMultiRegion, other.record.isMultiRegion, isOlder(one, other, owner)),
  );
}

function isOlder(one: TrailEntry, other: TrailEntry, owner: SeenAccount): Truth {
  const [start, than] = [begun(one, owner), begun(other, owner)];
  if (isUnknown(start)) return start;
  if (isUnknown(than)) return than;
  return start === than ? one.record.arn < other.record.arn : start < than;
}

/** When it last began to log at home; a trail that never did comes last. */
function begun({ record }: TrailEntry, { regions, open }: SeenAccount): Fact<number> {
  const home = regions.find((region) => region.record.name === record.homeRegion);
  if (home === undefined) return open ?? unknown("outside-scope");
  const seen = home.sightings.find(({ trail }) => trail.record === record);
  if (seen === undefined) return home.open ?? unknown("outside-scope");
  if (isUnknown(seen.status)) return seen.status;
  return mapFact(seen.status.startLoggingTime, (time) => {
    const parsed = time === null ? Number.POSITIVE_INFINITY : Date.parse(time);
    return Number.isNaN(parsed) ? unknown("unresolved") : parsed;
  });
}
