import { type CompiledPolicy, render, renderCommand } from "../policy/compile.ts";
import type { Because, Policy, Verdict } from "../policy/policy.ts";
import { once } from "../snapshot/once.ts";
import { isKnown } from "../snapshot/unknown.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import type { Judges } from "./judges.ts";
import { type Reason, reference, type SubjectReference, type SubjectVerdict } from "./verdict.ts";

/** Which trails only repeat what others record; filled as trail subjects pass. */
export type AdditionalTrails = { note(subject: Subject): void; only(subject: Subject): boolean };

export function additionalTrails(): AdditionalTrails {
  const arns = new Set<string>();
  return {
    note: (subject) => {
      if (subject.kind === "trail" && subject.fields.role === "additional")
        arns.add(subject.fields.id);
    },
    only: ({ kind, fields }) => {
      if (kind === "trail") return arns.has(fields.id);
      if (kind !== "bucket" && kind !== "key" && kind !== "log-group") return false;
      return (
        fields.trails.length > 0 && fields.trails.every((arn) => isKnown(arn) && arns.has(arn))
      );
    },
  };
}

/** A subject that policies are asked about, and what every verdict about it says. */
export type Asked = { subject: Subject; about: SubjectReference; isAdditional: boolean };

/** Told each verdict by itself: most are passes, of which few take more than the fact. */
export type Answer = (verdict: Verdict, compiled: CompiledPolicy, asked: Asked) => void;

/** Tells every verdict about one subject, in the order of the policies. */
export function judgeSubject(
  subject: Subject,
  { judges, additional }: { judges: Judges; additional: AdditionalTrails },
  answer: Answer,
): void {
  additional.note(subject);
  const asked = { subject, about: reference(subject), isAdditional: additional.only(subject) };
  for (const { compiled, verdictOf } of judges.get(subject.kind) ?? []) {
    const verdict = verdictOf(subject.fields);
    if (verdict !== null) answer(verdict, compiled, asked);
  }
}

/**
 * A verdict as it is told; passes carry no reasons. Reasons and texts are worked out when they are
 * first read, since most failing verdicts fold into others; whoever keeps a verdict keeps `settled`
 * of it, or the whole account stays in memory with it.
 */
export function subjectVerdict(
  verdict: Verdict,
  compiled: CompiledPolicy,
  asked: Asked,
): SubjectVerdict {
  const { id: policy, severity } = compiled.policy;
  const known = {
    policy,
    severity,
    verdict,
    subject: asked.about,
    additional: isAside(compiled, asked),
    because: NOTHING,
    message: "",
    fix: "",
  };
  return verdict === "pass" ? known : explained(known, compiled, asked.subject);
}

/** Whether a verdict concerns only trails whose events other trails record already. */
export function isAside({ policy }: CompiledPolicy, { isAdditional }: Asked): boolean {
  return isAdditional && policy.gatesAdditional !== true;
}

const NOTHING: Reason[] = [];
const NO_ADVICE = { message: "", fix: "" };

function explained(
  known: SubjectVerdict,
  compiled: CompiledPolicy,
  subject: Subject,
): SubjectVerdict {
  const because = once(() => reasons(compiled, subject));
  const advised = once(() =>
    known.verdict === "fail" ? advice(compiled.policy, subject) : NO_ADVICE,
  );
  return {
    ...known,
    get because() {
      return because();
    },
    get message() {
      return advised().message;
    },
    get fix() {
      return advised().fix;
    },
  };
}

function reasons(compiled: CompiledPolicy, subject: Subject): Reason[] {
  const judgement = compiled.judge(subject.fields);
  return (judgement?.because ?? []).map((each) => traced(each, subject));
}

function advice({ message, fix }: Policy, { fields }: Subject) {
  const words = fix.text ?? fix.terraform ?? fix.cloudformation ?? "";
  const mended = fix.cli === undefined ? render(words, fields) : renderCommand(fix.cli, fields);
  return { message: render(message, fields), fix: mended.trim() };
}

const traced = (because: Because, subject: Subject): Reason => ({
  ...because,
  requestId: subject.requestId(because.pointer),
});
