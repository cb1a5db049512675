import { idOf, type StackState } from "./records/world.ts";

/** The policies with which CloudFormation leaves a resource in AWS when it leaves its stack. */
const RETAINING = ["Retain", "RetainExceptOnCreate"];

/**
 * The ids (`stack#address`) of those resources, of the states before a change, that stay in AWS where
 * a template no longer has them: CloudFormation goes by what the template said that made them.
 */
export function retained(states: readonly StackState[]): Set<string> {
  return new Set(
    states.flatMap(({ stack, state }) =>
      state.resources
        .filter(({ values }) => RETAINING.some((each) => each === values["$deletionPolicy"]))
        .map(({ address }) => idOf(stack, address)),
    ),
  );
}
