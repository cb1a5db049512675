import type { CompiledPolicy } from "../policy/compile.ts";
import type { Verdict } from "../policy/policy.ts";
import type { HeaderRecord, SnapshotRecord } from "../snapshot/records.ts";
import type { SubjectContext } from "../subjects/join.ts";
import type { AccountOutcome } from "./accounts.ts";
import type { CoverageRow } from "./coverage.ts";
import type { Difference } from "./diff.ts";
import type { Past } from "./diff-history.ts";
import type { Explained, Finding, Waived } from "./finding.ts";
import { hearing } from "./hearing.ts";
import type { FrameworkRollUp } from "./roll-up.ts";
import type { ScopedFramework } from "./roll-up-scope.ts";
import type { Scope } from "./scope.ts";
import type { UnknownGroup } from "./unknowns.ts";
import type { SubjectVerdict } from "./verdict.ts";
import type { Waiver } from "./waiver.ts";
import { type WaiverNote, waiverNotes } from "./waiver-notes.ts";
import { witness } from "./witness.ts";

/** Everything that judging one snapshot tells. */
export type Audit = {
  header: HeaderRecord;
  accounts: AccountOutcome[];
  /** Verdicts by kind, placeholders included; what a waiver covers is waived, whatever it was. */
  verdicts: Record<Verdict | "waived", number>;
  /** The alerts: failing verdicts that nothing explains, folded by place, and causes of unknowns. */
  findings: Finding[];
  /** Failing verdicts that are none. */
  explained: Explained[];
  /** Findings about trails that only repeat what others record: listed, gating nothing. */
  additional: Finding[];
  /** What somebody accepted: failing or undecided, raising no alert and gating nothing. */
  waived: Waived[];
  /** What the waivers themselves ask for. */
  waivers: WaiverNote[];
  unknowns: UnknownGroup[];
  coverage: CoverageRow[];
  /** How the findings differ from those of an earlier run; null: there is none to compare with. */
  change: Difference | null;
  /** What the verdicts come to for the controls of each framework. */
  frameworks: FrameworkRollUp[];
};

export type Judging = {
  policies: readonly CompiledPolicy[];
  subjects: SubjectContext;
  /** Told every verdict, in the order of the snapshot; for `--all`. */
  each?: (verdict: SubjectVerdict) => void;
  /** What is accepted, and the day that decides which waivers have expired, `YYYY-MM-DD`. */
  accepting?: { waivers: readonly Waiver[]; today: string };
  /** What earlier runs told; left out: nothing. */
  past?: Past;
  /** The part of the organization that this is limited to; null, or left out: all of it. */
  scope?: Scope | null;
  /** The frameworks to roll verdicts up for; left out: none. */
  frameworks?: readonly ScopedFramework[];
};

const ALONE: Past = { baseline: null, carry: null };
const NOTHING = { waivers: [], today: "" };

/** An audit, and who accepted what. */
export type Audited = Audit & {
  /** The waiver that covers a failing or undecided verdict, by itself or with its root; null: none. */
  waiverOf: (verdict: SubjectVerdict) => Waiver | null;
};

/** Judges a snapshot in one pass; memory grows with failing verdicts and distinct resources. */
export async function audit(
  records: AsyncIterable<SnapshotRecord>,
  { policies, subjects, each, accepting = NOTHING, past = ALONE, ...limits }: Judging,
): Promise<Audited> {
  const { scope = null, frameworks = [] } = limits;
  const seen = witness(scope, subjects);
  const heard = hearing({ policies, accepting, past, ...(each && { each }) });
  await seen.read(records, heard.meet);
  const { waivers, history, tally, rolled } = heard;
  const run = seen.told(tally.proven);
  const told = { ...run, ...tally.told(history.carried(run, waivers)) };
  const notes = waiverNotes({ ...told, ...accepting, matched: waivers.matched, policies });
  return {
    ...told,
    ...history.compared(run, told.findings),
    waivers: notes,
    frameworks: rolled.told(
      seen.asked(frameworks, run.accounts),
      (verdict) => told.waiverOf(verdict) !== null,
    ),
  };
}
