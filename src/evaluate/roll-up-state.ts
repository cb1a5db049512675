import type { Strength } from "../policy/framework.ts";

/** What the verdicts about one account come to for one control, worst first. */
export const CONTROL_STATES = [
  "contradicted",
  "incomplete",
  "excepted",
  "not-assessed",
  "partly-supported",
  "supported",
] as const;
export type ControlState = (typeof CONTROL_STATES)[number];

/** Verdicts of one policy about one account, as bits: several subjects give several at once. */
export const PASSED = 1;
export const FAILED = 2;
export const UNDECIDED = 4;
export const WAIVED = 8;

/** One mapped policy, and the bits of its verdicts; 0: no verdict. */
export type Marked = { strength: Strength; marks: number };

/** A state, and the verdicts that made it so. */
export type Ruling = { state: ControlState; mark: number; by: readonly Strength[] };

const SUPPORTING: readonly Strength[] = ["direct", "partial"];
const MOVING: readonly Strength[] = ["direct", "partial", "prerequisite"];

/** In this order: the first that some verdict fits. */
const RULES: readonly Ruling[] = [
  { state: "contradicted", mark: FAILED, by: MOVING },
  { state: "incomplete", mark: UNDECIDED, by: SUPPORTING },
  { state: "excepted", mark: WAIVED, by: MOVING },
  { state: "supported", mark: PASSED, by: ["direct"] },
  { state: "partly-supported", mark: PASSED, by: ["partial"] },
];

const NOT_ASSESSED: Ruling = { state: "not-assessed", mark: 0, by: [] };
const DOUBTED: Ruling = { state: "incomplete", mark: UNDECIDED, by: ["prerequisite"] };

/**
 * What the verdicts of a control's policies come to. A passed prerequisite supports nothing, but an
 * undecided one withholds support: if it fails in truth, the control is contradicted.
 */
export function ruling(mapped: readonly Marked[]): Ruling {
  const fits = ({ mark, by }: Ruling) =>
    mapped.some(({ strength, marks }) => (marks & mark) !== 0 && by.includes(strength));
  const found = RULES.find(fits) ?? NOT_ASSESSED;
  return found.mark === PASSED && fits(DOUBTED) ? DOUBTED : found;
}

/** The worse of two states. */
export function worseState(a: ControlState, b: ControlState): ControlState {
  return CONTROL_STATES.indexOf(a) <= CONTROL_STATES.indexOf(b) ? a : b;
}
