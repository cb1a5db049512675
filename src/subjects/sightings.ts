import type { AccountRecord, RegionRecord, TrailStatus } from "../snapshot/account-record.ts";
import { all, and, type Truth } from "../snapshot/logic.ts";
import { type Fact, isUnknown, merged, type Unknown, unknown } from "../snapshot/unknown.ts";
import { type Belonging, belonging } from "./identity.ts";
import { type Join, trailOf } from "./join.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** A trail as one region of one account shows it. */
export type Sighting = {
  trail: TrailEntry;
  status: Fact<TrailStatus>;
  isLogging: Truth;
  /** No delivery error stands; what is quiet delivers. */
  isDelivering: Truth;
  /** Whether its events arrive from here. */
  works: Truth;
  /** Its place in the region's list; null where it is presumed, not seen. */
  index: number | null;
};

/** One region with the trails that record it. */
export type SeenRegion = {
  record: RegionRecord;
  index: number;
  sightings: Sighting[];
  /** Multi-region trails that must be here too, where a service control policy hides the region. */
  presumed: Sighting[];
  /** Why there may be trails that were not seen; null: there are none. */
  open: Unknown | null;
  /** The region is being enabled (AWS takes hours to copy trails there), or may be. */
  young: Unknown | null;
};

/** One account as its record shows it. */
export type SeenAccount = {
  record: AccountRecord;
  belonging: Belonging;
  regions: SeenRegion[];
  /** Why there may be regions that were not listed. */
  open: Unknown | null;
  /** Why there may be trails that were not seen, in any region. */
  anyOpen: Unknown | null;
};

export function seenAccount(join: Join, record: AccountRecord): SeenAccount {
  const regions = record.regions.flatMap((region, index) =>
    isUnknown(region) ? [] : [seenRegion({ join, account: record, region, index })],
  );
  presume(regions);
  const open = mergedOrNull([
    ...record.regions.filter(isUnknown),
    ...(record.unreachable === null ? [] : [record.unreachable]),
    ...(record.regions.length === 0 && record.unreachable === null ? [noRegion()] : []),
  ]);
  const anyOpen = mergedOrNull([open, ...regions.map((region) => region.open)].filter(isUnknown));
  return { record, belonging: belonging(join, record.id), regions, open, anyOpen };
}

/** An account of which no region was asked proves nothing, least of all that it has no trail. */
const noRegion = () => unknown("outside-scope", { detail: "none of its regions was asked" });

/** Why a single-region trail may be where nobody looked; null: every enabled region was asked. */
export function unasked({ record: { regionsOutsideScope } }: SeenAccount): Unknown | null {
  if (regionsOutsideScope.length === 0) return null;
  return unknown("outside-scope", { detail: "regions that this run was not to look into" });
}

type RegionOf = { join: Join; account: AccountRecord; region: RegionRecord; index: number };

function seenRegion({ join, account, region: record, index }: RegionOf): SeenRegion {
  const sightings = record.trails.flatMap((seen, place) =>
    isUnknown(seen) ? [] : [sighting(trailOf(join, seen.arn), seen.status, place)],
  );
  return {
    record,
    index,
    sightings,
    presumed: [],
    open: mergedOrNull(record.trails.filter(isUnknown)),
    young: youth(record, account),
  };
}

function sighting(trail: TrailEntry, status: Fact<TrailStatus>, index: number): Sighting {
  const isLogging = isUnknown(status) ? status : status.isLogging;
  const isDelivering = isUnknown(status) ? status : noError(status.latestDeliveryError);
  return { trail, status, isLogging, isDelivering, works: and(isLogging, isDelivering), index };
}

const noError = (error: Fact<string | null>): Truth => (isUnknown(error) ? error : error === null);

/**
 * A region is as old as it says. Where only the operator named it, it is taken at their word; where
 * AWS would not tell, it may be a new one.
 */
function youth({ optStatus }: RegionRecord, { regionsFrom }: AccountRecord): Unknown | null {
  if (optStatus === "ENABLING") {
    return unknown("too-young", { detail: "the region is being enabled" });
  }
  return isUnknown(optStatus) && regionsFrom !== "option" ? optStatus : null;
}

/**
 * A service control policy that denies a region denies looking into it, not being recorded: a
 * multi-region trail that works in every region that could be seen works there too.
 */
function presume(regions: SeenRegion[]): void {
  if (!regions.some(isHidden)) return;
  const working = workingEverywhere(regions);
  for (const region of regions.filter(isHidden)) {
    if (region.young !== null) continue;
    region.sightings = region.sightings.map((seen) =>
      isDeniedByScp(seen.works) && working.has(seen.trail) ? { ...seen, works: true } : seen,
    );
    const here = new Set(region.sightings.map(({ trail }) => trail));
    region.presumed =
      region.open === null
        ? []
        : [...working.values()]
            .filter(({ trail }) => !here.has(trail))
            .map((seen) => ({ ...seen, works: true, index: null }));
  }
}

function workingEverywhere(regions: readonly SeenRegion[]): Map<TrailEntry, Sighting> {
  const seen = regions.flatMap(({ sightings }) => sightings);
  const visible = seen.filter(({ works }) => !isDeniedByScp(works));
  const works = (trail: TrailEntry) =>
    all(
      visible.filter((each) => each.trail === trail),
      (each) => each.works,
    ) === true;
  return new Map(
    visible
      .filter(({ trail }) => trail.record.isMultiRegion === true && works(trail))
      .map((each) => [each.trail, each]),
  );
}

function isHidden({ open, sightings }: SeenRegion): boolean {
  return isDeniedByScp(open) || sightings.some(({ works }) => isDeniedByScp(works));
}

function isDeniedByScp(fact: Truth | null): boolean {
  return isUnknown(fact) && fact.$unknown.reason === "denied-by-scp" && !fact.$unknown.also?.length;
}

function mergedOrNull(markers: readonly Unknown[]): Unknown | null {
  return markers.length === 0 ? null : merged(markers);
}
