import { compare } from "./accounts.ts";
import { type Failing, rootsOf } from "./explain.ts";
import { type Failure, foldKey } from "./failures.ts";
import {
  type Explained,
  type Finding,
  type FindingSubject,
  fingerprint,
  inOrder,
  worse,
} from "./finding.ts";
import { type Reach, reach } from "./reach.ts";
import type { SubjectReference } from "./verdict.ts";

/** Failing verdicts made into what people act on. */
export type Alerts = {
  findings: Finding[];
  explained: Explained[];
};

/** Explains each failing verdict by its root, then folds what is left by place. */
export function alerts(failures: readonly Failure[]): Alerts {
  const rootOf = rootsOf(failures);
  const drafts = new Map<string, Draft>();
  const followers = new Map<string, Follower>();
  for (const failure of [...failures].sort(byPlace)) {
    for (const region of failure.regions.length === 0 ? [null] : failure.regions) {
      const failing = { failure, region };
      const root = rootOf(failing);
      if (isSame(root, failing)) draftFor(drafts, failure).take(failure, region);
      else follow(followers, failing, root);
    }
  }
  const explained = [...followers.values()].map((follower) => told(follower, drafts));
  return {
    findings: [...drafts.values()].map((draft) => draft.finding()).sort(inOrder),
    explained: explained.sort(inOrder),
  };
}

const isSame = (a: Failing, b: Failing): boolean =>
  a.failure === b.failure && a.region === b.region;

type Draft = {
  reach: Reach;
  take(failure: Failure, region: string | null): void;
  worsen(by: Failure): void;
  finding(): Finding;
};

function draftFor(drafts: Map<string, Draft>, failure: Failure): Draft {
  const key = foldKey(failure.verdict);
  const draft = drafts.get(key) ?? newDraft(failure);
  drafts.set(key, draft);
  return draft;
}

function newDraft({ verdict }: Failure): Draft {
  const regions = new Set<string>();
  const reached = reach();
  let gateSeverity = verdict.severity;
  return {
    reach: reached,
    take: (failure, region) => {
      if (region !== null) regions.add(region);
      const { subject } = failure.verdict;
      reached.add(subject.account, region === null ? placesOf(subject) : [region]);
    },
    worsen: (by) => {
      gateSeverity = worse(gateSeverity, by.verdict.severity);
    },
    finding: () => {
      const { policy, severity, because, message, fix } = verdict;
      const subject = folded(verdict.subject);
      return {
        policy,
        severity,
        gateSeverity,
        verdict: "fail",
        subject,
        regions: [...regions].sort(compare),
        because,
        message,
        fix,
        affects: reached.told(),
        fingerprint: fingerprint(policy, subject),
      };
    },
  };
}

/** The region that a subject without places is in; a trail's or a key's own. */
const placesOf = ({ region }: SubjectReference): string[] => (region === null ? [] : [region]);

/** What a finding about several regions of an account is about: never one of them, which may mend. */
function folded(subject: SubjectReference): FindingSubject {
  if (subject.kind === "region") {
    return { ...subject, kind: "regions", id: subject.account ?? "?", region: null };
  }
  if (subject.kind === "replica") {
    return { ...subject, id: `${subject.arn}@${subject.account}`, region: null };
  }
  return subject;
}

type Follower = { failure: Failure; regions: string[]; root: Failure };

function follow(
  followers: Map<string, Follower>,
  { failure, region }: Failing,
  root: Failing,
): void {
  const key = `${foldKey(failure.verdict)} <- ${foldKey(root.failure.verdict)}`;
  const known = followers.get(key);
  if (known === undefined) {
    followers.set(key, { failure, regions: region === null ? [] : [region], root: root.failure });
  } else if (region !== null) known.regions.push(region);
}

function told({ failure, regions, root }: Follower, drafts: ReadonlyMap<string, Draft>): Explained {
  const { policy, severity, subject } = failure.verdict;
  const draft = drafts.get(foldKey(root.verdict));
  draft?.reach.add(subject.account, regions.length > 0 ? regions : placesOf(subject));
  draft?.worsen(failure);
  return {
    policy,
    severity,
    subject: folded(subject),
    regions: [...regions].sort(compare),
    fingerprint: fingerprint(policy, folded(subject)),
    explainedBy: fingerprint(root.verdict.policy, folded(root.verdict.subject)),
  };
}

/** So that what stands for a group is its first by place, in whatever order accounts were read. */
function byPlace(a: Failure, b: Failure): number {
  return (
    compare(a.verdict.subject.account ?? "", b.verdict.subject.account ?? "") ||
    compare(a.verdict.subject.region ?? "", b.verdict.subject.region ?? "") ||
    compare(a.verdict.subject.id, b.verdict.subject.id) ||
    compare(a.verdict.policy, b.verdict.policy)
  );
}
