import type { CompiledPolicy } from "../policy/compile.ts";
import type { Policy } from "../policy/policy.ts";
import { isKnown } from "../snapshot/unknown.ts";
import type { Cause, Repairs, Subject } from "../subjects/schema/kinds.ts";

/** A flaw that may be why a verdict fails, and what would prove it. */
export type Link = {
  /** The policy whose failure is the cause. */
  policy: string;
  /** The subject that it fails on; `{account}` and `{region}` stand for the place of the effect. */
  id: string;
  /** What repairing it changes; null where an error proves it instead. */
  cause: Cause | null;
  /** Beginnings of the errors that this cause gives; null where they must be equal. */
  errors: readonly string[] | null;
};

/** Whether the verdict would pass if these flaws were repaired. */
export type Proof = (causes: readonly Cause[]) => boolean;

/** Every flaw that may be why this subject fails this policy. */
export function linksOf(
  subject: Subject,
  compiled: CompiledPolicy,
  repairs: Repairs | null,
): { links: readonly Link[]; proof: Proof } {
  const links = [
    ...(compiled.policy.explainedBy ?? []).flatMap((each) => named(each, repairs)),
    ...ownersReplica(subject, compiled.policy),
  ];
  return { links, proof: proofOf(compiled, repairs) };
}

/** Thousands of subjects share a situation and ask the same: each answer is worked out once. */
function proofOf(compiled: CompiledPolicy, repairs: Repairs | null): Proof {
  const answers = new Map<string, boolean>();
  return (causes) => {
    if (repairs === null) return false;
    const key = causes.map(({ id, repair }) => `${repair} ${id}`).join();
    const known = answers.get(key);
    if (known !== undefined) return known;
    const verdict = compiled.verdict(repairs.repaired(causes));
    const answer = verdict === "pass" || verdict === null;
    answers.set(key, answer);
    return answer;
  };
}

type Explanation = NonNullable<Policy["explainedBy"]>[number];

function named(explanation: Explanation, repairs: Repairs | null): Link[] {
  if (repairs === null) return [];
  const { policy } = explanation;
  if ("repair" in explanation) {
    return repairs.causes
      .filter((cause) => cause.repair === explanation.repair)
      .map((cause) => ({ policy, id: cause.id, cause, errors: null }));
  }
  const id = repairs.related[explanation.on];
  return id === undefined ? [] : [{ policy, id, cause: null, errors: explanation.errors }];
}

/** What fails in a member as it fails for the owner, with the same error, is the owner's flaw. */
function ownersReplica(subject: Subject, { id: policy }: Policy): Link[] {
  if (subject.kind !== "replica") return [];
  const { arn, accountId, trailAccountId, homeRegion } = subject.fields;
  if (!isKnown(trailAccountId) || !isKnown(homeRegion) || trailAccountId === accountId) return [];
  return ["{region}", homeRegion].map((region) => ({
    policy,
    id: `${arn}@${trailAccountId}/${region}`,
    cause: null,
    errors: null,
  }));
}
