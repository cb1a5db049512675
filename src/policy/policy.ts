import type { Static } from "typebox";
import type { Json } from "../snapshot/unknown.ts";
import type { SubjectKind } from "../subjects/schema/kinds.ts";
import type { ParameterSchema, ParameterValueSchema, PolicyFileSchema } from "./policy-schema.ts";

/** Worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SUBJECT_NAMES = [
  "organization",
  "account",
  "region",
  "trail",
  "replica",
  "bucket",
  "key",
  "log-group",
  "event-data-store",
  "change",
] as const satisfies SubjectKind[];

/** What a parameter can be set to. */
export type ParameterValue = Static<typeof ParameterValueSchema>;

/** A parameter of a policy. */
export type Parameter = Static<typeof ParameterSchema>;

/** One requirement, as its file holds it. */
export type PolicyFile = Static<typeof PolicyFileSchema>;

/** A policy with its id, which is the name of its file. */
export type Policy = PolicyFile & { id: string };

/**
 * Whether a policy names itself as the cause of a member's failure: what an organization trail does
 * not record fails for the trail's owner too, and there the search ends.
 */
export function isOfOwner(id: string, other: NonNullable<Policy["explainedBy"]>[number]): boolean {
  return other.policy === id && "repair" in other && other.repair === "data-events";
}

/** The answer of one policy about one subject. */
export type Verdict = "pass" | "fail" | "unknown";

/** One fact that decided a verdict: `actual` is its value, or the marker that says why it is not known. */
export type Because = {
  /** JSON pointer into the subject. */
  pointer: string;
  /** What the policy asks of it, in words. */
  expected: string;
  actual: Json;
};

export type Judgement = { verdict: Verdict; because: Because[] };
