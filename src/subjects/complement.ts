import { all, and, not, or, type Truth } from "../snapshot/logic.ts";
import { unknown } from "../snapshot/unknown.ts";
import { byAny } from "./coverage.ts";
import type { Source } from "./management.ts";
import { ANY_OTHER } from "./selectors.ts";
import { type SeenAccount, type SeenRegion, unasked } from "./sightings.ts";
import type { TrailEntry } from "./trail-entry.ts";

/**
 * Whether every management event that the trail leaves out is recorded by trails that work, in
 * every region of its owner where it applies: reads in one trail and writes in another are whole
 * together. What an organization trail leaves out in its members only another one can complete.
 */
export function completedByOthers(trail: TrailEntry, owner: SeenAccount): Truth {
  const { homeRegion, isMultiRegion } = trail.record;
  const isHomeSeen = owner.regions.some(({ record }) => record.name === homeRegion);
  const home: Truth = isHomeSeen
    ? true
    : (owner.open ?? unknown("outside-scope", { detail: "the trail's home region" }));
  return and(
    home,
    all(owner.regions, (region) => {
      // AWS is still copying trails there; the other regions tell what it will look like.
      if (region.record.optStatus === "ENABLING") return true;
      const applies: Truth = region.record.name === homeRegion ? true : isMultiRegion;
      return or(not(applies), isWhole(region, trail));
    }),
    or(not(isMultiRegion), and(owner.open ?? true, unasked(owner) ?? true)),
  );
}

function isWhole(region: SeenRegion, trail: TrailEntry): Truth {
  const named = [...region.sightings, ...region.presumed].flatMap((seen) => seen.trail.sources);
  const sources: Source[] = [ANY_OTHER, ...new Set([...trail.sources, ...named])];
  return all(sources, (source) =>
    all([true, false], (readOnly) =>
      or(
        trail.recorded(source, readOnly),
        byAny(region, (other) => and(canComplete(other, trail), other.recorded(source, readOnly))),
      ),
    ),
  );
}

function canComplete(other: TrailEntry, trail: TrailEntry): Truth {
  return or(not(trail.record.isOrganizationTrail), other.record.isOrganizationTrail);
}
