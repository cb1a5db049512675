import { type CompiledPolicy, render, renderCommand } from "../policy/compile.ts";
import type { Because, Policy } from "../policy/policy.ts";
import { isKnown } from "../snapshot/unknown.ts";
import type { Subject, SubjectKind } from "../subjects/schema/kinds.ts";
import { type Reason, reference, type SubjectVerdict } from "./verdict.ts";

/** The policies to judge by, by the kind of subject that they ask. */
export type Judges = ReadonlyMap<SubjectKind, readonly CompiledPolicy[]>;

export function judgesOf(policies: readonly CompiledPolicy[]): Judges {
  const groups = new Map<SubjectKind, CompiledPolicy[]>();
  for (const each of policies) {
    const group = groups.get(each.policy.subject);
    if (group === undefined) groups.set(each.policy.subject, [each]);
    else group.push(each);
  }
  return groups;
}

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

/**
 * Tells every verdict about one subject, in the order of the policies; passes carry no reasons. Reasons
 * and texts are worked out when they are first read, since most failing verdicts fold into others;
 * whoever keeps a verdict keeps `settled` of it, or the whole account stays in memory with it.
 */
export function judgeSubject(
  subject: Subject,
  { judges, additional }: { judges: Judges; additional: AdditionalTrails },
  tell: (verdict: SubjectVerdict, compiled: CompiledPolicy) => void,
): void {
  additional.note(subject);
  const about = reference(subject);
  const isAdditional = additional.only(subject);
  for (const compiled of judges.get(subject.kind) ?? []) {
    const verdict = compiled.verdict(subject.fields);
    if (verdict === null) continue;
    const { id: policy, severity, gatesAdditional = false } = compiled.policy;
    const known = {
      policy,
      severity,
      verdict,
      subject: about,
      additional: !gatesAdditional && isAdditional,
      because: NOTHING,
      message: "",
      fix: "",
    };
    tell(verdict === "pass" ? known : explained(known, compiled, subject), compiled);
  }
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

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
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
