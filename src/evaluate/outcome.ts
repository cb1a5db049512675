import type { Severity } from "../policy/policy.ts";
import type { AccountOutcome } from "./accounts.ts";
import { atOrAbove, type Finding } from "./finding.ts";
import type { UnknownGroup } from "./unknowns.ts";

export type Outcome = "pass" | "fail" | "incomplete";
export type Threshold = Severity | "none";

/** From which severity on a finding fails the run, and an unknown makes it incomplete. */
export type Gates = { failOn: Threshold; unknownFailsAt: Threshold };

/** Exit codes, the same in the command and the Action. */
export const EXIT_CODES = { pass: 0, fail: 1, incomplete: 3 } as const satisfies Record<
  Outcome,
  number
>;

/** False exactly when an expected account was not audited in full. */
export function isComplete(accounts: readonly AccountOutcome[]): boolean {
  const expected = accounts.filter(({ state }) => state !== "skipped");
  return expected.length > 0 && expected.every(({ state }) => state === "audited");
}

/** What the run comes to; a finding goes before incompleteness. */
export function outcomeOf(
  { findings, unknowns, accounts }: Evidence,
  { failOn, unknownFailsAt }: Gates,
): Outcome {
  const gated = findings.some(
    ({ verdict, gateSeverity }) => verdict === "fail" && atOrAbove(gateSeverity, failOn),
  );
  if (gated) return "fail";
  if (!isComplete(accounts)) return "incomplete";
  const blind = unknowns.some(
    (group) => group.counted && atOrAbove(group.severity, unknownFailsAt),
  );
  return blind ? "incomplete" : "pass";
}

type Evidence = {
  findings: readonly Finding[];
  unknowns: readonly UnknownGroup[];
  accounts: readonly AccountOutcome[];
};
