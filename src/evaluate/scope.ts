import { AuditError } from "../errors.ts";
import type { ListedAccount, OrganizationRecord } from "../snapshot/organization-record.ts";
import { isUnknown } from "../snapshot/unknown.ts";

/** A named part of the organization: the listed accounts and those below the units, less the excepted. */
export type Scope = {
  name: string;
  /** Paths of organizational units; with neither these nor accounts, all accounts. */
  ous?: readonly string[];
  accounts?: readonly string[];
  exceptAccounts?: readonly string[];
};

/**
 * The ids of the listed accounts that are in a scope. Throws an `AuditError` where it names what the
 * organization has not, where that cannot be told, and where no expected account is in it.
 */
export function membersOf(
  scope: Scope,
  organization: OrganizationRecord | null,
): ReadonlySet<string> {
  const listed = organization?.accounts ?? [];
  refuseStrangers(scope, organization);
  const members = listed.filter((account) => isIn(scope, account));
  if (members.some(({ skipped }) => skipped === null)) return new Set(members.map(({ id }) => id));
  throw new AuditError(
    "no-accounts",
    `scope ${shown(scope.name)}: no account that was to be audited is in it`,
    "Correct its accounts and ous in trailproof.yaml, or scan the accounts that are in it.",
  );
}

function isIn(
  { name, ous, accounts, exceptAccounts = [] }: Scope,
  account: ListedAccount,
): boolean {
  if (exceptAccounts.includes(account.id)) return false;
  if (accounts?.includes(account.id)) return true;
  if (ous === undefined) return accounts === undefined;
  // Whether what will not be looked at anyway is in the scope need not be known.
  if (isUnknown(account.ouPath) && account.skipped === null) throw undecided(name, account);
  return ous.some((ou) => isBelow(account, ou));
}

function isBelow({ ouPath }: ListedAccount, ou: string): boolean {
  return !isUnknown(ouPath) && ouPath !== null && `${ouPath}/`.startsWith(`${ou}/`);
}

function undecided(name: string, { id }: ListedAccount): AuditError {
  return new AuditError(
    "cannot-list-accounts",
    `scope ${shown(name)}: the organizational unit of account ${id} is not known`,
    "Allow organizations:ListRoots, ListOrganizationalUnitsForParent and ListAccountsForParent, or name the scope's accounts by id.",
  );
}

/** A scope with a slip in it would shrink without a word. */
function refuseStrangers(scope: Scope, organization: OrganizationRecord | null): void {
  const { name, ous = [], accounts = [] } = scope;
  const listed = organization?.accounts ?? [];
  // A scan of single accounts does not list the organization, so it cannot tell a slip.
  const isWhole = organization !== null && !isUnknown(organization.id);
  const account = accounts.find((id) => !listed.some((each) => each.id === id));
  if (isWhole && account !== undefined) {
    throw bad(`scope ${shown(name)}: account ${account} is not in the organization`);
  }
  const known = listed.filter(({ ouPath }) => !isUnknown(ouPath));
  if (known.length < listed.length) return;
  const unit = ous.find((ou) => !known.some((each) => isBelow(each, ou)));
  if (unit === undefined || !isWhole) return;
  throw bad(`scope ${shown(name)}: no account is below ${shown(unit)}`);
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

function bad(what: string): AuditError {
  return new AuditError(
    "bad-config",
    what,
    "Correct the scope in trailproof.yaml: accounts by id, ous by path as in results.json.",
  );
}
