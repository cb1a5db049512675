import { hasVariable, isPositive } from "./condition.ts";
import type { Condition, NamedPrincipal, PolicyDocument, Statement } from "./document.ts";
import { globExtent } from "./glob.ts";

/** A principal whom a statement lets do one of the actions, before any deny. */
export type AllowedPrincipal = {
  /** As the statement names it; everyone (AWS `*`) where it allows all but those it names, or names none. */
  principal: NamedPrincipal;
  statement: Statement;
  /** What its conditions hold the principal to; empty: nothing that is understood. */
  bounds: Bound[];
};

/** A condition that holds only for these values of a key: who asks, or on whose behalf. */
export type Bound = { key: BoundKey; values: readonly string[] };

const BOUND_KEYS = [
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "kms:calleraccount",
] as const;
export type BoundKey = (typeof BOUND_KEYS)[number];

/** Who may do one of the actions (as in s3:GetObject; ANY is allowed), statement by statement. */
export function principalsAllowed(
  { statements }: PolicyDocument,
  actions: readonly string[],
): AllowedPrincipal[] {
  return statements
    .filter((each) => each.effect === "Allow" && isAbout(each, actions))
    .flatMap((statement) => {
      const bounds = statement.conditions.flatMap(boundOf);
      return namedBy(statement).map((principal) => ({ principal, statement, bounds }));
    });
}

function isAbout({ actions: { not, values } }: Statement, actions: readonly string[]): boolean {
  return actions.some((each) => {
    const action = each.toLowerCase();
    return not
      ? values.every((pattern) => globExtent(pattern, action).always !== true)
      : values.some((pattern) => globExtent(pattern, action).ever !== false);
  });
}

function namedBy({ principals }: Statement): readonly NamedPrincipal[] {
  const everyone: NamedPrincipal = { type: "AWS", value: "*" };
  return principals === null || principals.not ? [everyone] : principals.values;
}

function boundOf(condition: Condition): Bound[] {
  const key = BOUND_KEYS.find((each) => each === condition.key);
  const isClear = condition.values.length > 0 && !condition.values.some(hasVariable);
  return key !== undefined && isClear && isPositive(condition)
    ? [{ key, values: condition.values }]
    : [];
}
