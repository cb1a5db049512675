import { and, any, or, type Truth } from "../snapshot/logic.ts";
import type { OrganizationRecord } from "../snapshot/records.ts";
import {
  isKnown,
  isUnknown,
  merged,
  type Unknown,
  unknown,
  unknownMore,
} from "../snapshot/unknown.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";

const SHOWN = 20;

/** What the accounts of an organization say together, taken in one after another. */
export type OrganizationFold = {
  /** Expected accounts whose record has not come yet. */
  missing: Set<string>;
  /** The first uncovered accounts, by id; one more than are shown is never kept. */
  uncovered: string[];
  coversEveryAccount: Truth;
  undecided: Unknown | null;
  /** Why there may be trails that were not seen, in any account. */
  unseen: Unknown | null;
};

export function newFold({ accounts }: OrganizationRecord): OrganizationFold {
  const expected = accounts.filter(({ skipped }) => skipped === null);
  return {
    missing: new Set(expected.map(({ id }) => id)),
    uncovered: [],
    coversEveryAccount: true,
    undecided: null,
    unseen: null,
  };
}

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

/** Takes in the expected accounts of which the snapshot holds no record. */
export function addMissing(fold: OrganizationFold): void {
  const notCollected = unknown("not-collected", { detail: "an expected account has no record" });
  for (const id of [...fold.missing]) {
    addAccount(fold, id, { isCovered: notCollected, unseen: notCollected });
  }
}

/** The organization, once every account was taken in. */
export function organizationSubject(
  join: Join,
  record: OrganizationRecord,
  fold: OrganizationFold,
): Subject {
  const id = isKnown(record.id) ? record.id : "organization";
  const trails = [...join.trails.values()];
  return {
    kind: "organization",
    fields: {
      id,
      name: id,
      arn: null,
      ...belonging(join, record.managementAccountId),
      ouPath: null,
      region: null,
      placeholder: false,
      managementAccountId: record.managementAccountId,
      trustedAccess: record.trustedAccess,
      hasOrganizationTrail: or(
        any(trails, (trail) => trail.record.isOrganizationTrail),
        fold.unseen ?? false,
      ),
      coversEveryAccount: fold.coversEveryAccount,
      uncoveredAccounts:
        fold.undecided === null ? fold.uncovered : [...fold.uncovered, unknownMore(fold.undecided)],
    },
    requestId: requestIds([{ at: "", record, pointer: "" }]),
  };
}

function both(before: Unknown | null, marker: Unknown): Unknown {
  return before === null ? marker : merged([before, marker]);
}
