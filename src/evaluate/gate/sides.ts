import type { CompiledPolicy } from "../../policy/compile.ts";
import type { Unknown } from "../../snapshot/unknown.ts";
import type { Subject } from "../../subjects/schema/kinds.ts";
import { additionalTrails, judgeSubject, subjectVerdict } from "../judge.ts";
import { judgesOf } from "../judges.ts";
import { type SubjectVerdict, settled } from "../verdict.ts";

/** One way in which what is planned may turn out. */
export type Possibility = {
  /** What is taken for granted for a subject, by its id, as in `IsProd is false`; null: nothing. */
  assuming: (id: string) => string | null;
  /** The file of values that stacks are taken to be applied with; absent: what is said, or the defaults. */
  appliedWith?: string;
  subjects: readonly Subject[];
  /** Whether there will be such a resource, by the subject's id, or why that is not known. */
  presenceOf: (id: string) => true | Unknown;
};

/** A verdict about a planned resource; of several possibilities the worst. */
export type Judged = { verdict: SubjectVerdict; subject: Subject; compiled: CompiledPolicy };

/** Verdicts by the file of values that what they are about is applied with; null: by none. */
export type InWays = ReadonlyMap<string | null, Judged>;

/** All verdicts of one side, before or after a change. */
export type Side = {
  /** The worst of each in all ways, and in each of them. */
  verdicts: ReadonlyMap<string, Judged & { inWays: InWays }>;
  /** The ids of all subjects, judged or not. */
  subjects: ReadonlySet<string>;
  /** The files of values that were tried. */
  appliedWith: ReadonlySet<string>;
};

/** What a verdict is found by: one of a policy on one subject. */
export const sideKey = (policy: string, subjectId: string): string => `${policy} ${subjectId}`;

type Heard = Judged & { fails: Set<string | null>; heard: Set<string | null> };

/**
 * Judges a side: a verdict passes only where it does in every possibility, and what may not be there
 * at all fails for nobody.
 */
export function sideOf(
  possibilities: readonly Possibility[],
  policies: readonly CompiledPolicy[],
): Side {
  const judges = judgesOf(policies);
  const verdicts: AllHeard = new Map();
  const subjects = new Set<string>();
  const files = new Set<string>();
  for (const { assuming, appliedWith, subjects: all, presenceOf } of possibilities) {
    if (appliedWith !== undefined) files.add(appliedWith);
    const judging = { judges, additional: additionalTrails() };
    for (const subject of all) {
      const { id } = subject.fields;
      subjects.add(id);
      judgeSubject(subject, judging, (said, compiled, asked) => {
        const told = subjectVerdict(said, compiled, asked);
        const verdict = doubted(told, presenceOf(id));
        const judged = { verdict, subject, compiled };
        hear(waysOf(verdicts, judged), judged, { appliedWith, assuming: assuming(id) });
      });
    }
  }
  return { verdicts: mapped(verdicts, worstOf), subjects, appliedWith: files };
}

type AllHeard = Map<string, Map<string | null, Heard>>;

function waysOf(verdicts: AllHeard, { verdict, subject }: Judged): Map<string | null, Heard> {
  const key = sideKey(verdict.policy, subject.fields.id);
  const known = verdicts.get(key) ?? new Map<string | null, Heard>();
  verdicts.set(key, known);
  return known;
}

const RANK = { fail: 0, waived: 0, unknown: 1, pass: 2 } as const;

const isWorse = (one: Judged, other: Judged): boolean =>
  RANK[one.verdict.verdict] < RANK[other.verdict.verdict];

type Taken = { appliedWith: string | undefined; assuming: string | null };

function hear(ways: Map<string | null, Heard>, judged: Judged, taken: Taken): void {
  const way = taken.appliedWith ?? null;
  const before = ways.get(way);
  const fails = before?.fails ?? new Set();
  const heard = before?.heard ?? new Set();
  const assuming =
    taken.assuming ?? (way === null ? null : `another stack is applied with ${way.slice(0, 300)}`);
  heard.add(assuming);
  if (judged.verdict.verdict === "fail") fails.add(assuming);
  const isNext = before === undefined || isWorse(judged, before);
  ways.set(way, { ...(isNext ? judged : before), fails, heard });
}

function worstOf(ways: ReadonlyMap<string | null, Heard>): Judged & { inWays: InWays } {
  const inWays = new Map(
    [...ways].map(([way, heard]) => [way, conditional(heard, way !== null)] as const),
  );
  const [first, ...others] = inWays.values();
  if (first === undefined) throw new Error("a verdict was heard in some way");
  return {
    ...others.reduce((worst, each) => (isWorse(each, worst) ? each : worst), first),
    inWays,
  };
}

/** What may not be there at all may fail for nobody: then it is not known. */
function doubted(verdict: SubjectVerdict, presence: true | Unknown): SubjectVerdict {
  if (presence === true || verdict.verdict !== "fail") return verdict;
  const because = [{ pointer: "", expected: "such a resource", actual: presence, requestId: null }];
  return { ...settled(verdict), verdict: "unknown", because, message: "", fix: "" };
}

/** Says under which assumption a verdict fails, unless it does so under each and nobody has to know. */
function conditional({ verdict, subject, compiled, fails, heard }: Heard, isTold: boolean): Judged {
  const [assuming = null] = fails;
  const isAlways = fails.size === heard.size && !isTold;
  if (assuming === null || isAlways) return { verdict, subject, compiled };
  const kept = settled(verdict);
  return {
    verdict: { ...kept, message: `When ${assuming}: ${kept.message}` },
    subject,
    compiled,
  };
}

const mapped = <K, A, B>(map: ReadonlyMap<K, A>, change: (value: A) => B): Map<K, B> =>
  new Map([...map].map(([key, value]) => [key, change(value)]));
