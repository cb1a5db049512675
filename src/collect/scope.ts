import { AuditError } from "../errors.ts";
import type { ListedAccount } from "../snapshot/organization-record.ts";
import { isUnknown, unknown } from "../snapshot/unknown.ts";
import type { Ask, Caller } from "./call.ts";
import type { Entry } from "./entry.ts";
import type { Organization } from "./organization.ts";
import type { ScanRequest } from "./request.ts";
import type { Scope } from "./run.ts";
import { assumeRole, type Session } from "./sessions.ts";

type Parts = {
  ask: Ask;
  request: ScanRequest;
  entry: Entry;
  /** Where STS is asked. */
  region: string;
  organization: Pick<Organization, "accounts" | "delegatedAdministrators">;
  /** The identity that --organization-role gave, and so the one for its account. */
  organizationSession: Session | null;
};

/** The accounts a run may enter, each entered at most once. Throws `no-accounts` where there are none. */
export function createScope(parts: Parts): Scope {
  const listed = parts.organization.accounts;
  const expected = new Set(listed.filter(isExpected).map(({ id }) => id));
  if (expected.size === 0) throw nothingToAudit(parts.request);
  const sessions = new Map<string, Promise<Session>>();
  const ways = waysIn(parts);
  const session = (accountId: string): Promise<Session> => {
    if (!expected.has(accountId)) return Promise.resolve(outside(accountId));
    const known = sessions.get(accountId);
    if (known !== undefined) return known;
    const entered = enterAccount(parts, accountId, ways);
    sessions.set(accountId, entered);
    return entered;
  };
  return {
    expected,
    isWhole: parts.request.scope === "organization" && listed.every(isExpectedOrClosed),
    likelyOwners: likelyOwners(parts).filter((id) => expected.has(id)),
    session,
    access: async (accountId) => (await session(accountId)).caller,
  };
}

const isExpected = ({ skipped }: ListedAccount) => skipped === null;

/** An account that its state keeps us out of holds no bucket that logs can reach. */
const isExpectedOrClosed = ({ skipped }: ListedAccount) =>
  skipped === null || skipped.startsWith("state ");

/** Who assumes the roles: the organization's identity, then the entry's; what worked goes first. */
function waysIn({ entry, organizationSession }: Parts): Caller[] {
  const organizational = organizationSession?.caller;
  if (organizational === undefined || isUnknown(organizational)) return [entry.caller];
  return [organizational, entry.caller];
}

async function enterAccount(parts: Parts, accountId: string, ways: Caller[]): Promise<Session> {
  const { entry, organizationSession } = parts;
  if (accountId === entry.caller.accountId) return { caller: entry.caller, evidence: [] };
  const organizational = organizationSession?.caller;
  if (organizationSession && organizational && !isUnknown(organizational)) {
    if (organizational.accountId === accountId) return organizationSession;
  }
  const [first, second] = ways;
  const session = await assumeAs(parts, accountId, first ?? entry.caller);
  if (!isUnknown(session.caller) || second === undefined) return session;
  const other = await assumeAs(parts, accountId, second);
  other.evidence.unshift(...session.evidence);
  if (isUnknown(other.caller)) return { caller: session.caller, evidence: other.evidence };
  if (ways[0] === first) ways.reverse();
  return other;
}

function assumeAs(
  { ask, request: { role, externalId }, entry, region }: Parts,
  accountId: string,
  by: Caller,
): Promise<Session> {
  const roleArn = roleArnOf(entry, accountId, role);
  return assumeRole(ask, { by, region, accountId, roleArn, externalId });
}

/** A role by its name (with path) in an account of the caller's partition. */
export const roleArnOf = ({ partition }: Entry, accountId: string, role: string): string =>
  `arn:${partition}:iam::${accountId}:role/${role.replace(/^\/+/, "")}`;

function outside(accountId: string): Session {
  const detail = `account ${accountId} is not among those that this run was asked to enter`;
  return { caller: unknown("outside-scope", { detail }), evidence: [] };
}

/** Where organizations keep their logs: the named accounts, delegated ones, those called so. */
function likelyOwners({ request, organization }: Parts): string[] {
  const { delegatedAdministrators: delegated, accounts } = organization;
  const called = accounts.filter(({ name }) => /log|archive|security|audit/i.test(name ?? ""));
  return [
    ...request.named,
    ...(isUnknown(delegated) ? [] : delegated),
    ...called.map(({ id }) => id),
  ];
}

function nothingToAudit({ scope }: ScanRequest): AuditError {
  return new AuditError(
    "no-accounts",
    "There is no account to audit",
    scope === "organization"
      ? "No active account is left after --accounts, --ous and --exclude-accounts: widen them."
      : "Take the account out of --exclude-accounts.",
  );
}
