import type { Severity } from "../../policy/policy.ts";

/** One stack of a run of `check`. */
export type GateStack = {
  /** What findings call it: the part of a subject's id before `#`. */
  name: string;
  /** What it was read from; null: nothing, although it was expected. */
  kind: "terraform-plan" | "terraform-source" | "cloudformation" | "cdk" | null;
  /** Relative to the root of the repository; null: nothing was read. */
  path: string | null;
  /** How many resources that have to do with CloudTrail it describes after the change. */
  resources: number;
  /** What the reader should know of it, each a sentence. */
  notes: readonly string[];
};

/** What a change of the rules of judgement would make of the findings. */
export type RuleChange = {
  /** The files that differ from the base: the config, policies of one's own. */
  files: readonly string[];
  /** Findings that the base's rules raise, and those of the change would not. */
  hidden: readonly { policy: string; subject: string; severity: Severity }[];
  /** Findings that only the rules of the change raise. */
  added: readonly { policy: string; subject: string; severity: Severity }[];
};

/** What a run of `check` tells beside its findings. */
export type Gate = {
  /** What has to be read first, each a sentence: that a fork's source is judged, not a plan. */
  lead: readonly string[];
  /** What templates and sources are compared with, in words; null: nothing, so that all counts. */
  base: { commit: string; what: string } | null;
  stacks: readonly GateStack[];
  /** Expected stacks of which neither plan nor source was found. */
  missing: readonly string[];
  /** What was found and not judged, each a sentence. */
  passedOver: readonly string[];
  /** Resources that are the same at another address or in another stack. */
  moves: readonly { from: string; to: string }[];
  /** What failed or was not known before and passes now. */
  improvements: readonly { policy: string; subject: string; was: "fail" | "unknown" }[];
  /** Policies that a template alone cannot decide and no snapshot was given for, by id. */
  notAsked: readonly string[];
  /** How the rules themselves change; null: they do not, or nothing is compared. */
  rules: RuleChange | null;
  /** The snapshot that the change was laid over: when it was begun; null: none was given. */
  live: { startedAt: string } | null;
};
