import type { Comparison, Expression } from "./expression.ts";
import { globContains, globMatches } from "./glob.ts";

/** Of more steps than these a proof is given up; patterns are written by those who are judged. */
const MOST_STEPS = 20_000;

/** Whether all that one JSON pattern catches the other catches too; false: that is not proven. */
export function implies(one: Expression, other: Expression): boolean {
  let left = MOST_STEPS;
  const proven = (given: Expression, wanted: Expression): boolean => {
    left -= 1;
    if (left <= 0) return false;
    if (given.kind === "or") return given.parts.every((part) => proven(part, wanted));
    if (wanted.kind === "and") return wanted.parts.every((part) => proven(given, part));
    if (wanted.kind === "or" && wanted.parts.some((part) => proven(given, part))) return true;
    if (given.kind === "and") {
      return given.parts.some((part) => proven(part, wanted)) || proveEach(given.parts, wanted);
    }
    if (given.kind !== "comparison" || wanted.kind !== "comparison") return false;
    return impliesComparison(given, wanted);
  };
  /** `a && (b || c)` is `a && b || a && c`. */
  const proveEach = (parts: readonly Expression[], wanted: Expression): boolean => {
    const inner = parts.flatMap((part) => (part.kind === "and" ? part.parts : part));
    const at = inner.findIndex(({ kind }) => kind === "or");
    const choice = inner[at];
    if (choice?.kind !== "or") return false;
    return choice.parts.every((part) =>
      proven({ kind: "and", parts: inner.with(at, part) }, wanted),
    );
  };
  return proven(one, other);
}

function impliesComparison(given: Comparison, wanted: Comparison): boolean {
  if (given.path.join(".") !== wanted.path.join(".")) return false;
  const isSame = given.operator === wanted.operator && given.isRegex === wanted.isRegex;
  if (isSame && given.value === wanted.value) return true;
  // Whatever compares a field asks that it be there.
  if (wanted.operator === "EXISTS") return given.operator !== "NOT EXISTS" && !isNullness(given);
  if (given.isRegex || wanted.isRegex || given.path.includes("*")) return false;
  const [was, now] = [given.value, wanted.value];
  if (given.operator === "=" && wanted.operator === "=") return globContains(now, was);
  if (given.operator === "!=" && wanted.operator === "!=") return globContains(was, now);
  return given.operator === "=" && wanted.operator === "!=" && isPlain(was) && isOther(was, now);
}

/** Whether a field that is not there is null is nowhere said. */
const isNullness = ({ operator }: Comparison): boolean => operator === "IS NULL";

const isPlain = (value: string): boolean => !value.includes("*");
const isOther = (value: string, pattern: string): boolean => !globMatches(pattern, value);
