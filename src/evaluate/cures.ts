import type { Reason } from "../snapshot/unknown.ts";

/** What to do about each reason; README says more of each. */
export const CURES: Record<Reason, string> = {
  "access-denied": "grant the action to the audit role; `trailproof iam` prints the whole policy",
  "denied-by-scp": "exempt the audit role from the service control policy that denies the action",
  throttled: "run again at a quieter time",
  timeout: "run again; check the network, and --deadline",
  "account-unreachable": "create the audit role there, and let the calling principal assume it",
  "region-disabled": "nothing to do: the region is not enabled in the account",
  "outside-scope": "scan the account that owns it, or the whole organization",
  "too-young": "nothing to do: scan again once it has had time to begin",
  "known-after-apply": "nothing before the change is applied",
  unresolved: "give the value where the expression can be computed",
  "not-collected": "define the resource in what is checked, or scan the live account",
  unsupported: "update Trailproof; where that does not help, report it",
};
