import { createHash } from "node:crypto";
import { SEVERITIES, type Severity } from "../policy/policy.ts";
import type { Location } from "../snapshot/location.ts";
import type { Json } from "../snapshot/unknown.ts";
import { compare } from "./accounts.ts";
import type { Reason, SubjectReference } from "./verdict.ts";
import type { Acceptance, Waiver } from "./waiver.ts";

/** How far a flaw reaches: the verdicts that fail because of it, its own included. */
export type Affects = {
  accounts: number;
  regions: number;
  /** The first twenty accounts, by id. */
  sample: string[];
};

/** An alert: a failing verdict that nothing else explains, or one cause of unknown verdicts. */
export type Finding = {
  policy: string;
  severity: Severity;
  /** The highest severity of itself and of what it explains; the gate and the order use it. */
  gateSeverity: Severity;
  verdict: "fail" | "unknown";
  subject: FindingSubject;
  /** Regions of the account where it fails; empty where the subject is no place. */
  regions: string[];
  because: Reason[];
  message: string;
  fix: string;
  affects: Affects;
  /** Depends on policy and subject alone: the same flaw has the same one in every run. */
  fingerprint: string;
  /** The waiver that covered it until its last day was over; left out: none. */
  expiredWaiver?: Acceptance;
  /** The run that last saw it, where this one could not look; left out: this one saw it. */
  carriedFrom?: CarriedFrom;
  /** Whether the results to compare with do not have it; left out: there are none. */
  isNew?: boolean;
  /** Of a planned change: whether it breaks this, or it was broken before; left out: of no change. */
  standing?: "regression" | "debt";
  /** Of a planned change: how it was before; left out where there was nothing to compare with. */
  before?: Before;
  /** Where in the checkout the deciding attribute is written; null: not at hand; left out: live. */
  location?: Location | null;
};

/** How a policy and subject were before a change. */
export type Before = {
  verdict: "pass" | "fail" | "unknown";
  /** The facts that decide now, as they were. */
  facts: { pointer: string; actual: Json }[];
};

/** A run of the past: the program's version, and when its snapshot was begun. */
export type CarriedFrom = { version: string; at: string };

/** What is accepted: a finding that raises no alert and fails no run. */
export type Waived = Finding & {
  waiver: Waiver;
  /** The fingerprint of the waived finding that it follows from; null: it is waived itself. */
  explainedBy: string | null;
};

/** A subject, or the regions of one account together, or a cause of unknown verdicts. */
export type FindingSubject = Omit<SubjectReference, "kind"> & {
  kind: SubjectReference["kind"] | "regions" | "unknown";
};

/** A failing verdict, or verdicts of one place folded together, that some finding explains. */
export type Explained = Pick<
  Finding,
  "policy" | "severity" | "subject" | "regions" | "fingerprint"
> & {
  /** The fingerprint of the finding that it follows from. */
  explainedBy: string;
};

/** `v1:` and 32 hex digits over the policy's id and the subject's kind and id. */
export function fingerprint(
  policy: string,
  { kind, id }: Pick<FindingSubject, "kind" | "id">,
): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([policy, kind, id]))
    .digest("hex");
  return `v1:${digest.slice(0, 32)}`;
}

/** Whether an id is that of a planned resource, `stack#address`, which may have no ARN yet. */
export const isPlannedId = (id: string): boolean => !id.startsWith("arn:") && id.includes("#");

type Placed = Pick<Finding, "subject" | "policy">;

/** By account, region, subject and policy: the order of every output. */
export function inOrder(a: Placed, b: Placed): number {
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
