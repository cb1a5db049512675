import type { Policy } from "./policy.ts";

/** The kinds of subjects that a plan or template describes by itself, or with what was before it. */
const KINDS: readonly Policy["subject"][] = [
  "trail",
  "bucket",
  "key",
  "log-group",
  "event-data-store",
  "change",
];

/** Of what a trail does in a region a plan decides this alone. */
const OF_REPLICAS = ["trail-is-logging"];

/** Policies about such subjects that only a live account can decide, and why. */
const LIVE_ALONE: Record<string, string> = {
  "log-bucket-history-present": "log files of the past are in the bucket, not in its plan",
  "log-group-alarms-notify": "who confirmed a subscription only SNS tells",
  "organization-trail-home-region-not-opt-in": "whether accounts opt in to a region only AWS tells",
  "trail-guarded-against-tampering": "service control policies are the organization's",
};

/** Why a policy is not asked of a plan or template alone; null: it is asked. */
export function notOnTemplates({ id, subject }: Pick<Policy, "id" | "subject">): string | null {
  if (subject === "replica") {
    return OF_REPLICAS.includes(id) ? null : "what a trail delivers only a live account tells";
  }
  if (!KINDS.includes(subject)) return "it is about more than a plan describes";
  return Object.hasOwn(LIVE_ALONE, id) ? (LIVE_ALONE[id] ?? null) : null;
}

/** The policies, of these, that are asked of plans and templates. */
export const templatePolicies = <P extends Pick<Policy, "id" | "subject">>(
  policies: readonly P[],
): P[] => policies.filter((each) => notOnTemplates(each) === null);
