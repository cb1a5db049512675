import { and, any, or, type Truth } from "../snapshot/logic.ts";
import { type Unknown, unknownMore } from "../snapshot/unknown.ts";
import { globalServiceEventTrails } from "./duplicates.ts";
import { unnamedAdministrators } from "./guard/administrators.ts";
import type { Join } from "./join.ts";
import { accountRepairs } from "./repair-account.ts";
import { requestIds } from "./request-id.ts";
import type { Account } from "./schema/account.ts";
import type { Subject } from "./schema/kinds.ts";
import { type SeenAccount, type Sighting, unasked } from "./sightings.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** A trail with whether it logs anywhere in one account. */
export type AccountTrail = { trail: TrailEntry; isLogging: Truth };

/** Every trail seen in any region of the account, by ARN. */
export function accountTrails(account: SeenAccount): AccountTrail[] {
  const sightings = new Map<TrailEntry, Sighting[]>();
  for (const seen of account.regions.flatMap((region) => region.sightings)) {
    sightings.set(seen.trail, [...(sightings.get(seen.trail) ?? []), seen]);
  }
  const elsewhere = account.anyOpen === null ? [] : [account.anyOpen];
  return [...sightings]
    .sort(([one], [other]) => (one.record.arn < other.record.arn ? -1 : 1))
    .map(([trail, seen]) => ({
      trail,
      isLogging: any<Sighting>([...seen, ...elsewhere], (each) => each.isLogging),
    }));
}

/** One account, with the trails that record it. */
export function accountSubject(
  join: Join,
  account: SeenAccount,
  trails: readonly AccountTrail[],
): Subject {
  const { record, anyOpen, belonging } = account;
  const { id } = record;
  const seen = trails.map(accountTrail);
  const fields: Account = {
    id,
    name: belonging.accountName ?? id,
    arn: null,
    ...belonging,
    region: null,
    placeholder: false,
    trails: anyOpen === null ? seen : [...seen, unknownMore(anyOpen)],
    globalServiceEventTrails: globalServiceEventTrails(trails, account, join.header.partition),
    unnamedCloudTrailAdministrators: unnamedAdministrators(join, record),
    hasMultiRegionTrailLogging: or(
      any(seen, (trail) =>
        and(trail.isMultiRegion, trail.recordsManagementEvents, trail.isLogging),
      ),
      anyOpen ?? false,
    ),
  };
  return {
    kind: "account",
    fields,
    requestId: requestIds([{ at: "", record, pointer: "/regions" }]),
    repairs: () => accountRepairs({ join, account, trails, fields }),
  };
}

/** Whether an organization trail logs in the account, in any region. */
export function hasOrganizationTrailLogging(
  account: SeenAccount,
  trails: readonly AccountTrail[],
): Truth {
  return or(
    any(trails, ({ trail, isLogging }) => and(trail.record.isOrganizationTrail, isLogging)),
    account.anyOpen ?? false,
    unasked(account) ?? false,
  );
}

function accountTrail({
  trail: { record, recordsManagement },
  isLogging,
}: AccountTrail): Exclude<Account["trails"][number], Unknown> {
  return {
    arn: record.arn,
    name: record.name,
    isMultiRegion: record.isMultiRegion,
    isOrganizationTrail: record.isOrganizationTrail,
    isLogging,
    recordsManagementEvents: recordsManagement,
  };
}
