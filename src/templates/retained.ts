import { idOf, type StackState } from "./records/world.ts";
import type { TemplateResource } from "./resource.ts";

/** The policies with which CloudFormation leaves a resource in AWS when it leaves its stack. */
const RETAINING = ["Retain", "RetainExceptOnCreate"];

/** Types of Terraform's that are judged here and can leave AWS as it is. */
const SKIPPING = ["aws_organizations_policy", "aws_organizations_policy_attachment"];

/**
 * The ids (`stack#address`) of those resources, of the states before a change, that stay in AWS where
 * a template no longer has them: CloudFormation goes by what the template said that made them, and
 * Terraform by `skip_destroy` of those that know it.
 */
export const retained = (states: readonly StackState[]): Set<string> =>
  idsOf(
    states,
    ({ type, values }) =>
      isRetaining(values["$deletionPolicy"]) ||
      (SKIPPING.includes(type) && values["skip_destroy"] === true),
  );

/**
 * The ids of those of which CloudFormation leaves the old one in AWS where a new one takes its place.
 * Which of the two templates counts is written nowhere, so both have to say so.
 */
export function retainedOnReplacement(
  before: readonly StackState[],
  after: readonly StackState[],
): Set<string> {
  const isKept: Test = ({ values }) => isRetaining(values["$updateReplacePolicy"]);
  const now = idsOf(after, isKept);
  return new Set([...idsOf(before, isKept)].filter((id) => now.has(id)));
}

/** Whether a policy of CloudFormation leaves a resource in AWS. */
export const isRetaining = (policy: unknown): boolean => RETAINING.some((each) => each === policy);

type Test = (resource: TemplateResource) => boolean;

/** Those that pass in each state that has them. */
function idsOf(states: readonly StackState[], test: Test): Set<string> {
  const all = states.flatMap(({ stack, state }) =>
    state.resources.map((each) => ({ id: idOf(stack, each.address), passes: test(each) })),
  );
  const failing = new Set(all.filter(({ passes }) => !passes).map(({ id }) => id));
  return new Set(all.map(({ id }) => id).filter((id) => !failing.has(id)));
}
