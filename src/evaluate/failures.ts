import type { CompiledPolicy } from "../policy/compile.ts";
import type { Repairs, Subject } from "../subjects/schema/kinds.ts";
import type { Repair } from "../subjects/schema/repairs.ts";
import { type FindingSubject, isPlannedId } from "./finding.ts";
import { type Link, linksOf, type Proof } from "./links.ts";
import { type SubjectReference, type SubjectVerdict, settled } from "./verdict.ts";
import type { Match } from "./waiver.ts";

/**
 * Failing verdicts that are alike: one policy in one account (about one trail), with the same
 * possible causes. Thousands of regions make a handful of these.
 */
export type Failure = {
  /** The first of them. */
  verdict: SubjectVerdict;
  /** Where it fails; empty for a subject that is no place in an account. */
  regions: string[];
  /** The delivery error that AWS gave; null: none. */
  error: string | null;
  links: readonly Link[];
  proof: Proof;
  /** Repairs that this one cannot stand for. */
  notBy: readonly Repair[];
  /** The waivers whose scope it is in. */
  match: Match;
  /** Whether an earlier run saw it and this one could not look; left out: no. */
  carried?: boolean;
};

/** A failing verdict with all that explaining it takes. */
export type Failed = {
  verdict: SubjectVerdict;
  subject: Subject;
  compiled: CompiledPolicy;
  match: Match;
};

export type Failures = {
  add(failed: Failed): void;
  all(): Failure[];
};

/** What failing verdicts of one policy in one situation share. */
type Linked = { links: readonly Link[]; proof: Proof; asksForErrors: boolean };

/** Collects failing verdicts, folded as they come. */
export function failures(): Failures {
  const groups = new Map<string, Failure>();
  const linked = new Map<string, Linked>();
  const linksFor = (subject: Subject, compiled: CompiledPolicy, repairs: Repairs | null) => {
    const key = `${compiled.policy.id} ${subject.kind} ${repairs?.situation ?? subject.fields.id}`;
    const known = linked.get(key);
    if (known !== undefined) return known;
    const asksForErrors = JSON.stringify(compiled.policy.require).includes('"latestError"');
    const made = { ...linksOf(subject, compiled, repairs), asksForErrors };
    linked.set(key, made);
    return made;
  };
  const add = ({ verdict, subject, compiled, match }: Failed) => {
    const repairs = subject.repairs?.() ?? null;
    const { asksForErrors, ...links } = linksFor(subject, compiled, repairs);
    const error = asksForErrors ? errorIn(verdict) : null;
    const accepted = `${match.live?.at ?? ""} ${match.expired?.at ?? ""}`;
    const key = `${foldKey(verdict)} ${accepted} ${repairs?.situation ?? ""} ${error ?? ""}`;
    const group = groups.get(key);
    const regions = isPlace(subject) ? [verdict.subject.region ?? "?"] : [];
    if (group !== undefined) group.regions.push(...regions);
    else {
      const { notBy = [] } = subject;
      groups.set(key, { verdict: settled(verdict), regions, error, notBy, match, ...links });
    }
  };
  return { add, all: () => [...groups.values()] };
}

/** A verdict by itself, which nothing else is known to explain. */
export function loneFailure(verdict: SubjectVerdict, match: Match): Failure {
  return {
    verdict: settled(verdict),
    regions: isPlace(verdict.subject) ? [verdict.subject.region ?? "?"] : [],
    error: null,
    links: [],
    proof: () => false,
    notBy: [],
    match,
  };
}

/** Whether a subject is a region of an account, or something seen from one. */
export const isPlace = ({ kind }: { kind: string }): boolean =>
  kind === "region" || kind === "replica";

/** One alert at most has this key: regions of one account, and replicas of one trail there, fold. */
export function foldKey({
  policy,
  subject,
}: {
  policy: string;
  subject: SubjectReference | FindingSubject;
}): string {
  if (subject.kind === "region" || subject.kind === "regions")
    return `${policy} regions ${subject.account}`;
  if (subject.kind === "replica") return `${policy} replica ${trailSeen(subject)}`;
  return `${policy} ${subject.kind} ${subject.id}`;
}

/** What a finding about several regions of an account is about: never one of them, which may mend. */
export function folded(subject: SubjectReference): FindingSubject {
  if (subject.kind === "region") {
    return { ...subject, kind: "regions", id: subject.account ?? "?", region: null };
  }
  if (subject.kind === "replica") {
    return { ...subject, id: trailSeen(subject), region: null };
  }
  return subject;
}

/** A trail as one account sees it; a planned one, which may have no ARN yet, by its address. */
function trailSeen({ id, arn, account }: SubjectReference | FindingSubject): string {
  return isPlannedId(id) ? id.replace(/@[^@]*$/, "") : `${arn}@${account}`;
}

/** The delivery error that decided a verdict. */
export function errorIn({ because }: SubjectVerdict): string | null {
  const told = because.find(({ pointer }) => pointer.endsWith("/latestError"));
  return typeof told?.actual === "string" ? told.actual : null;
}
