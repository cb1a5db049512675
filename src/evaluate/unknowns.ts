import type { Severity } from "../policy/policy.ts";
import {
  type Cause,
  causesOf,
  isUnknown,
  type Reason as UnknownReason,
} from "../snapshot/unknown.ts";
import { compare } from "./accounts.ts";
import { type Affects, isPlannedId, worse } from "./finding.ts";
import { type Reach, reach } from "./reach.ts";
import type { SubjectVerdict } from "./verdict.ts";

/** The unknown verdicts that one reason and one permission are behind. */
export type UnknownGroup = {
  reason: UnknownReason;
  /** The IAM action that would tell, where one would. */
  action: string | null;
  /** What was said; where it differs, the first in alphabetical order. */
  detail: string | null;
  /** Whether these unknowns make a run incomplete; false for what lies outside what was asked. */
  counted: boolean;
  /** The highest severity among the policies that could not be decided. */
  severity: Severity;
  verdicts: number;
  policies: string[];
  affects: Affects;
  /** The first five places, by account and region; of what is planned the ids of its subjects. */
  places: string[];
};

/** Asked of nobody, switched off, or not yet due: no fault of the run, so never counted. */
const NEVER_COUNTED = new Set<UnknownReason>(["outside-scope", "region-disabled", "too-young"]);

/**
 * Whether an unknown verdict makes the run incomplete at its severity. What service control
 * policies hide does not in `provenAccounts`, where a multi-region trail logs: by its own
 * configuration it records in the hidden regions too.
 */
export function isCounted(verdict: SubjectVerdict, provenAccounts: ReadonlySet<string>): boolean {
  const isProven = provenAccounts.has(verdict.subject.account ?? "");
  const counts = ({ reason }: Cause) =>
    !NEVER_COUNTED.has(reason) && !(isProven && reason === "denied-by-scp");
  const causes = causesBehind(verdict);
  return causes.length === 0 || causes.some(counts);
}

/** Every reason that left a verdict undecided. */
export function causesBehind({ because }: SubjectVerdict): Cause[] {
  return because.flatMap(({ actual }) => (isUnknown(actual) ? causesOf(actual) : []));
}

type Draft = Omit<UnknownGroup, "affects" | "policies" | "places"> & {
  reach: Reach;
  policies: Set<string>;
  places: Set<string>;
};

export type UnknownGroups = {
  add(verdict: SubjectVerdict, counted: boolean): void;
  /** Counted groups first, worst first. */
  groups(): UnknownGroup[];
};

/** Collects unknown verdicts under their first cause, so that memory grows with causes alone. */
export function unknownGroups(): UnknownGroups {
  const drafts = new Map<string, Draft>();
  return {
    add: (verdict, counted) => {
      const [cause] = causesBehind(verdict);
      if (cause === undefined) throw new Error(`${verdict.policy}: unknown without a cause`);
      // What is planned is mended expression by expression, what is live permission by permission.
      const what = isPlannedId(verdict.subject.id) ? cause.detail : cause.action;
      const key = `${cause.reason} ${what ?? ""} ${counted}`;
      const draft = drafts.get(key) ?? fresh(cause, verdict, counted);
      drafts.set(key, draft);
      extend(draft, verdict, cause);
    },
    groups: () => [...drafts.values()].map(finished).sort(inOrder),
  };
}

function fresh(
  { reason, action, detail }: Cause,
  { severity }: SubjectVerdict,
  counted: boolean,
): Draft {
  return {
    reason,
    action: action ?? null,
    detail: detail ?? null,
    counted,
    severity,
    verdicts: 0,
    policies: new Set(),
    reach: reach(),
    places: new Set(),
  };
}

function extend(
  draft: Draft,
  { policy, severity, subject }: SubjectVerdict,
  { detail }: Cause,
): void {
  draft.verdicts += 1;
  // The smallest, not the first: the order in which accounts were read must not show.
  if (detail !== undefined && (draft.detail === null || detail < draft.detail))
    draft.detail = detail;
  draft.severity = worse(draft.severity, severity);
  draft.policies.add(policy);
  draft.reach.add(subject.account, subject.region === null ? [] : [subject.region]);
  draft.places.add(placeOf(subject));
}

function placeOf({ id, account, name, region }: SubjectVerdict["subject"]): string {
  return isPlannedId(id) ? id : [account ?? name, region].filter(Boolean).join("/");
}

function finished({ reach: reached, policies, places, ...rest }: Draft): UnknownGroup {
  return {
    ...rest,
    affects: reached.told(),
    policies: [...policies].sort(compare),
    places: [...places].sort(compare).slice(0, 5),
  };
}

function inOrder(a: UnknownGroup, b: UnknownGroup): number {
  if (a.counted !== b.counted) return a.counted ? -1 : 1;
  if (a.severity !== b.severity) return worse(a.severity, b.severity) === a.severity ? -1 : 1;
  return compare(`${a.reason} ${a.action}`, `${b.reason} ${b.action}`);
}
