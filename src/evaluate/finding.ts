import { createHash } from "node:crypto";
import { SEVERITIES, type Severity } from "../policy/policy.ts";
import { compare } from "./accounts.ts";
import type { SubjectReference, SubjectVerdict } from "./verdict.ts";

/** A failing verdict that people act on. */
export type Finding = Omit<SubjectVerdict, "additional"> & {
  /** Depends on policy and subject alone: the same flaw has the same one in every run. */
  fingerprint: string;
};

export function finding({ additional: _, ...verdict }: SubjectVerdict): Finding {
  return { ...verdict, fingerprint: fingerprint(verdict.policy, verdict.subject) };
}

/** `v1:` and 32 hex digits over the policy's id and the subject's kind and id. */
export function fingerprint(
  policy: string,
  { kind, id }: Pick<SubjectReference, "kind" | "id">,
): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([policy, kind, id]))
    .digest("hex");
  return `v1:${digest.slice(0, 32)}`;
}

/** By account, region, subject and policy: the order of every output. */
export function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.subject.account ?? "", b.subject.account ?? "") ||
    compare(a.subject.region ?? "", b.subject.region ?? "") ||
    compare(a.subject.id, b.subject.id) ||
    compare(a.policy, b.policy)
  );
}

/** Whether a severity is at or above a threshold; nothing is at or above `none`. */
export function atOrAbove(severity: Severity, threshold: Severity | "none"): boolean {
  return threshold !== "none" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** The worse of two severities. */
export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}
