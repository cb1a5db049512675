import { isKnown, isUnknown } from "../snapshot/unknown.ts";
import type { Join } from "./join.ts";
import type { OrganizationFold } from "./organization.ts";
import type { Cause, Repairs } from "./schema/kinds.ts";
import type { Organization } from "./schema/organization.ts";
import type { Repair } from "./schema/repairs.ts";

/** The id of the organization subject. */
export function organizationId({ organization }: Join): string {
  const id = organization?.id;
  return id !== undefined && isKnown(id) ? id : "organization";
}

/** Without trusted access an organization trail shrinks to the management account alone. */
export function lapsedOrganization(join: Join): Cause[] {
  if (join.organization?.trustedAccess !== false) return [];
  return [{ kind: "organization", id: organizationId(join), repair: "trusted-access" }];
}

/** Without the policy type at the root no service control policy binds anybody. */
export function disabledServiceControl(join: Join): Cause[] {
  const policies = join.organization?.serviceControlPolicies;
  if (policies === undefined || isUnknown(policies) || policies.enabled) return [];
  return [{ kind: "organization", id: organizationId(join), repair: "service-control-policies" }];
}

/** What, repaired elsewhere, would let an organization trail log in every account. */
export function organizationRepairs(
  join: Join,
  fold: OrganizationFold,
  fields: Organization,
): Repairs {
  const trails = [...join.trails.values()].filter(
    ({ record }) => record.isOrganizationTrail === true,
  );
  const owners = new Map(
    trails.map(({ record: { arn, accountId, homeRegion } }) => [
      `${arn}@${accountId}/${homeRegion}`,
      arn,
    ]),
  );
  const causes: Cause[] = [
    ...[...owners.keys()].map((id): Cause => ({ kind: "replica", id, repair: "logging" })),
    ...[...fold.idleCopies].map((id): Cause => ({ kind: "replica", id, repair: "logging" })),
    ...lapsedOrganization(join),
    ...disabledServiceControl(join),
  ];
  return {
    situation: "organization",
    causes,
    related: {},
    repaired: (repaired) => ({
      ...fields,
      accountsFreeToLeave: repaired.some(({ repair }) => repair === "service-control-policies")
        ? []
        : fields.accountsFreeToLeave,
      coversEveryAccount: repaired.some(({ repair }) => repair === "trusted-access")
        ? true
        : isCovered(fold, owners, repaired) || fields.coversEveryAccount,
    }),
  };
}

/** Whether the repaired copies are all that was missing: a trail's everywhere, or one by one. */
function isCovered(
  { uncoveredCount, copies, idleCopies }: OrganizationFold,
  owners: ReadonlyMap<string, string>,
  repaired: readonly Cause[],
): boolean {
  if (uncoveredCount === 0) return false;
  const everywhere = repaired.some(({ id }) => copies.get(owners.get(id) ?? "") === uncoveredCount);
  const oneByOne = new Set(repaired.map(({ id }) => id).filter((id) => idleCopies.has(id)));
  return everywhere || oneByOne.size === uncoveredCount;
}

/**
 * What the organization cannot be the cause of: members lack a trail because of it only where an
 * organization trail skips them or nobody has a trail that logs; trusted access matters only where
 * the management account has a multi-region trail that is none of the organization's.
 */
export function notByOrganization(
  join: Join,
  { hasOrganizationTrail }: Organization,
  { someTrailLogs }: OrganizationFold,
): Repair[] {
  const standsForAccounts = hasOrganizationTrail === true || !someTrailLogs;
  const management = join.organization?.managementAccountId;
  const hasLapsed = [...join.trails.values()].some(
    ({ record }) =>
      record.accountId === management &&
      record.isMultiRegion === true &&
      record.isOrganizationTrail === false,
  );
  return [
    ...(standsForAccounts ? [] : (["organization-trail"] as const)),
    ...(hasLapsed ? [] : (["trusted-access"] as const)),
  ];
}
