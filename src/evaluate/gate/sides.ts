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
  subjects: readonly Subject[];
  /** Whether there will be such a resource, by the subject's id, or why that is not known. */
  presenceOf: (id: string) => true | Unknown;
};

/** A verdict about a planned resource; of several possibilities the worst. */
export type Judged = { verdict: SubjectVerdict; subject: Subject; compiled: CompiledPolicy };

/** All verdicts of one side, before or after a change. */
export type Side = {
  verdicts: ReadonlyMap<string, Judged>;
  /** The ids of all subjects, judged or not. */
  subjects: ReadonlySet<string>;
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
  const verdicts = new Map<string, Heard>();
  const subjects = new Set<string>();
  for (const { assuming, subjects: all, presenceOf } of possibilities) {
    const judging = { judges, additional: additionalTrails() };
    for (const subject of all) {
      subjects.add(subject.fields.id);
      judgeSubject(subject, judging, (said, compiled, asked) => {
        const told = subjectVerdict(said, compiled, asked);
        const verdict = doubted(told, presenceOf(subject.fields.id));
        hear(verdicts, { verdict, subject, compiled }, assuming(subject.fields.id));
      });
    }
  }
  return { verdicts: mapped(verdicts, conditional), subjects };
}

const RANK = { fail: 0, waived: 0, unknown: 1, pass: 2 } as const;

function hear(verdicts: Map<string, Heard>, judged: Judged, assuming: string | null): void {
  const { verdict, subject } = judged;
  const key = sideKey(verdict.policy, subject.fields.id);
  const before = verdicts.get(key);
  const fails = before?.fails ?? new Set();
  const heard = before?.heard ?? new Set();
  heard.add(assuming);
  if (verdict.verdict === "fail") fails.add(assuming);
  const isWorse = before === undefined || RANK[verdict.verdict] < RANK[before.verdict.verdict];
  verdicts.set(key, { ...(isWorse ? judged : before), fails, heard });
}

/** What may not be there at all may fail for nobody: then it is not known. */
function doubted(verdict: SubjectVerdict, presence: true | Unknown): SubjectVerdict {
  if (presence === true || verdict.verdict !== "fail") return verdict;
  const because = [{ pointer: "", expected: "such a resource", actual: presence, requestId: null }];
  return { ...settled(verdict), verdict: "unknown", because, message: "", fix: "" };
}

/** Says under which assumption a verdict fails, unless it does so under each. */
function conditional({ verdict, subject, compiled, fails, heard }: Heard): Judged {
  const [assuming = null] = fails;
  if (assuming === null || fails.size === heard.size) return { verdict, subject, compiled };
  const kept = settled(verdict);
  return {
    verdict: { ...kept, message: `When ${assuming}: ${kept.message}` },
    subject,
    compiled,
  };
}

const mapped = <K, A, B>(map: ReadonlyMap<K, A>, change: (value: A) => B): Map<K, B> =>
  new Map([...map].map(([key, value]) => [key, change(value)]));
