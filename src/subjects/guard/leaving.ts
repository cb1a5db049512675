import { isUnknown, unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import { known } from "../policy-document/request.ts";
import type { Account } from "../schema/account.ts";
import { leaderRegion } from "../trail-entry.ts";

/** Whether a service control policy keeps the account in the organization; null: it is the one that cannot leave. */
export function leavingDenied(join: Join, account: string): Account["leavingOrganizationDenied"] {
  const management = join.organization?.managementAccountId ?? unknown("not-collected");
  if (isUnknown(management)) return management;
  if (account === management) return null;
  const { partition } = join.header;
  const leader = leaderRegion(partition);
  return join.serviceControl(account, {
    action: "organizations:LeaveOrganization",
    // The call is about no resource that a policy could name.
    resource: "*",
    principal: { kind: "account", id: account, partition },
    context: known(leader === null ? {} : { "aws:RequestedRegion": [leader] }),
  }).denied;
}
