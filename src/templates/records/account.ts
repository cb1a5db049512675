import type { AccountRecord, RegionRecord, SeenTrail } from "../../snapshot/account-record.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { standIn } from "../../snapshot/stand-in.ts";
import { undelivered } from "../../snapshot/undelivered.ts";
import {
  type Fact,
  isUnknown,
  type Unknown,
  unknown,
  unknownMore,
} from "../../snapshot/unknown.ts";
import { type Places, provenance, type Told } from "./places.ts";
import { flag, given } from "./read.ts";
import { trailsUnseenIn } from "./unseen.ts";
import type { Planned, World } from "./world.ts";

/** A planned trail with its record. */
export type PlannedTrail = { planned: Planned; record: TrailRecord };

/** What nobody knows of a trail before it has worked. */
const later: Unknown = unknown("not-collected", { detail: "what only a live account tells" });

/** Stands for every region in which no planned trail has its home. */
const ELSEWHERE = standIn("every other region");

/**
 * The accounts of the planned trails, each with the regions that these have as homes and one that
 * stands for all others, so that what trails record together is worked out as it is live.
 */
export function accountRecords(
  world: World,
  trails: readonly PlannedTrail[],
  places: Places,
): AccountRecord[] {
  const accounts = new Map<string, PlannedTrail[]>();
  for (const trail of trails) {
    const before = accounts.get(trail.record.accountId);
    if (before === undefined) accounts.set(trail.record.accountId, [trail]);
    else before.push(trail);
  }
  return [...accounts].map(([id, own]) => ({
    kind: "account",
    id,
    unreachable: null,
    // The operator named them: nothing else tells that they are not new.
    regionsFrom: "option",
    regions: regions(world, own),
    identityPolicies: null,
    regionsOutsideScope: [],
    ...provenance(places, told(own)),
  }));
}

/** Where it is written whether each trail logs, in the order of `regions`. */
function told(trails: readonly PlannedTrail[]): Told {
  return homes(trails).flatMap((name, region) =>
    trails
      .filter(({ record }) => isSeenIn(record, name))
      .map(
        ({ planned }, index) =>
          [
            `/regions/${region}/trails/${index}/status/isLogging`,
            planned,
            ["enable_logging", "IsLogging"],
          ] as const,
      ),
  );
}

const homes = (trails: readonly PlannedTrail[]): string[] => [
  ...new Set(trails.map(({ record }) => record.homeRegion)),
];

function regions(world: World, trails: readonly PlannedTrail[]): RegionRecord[] {
  const names = [...homes(trails), ELSEWHERE];
  const open = trails.map(({ planned }) => trailsUnseenIn(world, planned.stack)).find(isUnknown);
  return names.map((name) => ({
    name,
    optStatus: unknown("not-collected", { detail: "whether accounts opt in to the region" }),
    trails: [
      ...trails.filter(({ record }) => isSeenIn(record, name)).map(seen),
      ...(open === undefined ? [] : [unknownMore(open)]),
    ],
    eventDataStores: [],
    channels: [],
  }));
}

/** A trail that may be multi-region is seen everywhere, and does not surely work away from home. */
function isSeenIn({ homeRegion, isMultiRegion }: TrailRecord, name: string): boolean {
  return homeRegion === name || isMultiRegion === true || isUnknown(isMultiRegion);
}

function seen({ planned, record }: PlannedTrail): SeenTrail {
  const { presence } = planned.resource;
  const doubts = [presence, record.isMultiRegion].find(isUnknown);
  return {
    arn: record.arn,
    status: {
      observedAt: later,
      isLogging: isLogging(planned),
      // None has begun: they come in the order of their ARNs.
      startLoggingTime: null,
      stopLoggingTime: later,
      ...undelivered(later),
      // A trail that may not be there completes no other for certain.
      latestDeliveryError: doubts ?? null,
    },
  };
}

/** Terraform starts a trail unless told not to; CloudFormation makes none that leaves this out. */
function isLogging({ values, resource }: Planned): Fact<boolean> {
  const isLeftOut = given(values, "enable_logging", "IsLogging") === null;
  if (isLeftOut && resource.dialect === "cloudformation") {
    return unknown("unresolved", { detail: "IsLogging, which CloudFormation requires" });
  }
  return flag(values, ["enable_logging", "IsLogging"], true);
}
