import type { CompiledPolicy } from "../policy/compile.ts";
import type { Verdict } from "../policy/policy.ts";
import type { OrganizationRecord } from "../snapshot/organization-record.ts";
import type { HeaderRecord, SnapshotRecord } from "../snapshot/records.ts";
import type { SubjectContext } from "../subjects/join.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import { subjects } from "../subjects/subjects.ts";
import {
  type AccountOutcome,
  type AccountReading,
  accountOutcomes,
  accountReading,
} from "./accounts.ts";
import type { CoverageRow } from "./coverage.ts";
import type { Difference } from "./diff.ts";
import { historyOf, type Past } from "./diff-history.ts";
import type { Explained, Finding, Waived } from "./finding.ts";
import { additionalTrails, judgeSubject, judgesOf } from "./judge.ts";
import { type FrameworkRollUp, rollUp } from "./roll-up.ts";
import { frameworksInScope, type ScopedFramework } from "./roll-up-scope.ts";
import { membersOf, type Scope } from "./scope.ts";
import { inScope } from "./scope-subjects.ts";
import { tallyOf } from "./tally.ts";
import type { UnknownGroup } from "./unknowns.ts";
import type { SubjectVerdict } from "./verdict.ts";
import { NO_MATCH, type Waiver, waiversOn } from "./waiver.ts";
import { type WaiverNote, waiverNotes } from "./waiver-notes.ts";

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
  { policies, subjects: context, each, accepting = NOTHING, past = ALONE, ...limits }: Judging,
): Promise<Audited> {
  const { scope = null, frameworks = [] } = limits;
  const seen = witness(scope);
  const waivers = waiversOn(accepting.waivers, accepting.today);
  const history = historyOf(past, policies);
  const tally = tallyOf(waivers);
  const rolled = rollUp(policies, new Set(accepting.waivers.flatMap((each) => each.policies)));
  const judging = { judges: judgesOf(policies), additional: additionalTrails() };
  for await (const subject of seen.inScope(subjects(seen.watch(records), context))) {
    tally.meet(subject);
    history.meet(subject);
    rolled.meet(subject);
    judgeSubject(subject, judging, (verdict, compiled) => {
      const match = verdict.verdict === "pass" ? NO_MATCH : waivers.match(verdict);
      const told = { verdict, subject, compiled, match, waived: match.live !== null };
      tally.add(told);
      rolled.add(told);
      history.see(verdict);
      each?.(verdict);
    });
  }
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

/** Notes, as records pass, what is not about subjects: who asked, and which accounts were read. */
function witness(scope: Scope | null) {
  let header: HeaderRecord | null = null;
  let organization: OrganizationRecord | null = null;
  const read = new Map<string, AccountReading>();
  async function* watch(records: AsyncIterable<SnapshotRecord>) {
    for await (const record of records) {
      if (record.kind === "header") header = record;
      if (record.kind === "organization") organization = record;
      if (record.kind === "account") read.set(record.id, accountReading(record));
      yield record;
    }
  }
  const told = (proven: ReadonlySet<string>) => {
    if (header === null) throw new Error("a snapshot begins with a header");
    const accounts = accountOutcomes(organization, read, proven);
    if (scope === null) return { header, accounts };
    const members = membersOf(scope, organization);
    return { header, accounts: accounts.filter(({ id }) => members.has(id)) };
  };
  return {
    watch,
    told,
    inScope: (all: AsyncIterable<Subject>) =>
      scope === null ? all : inScope(all, () => membersOf(scope, organization)),
    asked: (frameworks: readonly ScopedFramework[], accounts: readonly AccountOutcome[]) =>
      frameworksInScope(frameworks, { scope, organization, accounts }),
  };
}
