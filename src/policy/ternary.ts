import type { Verdict } from "./policy.ts";

/** A verdict as a number, so that "and" is the least, "or" the greatest and "not" the mirror. */
export type Ternary = 0 | 1 | 2;
export const FAIL = 0;
export const UNKNOWN = 1;
export const PASS = 2;

const VERDICTS = ["fail", "unknown", "pass"] as const satisfies Verdict[];

/** The verdict that a number stands for. */
export function verdictOf(value: Ternary): Verdict {
  return VERDICTS[value];
}

/** Pass where it holds, else fail. */
export function decided(holds: boolean): Ternary {
  return holds ? PASS : FAIL;
}

/** Fail for pass, pass for fail; unknown stays unknown. */
export function negated(value: Ternary): Ternary {
  if (value === UNKNOWN) return UNKNOWN;
  return value === PASS ? FAIL : PASS;
}

/** The verdict of "both". */
export function both(a: Ternary, b: Ternary): Ternary {
  return a < b ? a : b;
}

/** The verdict of "at least one". */
export function either(a: Ternary, b: Ternary): Ternary {
  return a > b ? a : b;
}
