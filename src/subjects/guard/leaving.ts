import type { OrganizationRecord } from "../../snapshot/organization-record.ts";
import { isUnknown, openEnd, type Unknown, unknownMore } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import { known } from "../policy-document/request.ts";
import type { Organization } from "../schema/organization.ts";
import { leaderRegion } from "../trail-entry.ts";

/** More than these no message needs. */
const SHOWN = 20;

/** Working accounts that no service control policy keeps in; the management account cannot leave. */
export function freeToLeave(
  join: Join,
  { accounts, managementAccountId: management }: OrganizationRecord,
): Organization["accountsFreeToLeave"] {
  if (isUnknown(management)) return [unknownMore(management)];
  const free: string[] = [];
  const undecided: Unknown[] = [];
  for (const { id, state } of accounts) {
    if (id === management || state === "SUSPENDED" || state === "CLOSED") continue;
    const { denied } = leaving(join, id);
    if (denied === false) free.push(id);
    else if (isUnknown(denied) && undecided.length < SHOWN) undecided.push(denied);
  }
  const shown = free.sort().slice(0, SHOWN);
  return [...shown, ...openEnd(undecided)];
}

function leaving(join: Join, account: string) {
  const { partition } = join.header;
  const leader = leaderRegion(partition);
  return join.serviceControl(account, {
    action: "organizations:LeaveOrganization",
    // The call is about no resource that a policy could name.
    resource: "*",
    principal: { kind: "account", id: account, partition },
    context: known(leader === null ? {} : { "aws:RequestedRegion": [leader] }),
  });
}
