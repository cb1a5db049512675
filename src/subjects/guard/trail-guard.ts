import {
  isKnown,
  isUnknown,
  openEnd,
  type Unknown,
  unknown,
  unknownMore,
} from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import { known, type PolicyRequest } from "../policy-document/request.ts";
import type { Guard } from "../schema/guard.ts";
import type { TrailEntry } from "../trail-entry.ts";
import type { Denied } from "./service-control.ts";

/**
 * The calls that stop, delete, narrow or redirect a trail. PutInsightSelectors and
 * PutEventConfiguration are none: Insights and aggregated events come on top of what is recorded and
 * take nothing from it.
 */
export const TAMPERING = [
  "StopLogging",
  "DeleteTrail",
  "UpdateTrail",
  "PutEventSelectors",
] as const;
export type Tampering = (typeof TAMPERING)[number];

/** Accounts whose administrators can tamper with a trail; an open end where there may be more. */
type Administrators = (string | Unknown)[];

/** Who can switch a trail off, as far as service control policies decide it. */
export function trailGuard(join: Join, { record }: TrailEntry): Guard {
  const management = join.organization?.managementAccountId ?? unknown("not-collected");
  if (isUnknown(management)) return unknownGuard(management);
  const administrators = administratorsOf(join, record, management);
  const accounts = administrators.filter(isKnown);
  const open = administrators.filter(isUnknown);
  const asked = accounts.flatMap((account) =>
    TAMPERING.map((name) => {
      const request = tamperingRequest(join, { account, name, arn: record.arn });
      return { place: `${request.action} in ${account}`, ...join.serviceControl(account, request) };
    }),
  );
  return {
    deniedBy: united([...asked.map(({ by }) => by), open]),
    undeniedActions: united([...asked.map(({ denied, place }) => undenied(denied, place)), open]),
    exceptPrincipals: united([...asked.map((each) => each.exceptPrincipals), open]),
    beyondReach: [
      `the management account ${management}`,
      ...accounts.map((account) => `service-linked roles in ${account}`),
      ...open,
    ],
  };
}

function unknownGuard(marker: Unknown): Guard {
  const open = [unknownMore(marker)];
  return { deniedBy: open, undeniedActions: open, exceptPrincipals: open, beyondReach: open };
}

/**
 * The owner, and for an organization trail the delegated administrators: members cannot change it.
 * The management account is none of them, for no policy binds it.
 */
function administratorsOf(
  { organization }: Join,
  { accountId, isOrganizationTrail }: TrailEntry["record"],
  management: string,
): Administrators {
  const own = accountId === management ? [] : [accountId];
  if (isOrganizationTrail === false) return own;
  const delegated = organization?.delegatedAdministrators ?? unknown("not-collected");
  if (isUnknown(delegated)) return [...own, unknownMore(delegated)];
  const others = delegated.filter((id) => id !== accountId && id !== management);
  if (isOrganizationTrail === true || others.length === 0) return [...own, ...others];
  return [...own, unknownMore(isOrganizationTrail)];
}

type Call = { account: string; name: Tampering; arn: string };

/** Each of these calls has to be made in the trail's home region. */
function tamperingRequest(join: Join, { account, name, arn }: Call): PolicyRequest {
  const { partition } = join.header;
  const organization = join.organization?.id;
  return {
    action: `cloudtrail:${name}`,
    resource: arn,
    principal: { kind: "account", id: account, partition },
    context: known({
      "aws:RequestedRegion": [arn.split(":")[3] ?? ""],
      ...(organization === undefined || isUnknown(organization)
        ? {}
        : { "aws:PrincipalOrgID": [organization] }),
    }),
  };
}

function undenied(denied: Denied["denied"], place: string): (string | Unknown)[] {
  if (isUnknown(denied)) return [unknownMore(denied)];
  return denied ? [] : [place];
}

/** All of them, each once; what may follow in any of the lists may follow in this one. */
function united(lists: readonly (readonly (string | Unknown)[])[]): (string | Unknown)[] {
  const all = lists.flat();
  const names = new Set(all.filter(isKnown));
  return [...names, ...openEnd(all)];
}
