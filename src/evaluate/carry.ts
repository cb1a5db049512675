import type { Policy } from "../policy/policy.ts";
import type { Earlier } from "./diff.ts";
import type { Whereabouts } from "./diff-sightings.ts";
import { errorIn, type Failure, loneFailure } from "./failures.ts";
import { type CarriedFrom, type Finding, type FindingSubject, worse } from "./finding.ts";
import type { SubjectReference, SubjectVerdict } from "./verdict.ts";
import type { Waivers } from "./waiver.ts";

export type Carrying = {
  whereabouts: (finding: Finding) => Whereabouts;
  policies: readonly Pick<Policy, "id" | "severity">[];
  waivers: Waivers;
};

/** Findings of the run before that this one could not look at. */
export type Carried = {
  /** As failures, so that what fails because of them is still explained by them. */
  failures: Failure[];
  /** Gives a finding its mark, where it is one of them. */
  marked: <F extends Finding>(finding: F) => F;
};

/** Takes over what an earlier run found and this one could not look at. */
export function carriedFrom(
  earlier: Earlier,
  { whereabouts, policies, waivers }: Carrying,
): Carried {
  const severities = new Map(policies.map(({ id, severity }) => [id, severity]));
  const carried = earlier.findings.filter((finding) => whereabouts(finding) === "unseen");
  const byFingerprint = new Map(carried.map((finding) => [finding.fingerprint, finding]));
  return {
    failures: carried.flatMap((finding) => {
      const severity = severities.get(finding.policy) ?? finding.severity;
      return verdictsIn({ ...finding, severity }).map((verdict) => failureOf(verdict, waivers));
    }),
    marked: (finding) => {
      const before = byFingerprint.get(finding.fingerprint);
      if (before === undefined) return finding;
      return { ...finding, ...asBefore(before, finding), carriedFrom: origin(before, earlier) };
    },
  };
}

/** The age of what is carried again and again is that of the first time. */
function origin({ carriedFrom: first }: Finding, { version, startedAt }: Earlier): CarriedFrom {
  return first ?? { version, at: startedAt };
}

/** How far it reaches may not be seen either: it is at least what it was. */
function asBefore(before: Finding, now: Finding): Pick<Finding, "affects" | "gateSeverity"> {
  return {
    affects: now.affects.accounts > before.affects.accounts ? now.affects : before.affects,
    gateSeverity: worse(before.gateSeverity, now.gateSeverity),
  };
}

function failureOf(verdict: SubjectVerdict, waivers: Waivers): Failure {
  const failure = loneFailure(verdict, waivers.match(verdict));
  return { ...failure, error: errorIn(verdict), carried: true };
}

/** The failing verdicts that a finding was folded from. */
function verdictsIn(finding: Finding): SubjectVerdict[] {
  const { policy, severity, because, message, fix, subject, regions } = finding;
  const places = regions.length === 0 ? [subject.region] : regions;
  return places.flatMap((region): SubjectVerdict[] => {
    const one = unfolded(subject, region);
    if (one === null) return [];
    return [
      { policy, severity, verdict: "fail", subject: one, because, message, fix, additional: false },
    ];
  });
}

function unfolded(subject: FindingSubject, region: string | null): SubjectReference | null {
  const { kind } = subject;
  if (kind === "unknown") return null;
  if (kind === "regions") {
    return { ...subject, kind: "region", id: `${subject.account}/${region}`, region };
  }
  if (kind === "replica") return { ...subject, kind, id: `${subject.id}/${region}`, region };
  return { ...subject, kind };
}
