import type { UnknownGroup } from "../evaluate/unknowns.ts";
import type { Reason } from "../snapshot/unknown.ts";
import { counted, harmless, type Paint } from "./terminal.ts";

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

/** What could not be decided, by cause, with what would cure it; then what was not asked here. */
export function unknownLines(groups: readonly UnknownGroup[], paint: Paint): string[] {
  const counting = groups.filter((group) => group.counted);
  const others = groups.filter((group) => !group.counted);
  return [
    ...(counting.length > 0 ? [paint.bold("Not known")] : []),
    ...counting.flatMap((group) => lines(group, paint)),
    ...(others.length > 0 ? [paint.bold("Not judged here (counts as nothing)")] : []),
    ...others.map((group) => `  ${summary(group)}`),
  ];
}

function lines(group: UnknownGroup, paint: Paint): string[] {
  return [
    `  ${paint.yellow(summary(group))}`,
    ...(group.detail === null ? [] : [paint.dim(`    ${harmless(group.detail)}`)]),
    paint.cyan(`    cure: ${CURES[group.reason]}`),
  ];
}

function summary({ reason, action, verdicts, accounts, sample, policies }: UnknownGroup): string {
  const what = action === null ? reason : `${reason}: ${harmless(action)}`;
  const where = sample.slice(0, 3).map(harmless).join(", ");
  const more = sample.length > 3 ? ", …" : "";
  return `${what}: ${counted(verdicts, "verdict")} of ${policies.length === 1 ? "1 policy" : `${policies.length} policies`} in ${counted(accounts, "account")} (${where}${more})`;
}
