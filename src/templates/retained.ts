import { idOf, type StackState } from "./records/world.ts";

/** The policies with which CloudFormation leaves a resource in AWS when it leaves its stack. */
const RETAINING = ["Retain", "RetainExceptOnCreate"];

/** Types of Terraform's that are judged here and can leave AWS as it is. */
const SKIPPING = ["aws_organizations_policy", "aws_organizations_policy_attachment"];

/**
 * The ids (`stack#address`) of those resources, of the states before a change, that stay in AWS where
 * a template no longer has them: CloudFormation goes by what the template said that made them, and
 * Terraform by `skip_destroy` of those that know it.
 */
export function retained(states: readonly StackState[]): Set<string> {
  return new Set(
    states.flatMap(({ stack, state }) =>
      state.resources
        .filter(
          ({ type, values }) =>
            RETAINING.some((each) => each === values["$deletionPolicy"]) ||
            (SKIPPING.includes(type) && values["skip_destroy"] === true),
        )
        .map(({ address }) => idOf(stack, address)),
    ),
  );
}
