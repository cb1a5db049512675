import type { Policy } from "../policy/policy.ts";
import { unknown } from "../snapshot/unknown.ts";
import { CURES } from "./cures.ts";
import { type Finding, fingerprint } from "./finding.ts";
import type { UnknownGroup } from "./unknowns.ts";

/**
 * The rule under which unknown verdicts become alerts, one for each cause: a blinded auditor must
 * not look like a quiet night. No file under policies/, because no subject is asked.
 */
export const ACCOUNT_AUDITED: Pick<
  Policy,
  "id" | "title" | "severity" | "why" | "fix" | "references"
> = {
  id: "account-audited",
  title: "Everything that the policies ask about could be looked at",
  severity: "high",
  why: "A fact that could not be read is neither good nor bad, and nobody would notice if it turned bad. Whoever wants to hide begins by blinding the auditor.",
  fix: {
    text: "Grant what the finding names; `trailproof iam` prints the smallest permissions that work.",
  },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"],
};

/** The alert for the unknown verdicts of one cause; its identity is reason and operation alone. */
export function unknownFinding(group: UnknownGroup): Finding {
  const { reason, action, detail, severity, verdicts, policies, affects } = group;
  const id = action === null ? reason : `${reason}/${action}`;
  const subject = {
    kind: "unknown" as const,
    id,
    name: id,
    account: null,
    accountName: null,
    ouPath: null,
    region: null,
    arn: null,
  };
  const marker = unknown(reason, {
    ...(action === null ? {} : { action }),
    ...(detail === null ? {} : { detail }),
  });
  return {
    policy: ACCOUNT_AUDITED.id,
    severity: ACCOUNT_AUDITED.severity,
    gateSeverity: severity,
    verdict: "unknown",
    subject,
    regions: [],
    because: [{ pointer: "", expected: "an answer", actual: marker, requestId: null }],
    message: `${verdicts} verdicts of ${policies.length} policies in ${affects.accounts} accounts could not be decided: ${action ?? ""} ${reason}`,
    fix: CURES[reason],
    affects,
    fingerprint: fingerprint(ACCOUNT_AUDITED.id, subject),
  };
}
