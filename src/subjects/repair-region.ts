import { and, type Truth } from "../snapshot/logic.ts";
import { type Coverage, combination } from "./coverage.ts";
import type { Join } from "./join.ts";
import { lapsedOrganization } from "./repair-organization.ts";
import type { Cause, Repairs } from "./schema/kinds.ts";
import type { Region } from "./schema/region.ts";
import type { Repair } from "./schema/repairs.ts";
import type { Selector } from "./selectors.ts";
import type { SeenAccount, SeenRegion, Sighting } from "./sightings.ts";
import { type TrailEntry, undescribed } from "./trail-entry.ts";
import { FLAWLESS, type Repaired, variantIndex } from "./trail-variant.ts";

type Known = {
  join: Join;
  account: SeenAccount;
  region: SeenRegion;
  fields: Region;
  coverage: (region: SeenRegion) => Coverage;
};

/** What, repaired elsewhere, would change what is recorded in a region. */
export function regionRepairs(known: Known): Repairs {
  const { join, region, fields, coverage } = known;
  const absent = absentTrails(known);
  const causes = [
    ...region.sightings.flatMap(({ trail }) => sightingCauses(trail)),
    ...ownersRegions(known),
    ...[...absent.values()].map(({ trail }) => cause("trail", trail.record.arn, "multi-region")),
    cause("account", "{account}", "account-trail"),
    ...lapsedOrganization(join),
  ];
  return {
    situation: situation(known, absent),
    causes,
    related: {},
    repaired: (repaired) => ({
      ...fields,
      coverage: coverage(withRepairs(region, absent, repaired)),
    }),
  };
}

const cause = (kind: Cause["kind"], id: string, repair: Repair): Cause => ({ kind, id, repair });

function sightingCauses({ record: { arn } }: TrailEntry): Cause[] {
  const here = `${arn}@{account}/{region}`;
  return [
    cause("replica", here, "logging"),
    cause("replica", here, "delivery"),
    cause("trail", arn, "management-events"),
    cause("trail", arn, "global-service-events"),
  ];
}

/**
 * What an organization trail does not record it records nowhere: the first place that lacks it is
 * its owner's home region, and stands for all members.
 */
function ownersRegions({ account, region }: Known): Cause[] {
  const ids = region.sightings
    .filter(({ trail: { record } }) => record.isOrganizationTrail === true)
    .filter(({ trail: { record } }) => record.accountId !== account.record.id)
    .map(({ trail }) => ownersRegion(trail));
  return [...new Set(ids)].map((id) => cause("region", id, "data-events"));
}

const ownersRegion = ({ record: { accountId, homeRegion } }: TrailEntry) =>
  `${accountId}/${homeRegion}`;

/** The account's trails that are not in this region, as one of its other regions shows them. */
function absentTrails({ account, region }: Known): Map<string, Sighting> {
  const here = new Set(region.sightings.map(({ trail }) => trail));
  const elsewhere = account.regions
    .flatMap(({ sightings }) => sightings)
    .filter(({ trail }) => !here.has(trail));
  return new Map(elsewhere.map((seen) => [seen.trail.record.arn, seen]));
}

/**
 * Which region it is matters only where one carries the global service events; which account it is,
 * only where it owns the organization trail.
 */
function situation(known: Known, absent: ReadonlyMap<string, Sighting>): string {
  const { region, fields } = known;
  const others = [...absent.values()].map(({ trail, works }) => `${trail.index}${String(works)}`);
  const place = fields.coverage.globalServiceEvents === null ? "other" : "leader";
  const role = ownersRegions(known).length === 0 ? "owner" : "member";
  return `${place} ${role} ${combination(region)} ${others.sort().join()}`;
}

function withRepairs(
  region: SeenRegion,
  absent: ReadonlyMap<string, Sighting>,
  causes: readonly Cause[],
): SeenRegion {
  const has = (id: string, repair: Repair) =>
    causes.some((each) => each.id === id && each.repair === repair);
  const sightings = region.sightings.map((seen) => mended(seen, has));
  const copied = [...absent].flatMap(([arn, seen]) =>
    has(arn, "multi-region") ? [{ ...seen, trail: everywhere(seen.trail) }] : [],
  );
  const whole = causes.some(
    ({ repair }) => repair === "account-trail" || repair === "trusted-access",
  );
  return {
    ...region,
    sightings,
    presumed: [...region.presumed, ...copied, ...(whole ? [flawless()] : [])],
  };
}

type Has = (id: string, repair: Repair) => boolean;

function mended(seen: Sighting, has: Has): Sighting {
  const { arn } = seen.trail.record;
  const here = `${arn}@{account}/{region}`;
  const isLogging: Truth = has(here, "logging") ? true : seen.isLogging;
  const isDelivering: Truth = has(here, "delivery") ? true : seen.isDelivering;
  const events = has(arn, "management-events");
  const global = has(arn, "global-service-events");
  const data = has(ownersRegion(seen.trail), "data-events");
  return {
    ...seen,
    isLogging,
    isDelivering,
    works: and(isLogging, isDelivering),
    trail: events || global || data ? recording(seen.trail, { events, global, data }) : seen.trail,
  };
}

/** A trail as it would be; the index is part of the coverage's memory, so each variant has its own. */
function recording(trail: TrailEntry, { events, global, data }: Repaired): TrailEntry {
  return {
    ...trail,
    index: variantIndex(trail.index, { events, global, data }),
    recorded: events ? () => true : trail.recorded,
    others: data ? EVERYTHING : trail.others,
    recordsGlobalServiceEvents: global ? true : trail.recordsGlobalServiceEvents,
  };
}

/** One selector without a condition lets every event through. */
const EVERYTHING: Selector[] = [[]];

function everywhere(trail: TrailEntry): TrailEntry {
  return {
    ...trail,
    index: variantIndex(trail.index, { events: false, global: false, data: false }),
    recordsGlobalServiceEvents: trail.record.includeGlobalServiceEvents,
  };
}

/** Stands for the multi-region trail that the account should have. */
function flawless(): Sighting {
  const trail: TrailEntry = {
    record: undescribed("arn:aws:cloudtrail:::trail/missing"),
    index: FLAWLESS,
    selectors: null,
    others: EVERYTHING,
    sources: [],
    recorded: () => true,
    recordsManagement: true,
    recordsGlobalServiceEvents: true,
  };
  return {
    trail,
    status: { ...NOTHING },
    isLogging: true,
    isDelivering: true,
    works: true,
    index: null,
  };
}

const NOTHING = { $unknown: { reason: "not-collected" as const } };
