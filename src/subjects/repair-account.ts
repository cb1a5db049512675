import { and, any, or } from "../snapshot/logic.ts";
import type { AccountTrail } from "./account.ts";
import type { Join } from "./join.ts";
import { lapsedOrganization, organizationId } from "./repair-organization.ts";
import type { Account } from "./schema/account.ts";
import type { Cause, Repairs } from "./schema/kinds.ts";
import type { SeenAccount } from "./sightings.ts";

type Known = { join: Join; account: SeenAccount; trails: readonly AccountTrail[]; fields: Account };

/** What, repaired elsewhere, would give an account a multi-region trail that logs. */
export function accountRepairs({ join, account, trails, fields }: Known): Repairs {
  const seen = trails.map((each) => ({ ...each, replica: replicaId(each, account) }));
  const causes: Cause[] = [
    ...seen.flatMap(({ trail, replica }): Cause[] => [
      { kind: "replica", id: replica, repair: "logging" },
      { kind: "trail", id: trail.record.arn, repair: "multi-region" },
    ]),
    ...skippedByOrganization(join, trails),
    ...lapsedOrganization(join),
  ];
  return {
    situation: seen
      .map(({ trail, isLogging, replica }) => `${trail.index}${String(isLogging)}${replica}`)
      .join(),
    causes,
    related: {},
    repaired: (repaired) => {
      const has = (id: string) => repaired.some((each) => each.id === id);
      const byTrail = any(seen, ({ trail: { record, recordsManagement }, isLogging, replica }) =>
        and(
          has(record.arn) ? true : record.isMultiRegion,
          has(replica) ? true : isLogging,
          recordsManagement,
        ),
      );
      const byOrganization = repaired.some(
        ({ repair }) => repair === "organization-trail" || repair === "trusted-access",
      );
      return {
        ...fields,
        hasMultiRegionTrailLogging: or(byTrail, byOrganization),
      };
    },
  };
}

/** The trail's copy here whose flaw speaks for all: at home, or else in the first region that has one. */
function replicaId({ trail }: AccountTrail, { regions }: SeenAccount): string {
  const places = regions
    .filter(({ sightings }) => sightings.some((seen) => seen.trail === trail))
    .map(({ record }) => record.name);
  const home = trail.record.homeRegion;
  return `${trail.record.arn}@{account}/${places.includes(home) ? home : (places[0] ?? home)}`;
}

/** An account that holds no copy of an organization trail may have been skipped by it. */
function skippedByOrganization(join: Join, trails: readonly AccountTrail[]): Cause[] {
  const holdsCopy = trails.some(({ trail }) => trail.record.isOrganizationTrail === true);
  if (holdsCopy || join.header.scope !== "organization") return [];
  return [{ kind: "organization", id: organizationId(join), repair: "organization-trail" }];
}
