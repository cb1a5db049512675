import { compare } from "./accounts.ts";
import { type Draft, newDraft, placesOf } from "./draft.ts";
import { type Failing, type Origin, originsOf } from "./explain.ts";
import { type Failure, folded, foldKey } from "./failures.ts";
import { type Explained, type Finding, fingerprint, inOrder, type Waived } from "./finding.ts";
import type { SubjectVerdict } from "./verdict.ts";
import type { Waiver } from "./waiver.ts";

/** Failing verdicts made into what people act on. */
export type Alerts = {
  findings: Finding[];
  explained: Explained[];
  waived: Waived[];
  /** The waiver that covers a failing verdict, by itself or with what it follows from. */
  waiverOf: (verdict: SubjectVerdict) => Waiver | null;
  /** How many verdicts of this run are covered. */
  covered: number;
};

/** Explains each failing verdict by its root, then folds what is left by place. */
export function alerts(failures: readonly Failure[]): Alerts {
  const originOf = originsOf(failures);
  const drafts = new Map<string, Draft>();
  const followers = new Map<string, Follower>();
  const accepted = acceptances();
  for (const failure of [...failures].sort(byPlace)) {
    for (const region of failure.regions.length === 0 ? [null] : failure.regions) {
      const failing = { failure, region };
      const { root, waiver } = origin(failing, originOf(failing));
      if (waiver !== null) accepted.take(failing, root, waiver);
      else if (isSame(root, failing)) draftFor(drafts, failure).take(failure, region);
      else follow(followers, failing, root);
    }
  }
  const explained = [...followers.values()].map((follower) => told(follower, drafts));
  return {
    findings: [...drafts.values()].map((draft) => draft.finding()).sort(inOrder),
    explained: explained.sort(inOrder),
    ...accepted.told(),
  };
}

/** What is waived itself raises no alert, even where it follows from something that does. */
function origin(failing: Failing, found: Origin): Origin {
  const { live } = failing.failure.match;
  return live === null ? found : { root: failing, waiver: live };
}

const isSame = (a: Failing, b: Failing): boolean =>
  a.failure === b.failure && a.region === b.region;

function draftFor(drafts: Map<string, Draft>, failure: Failure): Draft {
  const key = foldKey(failure.verdict);
  const draft = drafts.get(key) ?? newDraft(failure);
  drafts.set(key, draft);
  return draft;
}

type Accepted = { draft: Draft; waiver: Waiver; explainedBy: string | null };

/** Folds what waivers cover: by place, waiver and root. */
function acceptances() {
  const groups = new Map<string, Accepted>();
  const places = new Map<string, Waiver>();
  let carried = 0;
  return {
    take: (failing: Failing, root: Failing, waiver: Waiver) => {
      const { failure, region } = failing;
      const isOwn = isSame(root, failing);
      const rootKey = isOwn ? "" : foldKey(root.failure.verdict);
      const key = `${foldKey(failure.verdict)} ${waiver.at} ${rootKey}`;
      const explainedBy = isOwn ? null : fingerprintOf(root.failure);
      const group = groups.get(key) ?? { draft: newDraft(failure), waiver, explainedBy };
      groups.set(key, group);
      group.draft.take(failure, region);
      places.set(placeKey(failure.verdict, region), waiver);
      if (failure.carried === true) carried += 1;
    },
    told: (): Pick<Alerts, "waived" | "waiverOf" | "covered"> => ({
      waived: [...groups.values()]
        .map(({ draft, waiver, explainedBy }) => ({ ...draft.finding(), waiver, explainedBy }))
        .sort(inOrder),
      waiverOf: (verdict) => places.get(placeKey(verdict, verdict.subject.region)) ?? null,
      covered: places.size - carried,
    }),
  };
}

function placeKey(verdict: SubjectVerdict, region: string | null): string {
  const { kind } = verdict.subject;
  const isPlace = kind === "region" || kind === "replica";
  return isPlace ? `${foldKey(verdict)} ${region ?? "?"}` : foldKey(verdict);
}

const fingerprintOf = ({ verdict: { policy, subject } }: Failure): string =>
  fingerprint(policy, folded(subject));

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
    fingerprint: fingerprintOf(failure),
    explainedBy: fingerprintOf(root),
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
