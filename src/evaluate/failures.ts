import type { CompiledPolicy } from "../policy/compile.ts";
import type { Repair, Repairs, Subject } from "../subjects/schema/kinds.ts";
import { type Link, linksOf, type Proof } from "./links.ts";
import type { SubjectVerdict } from "./verdict.ts";

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
};

export type Failures = {
  add(verdict: SubjectVerdict, subject: Subject, compiled: CompiledPolicy): void;
  all(): Failure[];
};

/** Collects failing verdicts, folded as they come. */
export function failures(): Failures {
  const groups = new Map<string, Failure>();
  const linked = new Map<string, { links: readonly Link[]; proof: Proof }>();
  const linksFor = (subject: Subject, compiled: CompiledPolicy, repairs: Repairs | null) => {
    const key = `${compiled.policy.id} ${subject.kind} ${repairs?.situation ?? subject.fields.id}`;
    const known = linked.get(key);
    if (known !== undefined) return known;
    const made = linksOf(subject, compiled, repairs);
    linked.set(key, made);
    return made;
  };
  const add = (verdict: SubjectVerdict, subject: Subject, compiled: CompiledPolicy) => {
    const repairs = subject.repairs?.() ?? null;
    const error = errorIn(verdict);
    const key = `${foldKey(verdict)} ${repairs?.situation ?? ""} ${error ?? ""}`;
    const group = groups.get(key);
    const regions = isPlace(subject) ? [verdict.subject.region ?? "?"] : [];
    if (group !== undefined) group.regions.push(...regions);
    else {
      const { notBy = [] } = subject;
      groups.set(key, { verdict, regions, error, notBy, ...linksFor(subject, compiled, repairs) });
    }
  };
  return { add, all: () => [...groups.values()] };
}

const isPlace = ({ kind }: Subject): boolean => kind === "region" || kind === "replica";

/** One alert at most has this key: regions of one account, and replicas of one trail there, fold. */
export function foldKey({ policy, subject }: SubjectVerdict): string {
  if (subject.kind === "region") return `${policy} regions ${subject.account}`;
  if (subject.kind === "replica") return `${policy} replica ${subject.arn} ${subject.account}`;
  return `${policy} ${subject.kind} ${subject.id}`;
}

function errorIn({ because }: SubjectVerdict): string | null {
  const told = because.find(({ pointer }) => pointer.endsWith("/latestError"));
  return typeof told?.actual === "string" ? told.actual : null;
}
