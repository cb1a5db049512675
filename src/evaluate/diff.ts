import { SEVERITIES } from "../policy/policy.ts";
import type { AccountOutcome } from "./accounts.ts";
import type { Whereabouts } from "./diff-sightings.ts";
import type { CarriedFrom, Finding } from "./finding.ts";

/** What an earlier run told, read from its results.json. */
export type Earlier = {
  version: string;
  /** When its snapshot was begun, ISO 8601. */
  startedAt: string;
  accounts: readonly Pick<AccountOutcome, "id" | "state" | "why">[];
  findings: readonly Finding[];
};

/** How the findings of two runs differ, told by fingerprint. */
export type Difference = {
  /** The earlier run. */
  since: CarriedFrom;
  new: Finding[];
  /** In both, with the same severity at the gate. */
  unchanged: Finding[];
  worse: Finding[];
  better: Finding[];
  /** As they were before: what they are about no longer fails. */
  fixed: Finding[];
  /** As they were before: what they are about is no longer there, or no longer judged. */
  gone: Finding[];
  /** As they were before: this run could not look. */
  unseen: Finding[];
  /** As they were before: still failing, but explained, waived or only a redundant trail's now. */
  covered: Finding[];
};

export type Later = {
  findings: readonly Finding[];
  /** What became of an earlier finding that is no finding now. */
  whereabouts: (finding: Finding) => Whereabouts;
};

const BECAME = {
  fails: "covered",
  mended: "fixed",
  gone: "gone",
  unseen: "unseen",
} as const satisfies Record<Whereabouts, keyof Difference>;

/** Compares the findings of an earlier run with those of a later one. */
export function diff(before: Earlier, after: Later): Difference {
  const { version, startedAt } = before;
  const difference: Difference = {
    since: { version, at: startedAt },
    new: [],
    unchanged: [],
    worse: [],
    better: [],
    fixed: [],
    gone: [],
    unseen: [],
    covered: [],
  };
  const earlier = new Map(before.findings.map((finding) => [finding.fingerprint, finding]));
  for (const finding of after.findings) {
    difference[changeOf(earlier.get(finding.fingerprint), finding)].push(finding);
  }
  const later = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  for (const finding of earlier.values()) {
    if (later.has(finding.fingerprint)) continue;
    difference[BECAME[after.whereabouts(finding)]].push(finding);
  }
  return difference;
}

function changeOf(before: Finding | undefined, after: Finding) {
  if (before === undefined) return "new";
  const rank = ({ gateSeverity }: Finding) => SEVERITIES.indexOf(gateSeverity);
  if (rank(after) === rank(before)) return "unchanged";
  return rank(after) < rank(before) ? "worse" : "better";
}
