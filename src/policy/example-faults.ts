import type { SubjectKind } from "../subjects/schema/kinds.ts";
import { compilePolicy } from "./compile.ts";
import { exampleSubject } from "./example.ts";
import { below } from "./node.ts";
import { defaultsOf } from "./parameters.ts";
import type { Judgement, Policy, Verdict } from "./policy.ts";
import { PolicyFault } from "./refusal.ts";

/** Says what makes fields no subject of a kind; null where nothing does. */
export type SubjectCheck = (
  kind: SubjectKind,
  fields: unknown,
  pointer: string,
) => PolicyFault | null;

/** One example of a policy: the verdict it claims, its difference, and where it stands. */
export type Example = {
  claimed: Verdict;
  difference: Record<string, unknown>;
  pointer: string;
};

export function* examplesOf({ examples }: Policy): Generator<Example> {
  for (const claimed of ["pass", "fail", "unknown"] as const) {
    for (const [index, difference] of examples[claimed].entries()) {
      yield { claimed, difference, pointer: below(`/examples/${claimed}`, index) };
    }
  }
}

/** Examples that are no subject of the kind, or whose verdict is not the one claimed. */
export function* exampleFaults(policy: Policy, check: SubjectCheck): Generator<PolicyFault> {
  const { judge } = compilePolicy(policy, defaultsOf(policy));
  for (const { claimed, difference, pointer } of examplesOf(policy)) {
    const fields = exampleSubject(policy.subject, difference);
    const fault = check(policy.subject, fields, pointer);
    if (fault !== null) yield fault;
    const judgement = judge(fields);
    if (judgement?.verdict === claimed) continue;
    const what = `this example of ${claimed} ${outcome(judgement)}`;
    yield new PolicyFault(pointer, what, "Correct the example, or the policy.");
  }
}

function outcome(judgement: Judgement | null): string {
  if (judgement === null) return "is not selected by when";
  const [first] = judgement.because;
  const why = first === undefined ? "" : `: ${first.pointer} should be ${first.expected}`;
  return `is judged ${judgement.verdict}${why}`;
}
