import { and, any, or, type Truth } from "../snapshot/logic.ts";
import type { OrganizationRecord } from "../snapshot/organization-record.ts";
import {
  isKnown,
  isUnknown,
  mapFact,
  merged,
  type Unknown,
  unknown,
  unknownMore,
} from "../snapshot/unknown.ts";
import type { AccountTrail } from "./account.ts";
import { delegation } from "./guard/delegation.ts";
import { freeToLeave } from "./guard/leaving.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { notByOrganization, organizationRepairs } from "./repair-organization.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Organization } from "./schema/organization.ts";
import type { SeenAccount } from "./sightings.ts";

const SHOWN = 20;

/** What the accounts of an organization say together, taken in one after another. */
export type OrganizationFold = {
  /** Expected accounts whose record has not come yet. */
  missing: Set<string>;
  /** Whether options left out accounts that work. */
  leftOut: boolean;
  /** The first uncovered accounts, by id; one more than are shown is never kept. */
  uncovered: string[];
  uncoveredCount: number;
  /** By organization trail: in how many uncovered accounts a copy of it stands idle. */
  copies: Map<string, number>;
  /** The first of these copies, by replica id; no more than accounts are shown. */
  idleCopies: Set<string>;
  someTrailLogs: boolean;
  coversEveryAccount: Truth;
  undecided: Unknown | null;
  /** Why there may be trails that were not seen, in any account. */
  unseen: Unknown | null;
};

export function newFold({ accounts }: OrganizationRecord): OrganizationFold {
  const expected = accounts.filter(({ skipped }) => skipped === null);
  const leftOut = accounts.some(({ skipped }) => skipped !== null && !isClosed(skipped));
  return {
    missing: new Set(expected.map(({ id }) => id)),
    uncovered: [],
    uncoveredCount: 0,
    copies: new Map(),
    idleCopies: new Set(),
    someTrailLogs: false,
    leftOut,
    coversEveryAccount: true,
    undecided: null,
    unseen: null,
  };
}

/** An account that its state keeps everybody out of needs no trail; one that options leave out does. */
const isClosed = (skipped: string) => skipped.startsWith("state ");

/** Takes in one account: whether an organization trail logs there, and what of it was not seen. */
export function addAccount(
  fold: OrganizationFold,
  id: string,
  { isCovered, unseen }: { isCovered: Truth; unseen: Unknown | null },
): void {
  fold.missing.delete(id);
  fold.coversEveryAccount = and(fold.coversEveryAccount, isCovered);
  if (isUnknown(isCovered)) fold.undecided = both(fold.undecided, isCovered);
  if (isCovered === false) fold.uncovered = [...fold.uncovered, id].sort().slice(0, SHOWN);
  if (unseen !== null) fold.unseen = both(fold.unseen, unseen);
}

/** Takes in the trails of one account: copies of organization trails that stand idle in it. */
export function addTrails(
  fold: OrganizationFold,
  { record: { id }, regions }: SeenAccount,
  { isCovered, trails }: { isCovered: Truth; trails: readonly AccountTrail[] },
): void {
  if (trails.some(({ isLogging }) => isLogging === true)) fold.someTrailLogs = true;
  if (isCovered !== false) return;
  fold.uncoveredCount += 1;
  for (const { trail } of trails) {
    const { arn, homeRegion, isOrganizationTrail } = trail.record;
    if (isOrganizationTrail !== true) continue;
    fold.copies.set(arn, (fold.copies.get(arn) ?? 0) + 1);
    const isHome = regions.some(({ record }) => record.name === homeRegion);
    if (isHome && fold.idleCopies.size < SHOWN) fold.idleCopies.add(`${arn}@${id}/${homeRegion}`);
  }
}

/** Takes in the accounts of which the snapshot holds no record, expected ones and those left out. */
export function addMissing(fold: OrganizationFold): void {
  const notCollected = unknown("not-collected", { detail: "an expected account has no record" });
  for (const id of [...fold.missing]) {
    addAccount(fold, id, { isCovered: notCollected, unseen: notCollected });
  }
  if (!fold.leftOut) return;
  const outside = unknown("outside-scope", { detail: "accounts that this run was not to enter" });
  fold.coversEveryAccount = and(fold.coversEveryAccount, outside);
  fold.undecided = both(fold.undecided, outside);
  fold.unseen = both(fold.unseen, outside);
}

/** The organization, once every account was taken in. */
export function organizationSubject(
  join: Join,
  record: OrganizationRecord,
  fold: OrganizationFold,
): Subject {
  const id = isKnown(record.id) ? record.id : "organization";
  const trails = [...join.trails.values()];
  const fields: Organization = {
    id,
    name: id,
    arn: null,
    ...belonging(join, record.managementAccountId),
    ouPath: null,
    region: null,
    placeholder: false,
    managementAccountId: record.managementAccountId,
    trustedAccess: record.trustedAccess,
    ...delegation(join, record),
    accountsFreeToLeave: freeToLeave(join, record),
    serviceControlPoliciesEnabled: mapFact(record.serviceControlPolicies, ({ enabled }) => enabled),
    hasOrganizationTrail: or(
      any(trails, (trail) => trail.record.isOrganizationTrail),
      fold.unseen ?? false,
    ),
    coversEveryAccount: fold.coversEveryAccount,
    uncoveredAccounts:
      fold.undecided === null ? fold.uncovered : [...fold.uncovered, unknownMore(fold.undecided)],
  };
  return {
    kind: "organization",
    fields,
    requestId: requestIds([{ at: "", record, pointer: "" }]),
    repairs: () => organizationRepairs(join, fold, fields),
    notBy: notByOrganization(join, fields, fold),
  };
}

function both(before: Unknown | null, marker: Unknown): Unknown {
  return before === null ? marker : merged([before, marker]);
}
