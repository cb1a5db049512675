import type { Audit } from "../evaluate/audit.ts";
import type { Gate } from "../evaluate/gate/gate.ts";
import type { Outcome, Threshold } from "../evaluate/outcome.ts";
import type { SubjectVerdict } from "../evaluate/verdict.ts";
import type { Framework } from "../policy/framework.ts";
import type { Policy } from "../policy/policy.ts";

/** All that a report may show. Plain data: a reporter turns it into text and does nothing else. */
export type Report = {
  /** The program's version. */
  version: string;
  outcome: Outcome;
  complete: boolean;
  audit: Audit;
  /** Of a planned change, what it is compared with, and how; null: a live scan or snapshot. */
  gate: Gate | null;
  /** The policies that judged, by id. */
  policies: readonly Policy[];
  /** The frameworks that were asked for, whatever verdicts come to for them. */
  frameworks: readonly Framework[];
  /** The values that the policies' parameters had. */
  parameters: Record<string, unknown>;
  failOn: Threshold;
  unknownFailsAt: Threshold;
  category: string;
  /** Whether what people other than its owners may read must do without account ids and ARNs. */
  redact: boolean;
  /** Whether findings of an earlier run stand where this one could not look. */
  carriesForward: boolean;
  /** Every verdict, where `--all` asked for them. */
  verdicts: readonly SubjectVerdict[] | null;
};
