import type { CompiledPolicy } from "../policy/compile.ts";
import type { Verdict } from "../policy/policy.ts";
import type { HeaderRecord, OrganizationRecord, SnapshotRecord } from "../snapshot/records.ts";
import type { SubjectContext } from "../subjects/join.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import { subjects } from "../subjects/subjects.ts";
import { unknownFinding } from "./account-audited.ts";
import {
  type AccountOutcome,
  type AccountReading,
  accountOutcomes,
  accountReading,
} from "./accounts.ts";
import { alerts } from "./alerts.ts";
import { type CoverageRow, coverageMap } from "./coverage.ts";
import { failures } from "./failures.ts";
import { type Explained, type Finding, inOrder } from "./finding.ts";
import { additionalTrails, judgesOf, verdictsOn } from "./judge.ts";
import { isCounted, type UnknownGroup, unknownGroups } from "./unknowns.ts";
import type { SubjectVerdict } from "./verdict.ts";

/** Everything that judging one snapshot tells. */
export type Audit = {
  header: HeaderRecord;
  accounts: AccountOutcome[];
  /** Verdicts by kind, placeholders included. */
  verdicts: Record<Verdict, number>;
  /** The alerts: failing verdicts that nothing explains, folded by place, and causes of unknowns. */
  findings: Finding[];
  /** Failing verdicts that are none. */
  explained: Explained[];
  /** Findings about trails that only repeat what others record: listed, gating nothing. */
  additional: Finding[];
  unknowns: UnknownGroup[];
  coverage: CoverageRow[];
};

export type Judging = {
  policies: readonly CompiledPolicy[];
  subjects: SubjectContext;
  /** Told every verdict, in the order of the snapshot; for `--all`. */
  each?: (verdict: SubjectVerdict) => void;
};

/** Judges a snapshot in one pass; memory grows with failing verdicts and distinct resources. */
export async function audit(
  records: AsyncIterable<SnapshotRecord>,
  { policies, subjects: context, each }: Judging,
): Promise<Audit> {
  const seen = witness();
  const tally = tallyOf();
  const judges = judgesOf(policies);
  const additional = additionalTrails();
  for await (const subject of subjects(seen.watch(records), context)) {
    tally.meet(subject);
    for (const { verdict, compiled } of verdictsOn(subject, judges, additional)) {
      tally.add(verdict, subject, compiled);
      each?.(verdict);
    }
  }
  return { ...seen.told(tally.proven), ...tally.told() };
}

/** Notes, as records pass, what is not about subjects: who asked, and which accounts were read. */
function witness() {
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
    return { header, accounts: accountOutcomes(organization, read, proven) };
  };
  return { watch, told };
}

function tallyOf() {
  const verdicts: Record<Verdict, number> = { pass: 0, fail: 0, unknown: 0 };
  const failing = failures();
  const additional = failures();
  const unknowns = unknownGroups();
  const coverage = coverageMap();
  const proven = new Set<string>();
  /** An account comes before all that is in it. */
  const meet = ({ kind, fields }: Subject) => {
    if (kind === "account" && fields.hasMultiRegionTrailLogging === true) proven.add(fields.id);
  };
  const add = (verdict: SubjectVerdict, subject: Subject, compiled: CompiledPolicy) => {
    verdicts[verdict.verdict] += 1;
    coverage.add(verdict);
    if (verdict.verdict === "fail") {
      (verdict.additional ? additional : failing).add(verdict, subject, compiled);
    }
    if (verdict.verdict === "unknown") unknowns.add(verdict, isCounted(verdict, proven));
  };
  const told = () => {
    const { findings, explained } = alerts(failing.all());
    const groups = unknowns.groups();
    const blind = groups.filter(({ counted }) => counted).map(unknownFinding);
    return {
      verdicts,
      findings: [...findings, ...blind].sort(inOrder),
      explained,
      additional: alerts(additional.all()).findings,
      unknowns: groups,
      coverage: coverage.rows(),
    };
  };
  return { proven, meet, add, told };
}
