import type { Account } from "@aws-sdk/client-organizations";
import { AuditError } from "../errors.ts";
import type { ListedAccount } from "../snapshot/organization-record.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Ask, Place } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import { type Roots, readUnits, type Unit } from "./org-units.ts";
import { everyPage } from "./pages.ts";
import type { ScanRequest } from "./request.ts";

const CURE =
  "Use credentials of the management account or of a delegated administrator that may call organizations:ListAccounts, or name such a role with --organization-role; `--accounts` without `--organization` needs no list.";

/** States in which an account works and can be entered. */
const WORKING = ["ACTIVE", "PENDING_CLOSURE"];

type Read = {
  id: string;
  name: string | null;
  state: string | null;
  paths: readonly string[] | undefined;
  arn: string | undefined;
};

/** What the ARN of every account of an organization tells of the organization itself. */
export type OrganizationIds = { id: string; managementAccountId: string };

/**
 * Every account of the organization, each expected or with the reason why not. Throws
 * `cannot-list-accounts` where the list cannot be had whole: a scan must not shrink silently.
 */
export async function listAccounts(
  ask: Ask,
  place: Place,
  request: ScanRequest,
): Promise<{
  accounts: ListedAccount[];
  ids: OrganizationIds | null;
  evidence: Evidence[];
  units: Evidence[];
  roots: Roots;
}> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("organizations:ListAccounts", place, { NextToken, MaxResults: 20 }),
    (page) => page.NextToken,
  );
  if (cut !== null) throw refused(cut);
  const read = pages.flatMap((page) => page.Accounts ?? []).map(readAccount);
  refuseStateless(read);
  const withAccounts = read.some(({ paths }) => paths === undefined || paths.length === 0);
  const units = await readUnits(ask, place, { withAccounts });
  const accounts = read.map((account) => listed(account, units.of(account), request));
  refuseStrangers(request, accounts);
  accounts.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    accounts,
    ids: idsIn(read[0]?.arn),
    evidence,
    units: units.evidence,
    roots: units.roots,
  };
}

/** As in `arn:aws:organizations::111111111111:account/o-exampleorgid/222222222222`. */
function idsIn(arn: string | undefined): OrganizationIds | null {
  const [, managementAccountId, id] =
    /^arn:[^:]+:organizations::(\d{12}):account\/(o-[a-z0-9]+)\//.exec(arn ?? "") ?? [];
  return id === undefined || managementAccountId === undefined ? null : { id, managementAccountId };
}

function readAccount({ Id, Name, State, Status, Paths, Arn }: Account): Read {
  if (Id === undefined) throw refused(unknown("unsupported", { detail: "an account has no id" }));
  // Organizations' Status was to go in September 2026; State says more where there is one.
  return { id: Id, name: Name ?? null, state: State ?? Status ?? null, paths: Paths, arn: Arn };
}

function refuseStateless(accounts: readonly Read[]): void {
  if (accounts.some(({ state }) => state !== null)) return;
  throw new AuditError(
    "cannot-list-accounts",
    "Organizations gave neither State nor Status of any account",
    "Update Trailproof: without a state it cannot tell which accounts to audit.",
  );
}

function listed(account: Read, unit: Fact<Unit>, request: ScanRequest): ListedAccount {
  const { id, name, state } = account;
  const ouPath = isUnknown(unit) ? unit : unit.path;
  const parents = isUnknown(unit) ? unit : unit.ids;
  return { id, name, state, ouPath, parents, skipped: skippedBecause(account, unit, request) };
}

function skippedBecause(
  { id, state }: Read,
  unit: Fact<Unit>,
  { accounts, ous, excludeAccounts }: ScanRequest,
): string | null {
  // An account without a state among others that have one may work: it is entered to find out.
  if (state !== null && !WORKING.includes(state)) return `state ${state}`;
  if (excludeAccounts.includes(id)) return "--exclude-accounts";
  if (accounts !== null && !accounts.includes(id)) return "not in --accounts";
  if (ous !== null && !isWithin(unit, ous)) return "not in --ous";
  return null;
}

function isWithin(unit: Fact<Unit>, ous: readonly string[]): boolean {
  if (isUnknown(unit)) {
    throw new AuditError(
      "cannot-list-accounts",
      `The organizational units could not be read: ${unit.$unknown.detail ?? unit.$unknown.reason}`,
      "Allow organizations:ListRoots, ListOrganizationalUnitsForParent and ListAccountsForParent, or leave out --ous.",
    );
  }
  return ous.some(
    (ou) => unit.ids.includes(ou) || unit.path === ou || unit.path.startsWith(`${ou}/`),
  );
}

function refuseStrangers({ accounts }: ScanRequest, known: readonly ListedAccount[]): void {
  const stranger = accounts?.find((id) => !known.some((account) => account.id === id));
  if (stranger === undefined) return;
  throw new AuditError(
    "bad-option",
    `Account ${stranger} is not in the organization`,
    "Take it out of --accounts, or scan it without --organization.",
  );
}

function refused({ $unknown: { detail, reason } }: Unknown): AuditError {
  const said = detail ?? reason;
  const isAlone = said.startsWith("AWSOrganizationsNotInUse");
  return new AuditError(
    "cannot-list-accounts",
    `The accounts of the organization cannot be listed: ${said}`,
    isAlone ? "The account is in no organization: scan it without --organization." : CURE,
  );
}
