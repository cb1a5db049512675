import { type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { SeenAccount } from "../sightings.ts";
import type { TrailEntry } from "../trail-entry.ts";
import type { Beside } from "./alerting.ts";

/** The other trails that show in the trail's home region in its owner's account; a marker where some may not. */
export function trailsBeside(trail: TrailEntry, owner: SeenAccount): (Beside | Unknown)[] {
  const home = owner.regions.find(({ record }) => record.name === trail.record.homeRegion);
  if (home === undefined) {
    return [owner.open ?? unknown("outside-scope", { detail: "the trail's home region" })];
  }
  const others = home.sightings.filter((seen) => seen.trail !== trail);
  const besides = others.map(({ trail: other, isLogging }) => ({ trail: other, works: isLogging }));
  return home.open === null ? besides : [...besides, home.open];
}
