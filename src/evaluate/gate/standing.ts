import { bounded } from "../../policy/describe.ts";
import { causesOf, isSameFact, isUnknown } from "../../snapshot/unknown.ts";
import { isOpenMove } from "../../subjects/change/moves.ts";
import { UNSEEN_GUARD, USED_ELSEWHERE } from "../../subjects/users.ts";
import type { Before } from "../finding.ts";
import type { Reason } from "../verdict.ts";
import type { Judged } from "./sides.ts";

/** How a verdict after a change stands to the one before it. */
export type Standing =
  /** The change breaks it, makes it worse, or takes away what proved it. */
  | "regression"
  /** It failed before, and is no worse. */
  | "debt"
  /** It failed or was not known before, and passes now. */
  | "improvement"
  /** Neither of these. */
  | "same";

/** What is known of the same policy and subject before the change. */
export type Was =
  /** There was no such resource, or nothing to compare with. */
  | { kind: "absent" }
  /** There was one, and the policy was not about it. */
  | { kind: "not-selected" }
  | { kind: "judged"; judged: Judged };

/** Tells how a verdict stands; `isMadeHere` names addresses that the change itself makes. */
export function standingOf(
  was: Was,
  now: Judged,
  isMadeHere: (address: string) => boolean,
): Standing {
  const { verdict } = now.verdict;
  if (was.kind !== "judged") return verdict === "fail" ? "regression" : "same";
  const before = was.judged.verdict.verdict;
  if (verdict === "pass") return before === "pass" ? "same" : "improvement";
  if (verdict === "unknown") return isLost(was.judged, now, isMadeHere) ? "regression" : "same";
  if (before !== "fail") return "regression";
  return isWorse(was.judged, now) ? "regression" : "debt";
}

/**
 * Tells how what a change removes stands. That something may be lost is a regression too: before the
 * change it was there. Not so where it only may have moved between stacks that were there before, or
 * served no trail that is in sight.
 */
export function standingOfLoss({ verdict: { verdict, because } }: Judged): Standing {
  if (verdict === "pass") return "same";
  const isOpen = ({ actual }: Reason) =>
    isUnknown(actual) && (isOpenMove(actual) || isOfNoTrail(actual));
  return verdict === "unknown" && because.every(isOpen) ? "same" : "regression";
}

/** What passed and can no longer be proven, by a fact that the change touches. */
function isLost(before: Judged, now: Judged, isMadeHere: (address: string) => boolean): boolean {
  if (before.verdict.verdict !== "pass") return false;
  return now.verdict.because.some(({ pointer, actual }) => {
    const was = valueAt(before.subject.fields, pointer);
    if (isSameFact(was, actual) || isUnknown(was)) return false;
    return !(isLink(pointer) && comesFrom(actual, isMadeHere)) && !isOfNoTrail(actual);
  });
}

/** What a trail hands its logs to may be made by the change; whether it logs at all may not. */
const isLink = (pointer: string): boolean =>
  /^\/(kmsKey|bucket|logGroup|topic)(\/|$)/.test(pointer);

/** Whether a fact is not known only because a resource of the same change gives it. */
function comesFrom(marker: unknown, isMadeHere: (address: string) => boolean): boolean {
  if (!isUnknown(marker)) return false;
  const causes = causesOf(marker);
  return causes.every(
    ({ reason, detail }) =>
      reason === "known-after-apply" && (detail ?? "").split(/\s+/).some(isMadeHere),
  );
}

/**
 * Whether nothing is known because no planned trail uses it any more: a trail that is lost says so
 * itself. What a policy or a rule says that nobody can read need not be about trails either.
 */
function isOfNoTrail(marker: unknown): boolean {
  return (
    isUnknown(marker) &&
    causesOf(marker).every(
      ({ reason, detail }) => reason === "not-collected" && OUT_OF_SIGHT.includes(detail ?? ""),
    )
  );
}

const OUT_OF_SIGHT = [USED_ELSEWHERE, UNSEEN_GUARD];

/** A flaw that was not there before, or one that has grown. */
function isWorse(before: Judged, now: Judged): boolean {
  return now.verdict.because.some((reason) => {
    if (isUnknown(reason.actual)) return false;
    const was = before.verdict.because.find(
      ({ pointer, expected }) => pointer === reason.pointer && expected === reason.expected,
    );
    if (was === undefined) return true;
    const values = [before, now].map(({ subject }) => valueAt(subject.fields, reason.pointer));
    return hasGrown(reason, values[0], values[1]);
  });
}

function hasGrown({ expected: asked }: Reason, before: unknown, now: unknown): boolean {
  const expected = asked.replace(/^either /, "");
  if (typeof before === "number" && typeof now === "number") {
    if (/^(at least|more than) /.test(expected)) return now < before;
    return /^(at most|less than) /.test(expected) && now > before;
  }
  if (!Array.isArray(before) || !Array.isArray(now)) return false;
  if (!/^(an empty list|at most )/.test(expected)) return false;
  const known = new Set(before.map((item) => JSON.stringify(item)));
  return now.some((item) => !isUnknown(item) && !known.has(JSON.stringify(item)));
}

/** How it was before, as a finding tells it; null: it was not judged then. */
export function beforeOf(was: Was, { verdict }: Judged): Before | null {
  if (was.kind !== "judged") return null;
  const { verdict: former, subject } = was.judged;
  if (former.verdict === "waived") return null;
  const facts = verdict.because.map(({ pointer }) => ({
    pointer,
    actual: bounded(valueAt(subject.fields, pointer)),
  }));
  return { verdict: former.verdict, facts };
}

/** The value at a JSON pointer, or the marker around it; undefined: there is none. */
export function valueAt(fields: object, pointer: string): unknown {
  let value: unknown = fields;
  for (const key of pointer.split("/").slice(1)) {
    const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || isUnknown(value)) return value;
    value = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  }
  return value;
}
