import { type Audited, audit } from "../evaluate/audit.ts";
import { inOrder } from "../evaluate/finding.ts";
import { EXIT_CODES, isComplete, outcomeOf } from "../evaluate/outcome.ts";
import { type SubjectVerdict, settled } from "../evaluate/verdict.ts";
import { acceptance } from "../evaluate/waiver.ts";
import type { JudgingOptions } from "../options.ts";
import type { Report } from "../report/report.ts";
import type { SnapshotRecord } from "../snapshot/records.ts";
import { VERSION } from "../version.ts";
import type { Console } from "./console.ts";
import { delivered } from "./deliver.ts";
import { pastOf } from "./past.ts";
import type { Rules } from "./rules.ts";
import { dayOfJudgement } from "./waivers.ts";

/** Judges records, writes the files that were asked for, prints the outcome; gives the report. */
export async function judgeAndReport(
  records: AsyncIterable<SnapshotRecord>,
  rules: Rules,
  { options, console }: { options: JudgingOptions; console: Console },
): Promise<Report> {
  const report = await judged(records, rules, options);
  await delivered(report, { options, console });
  return report;
}

async function judged(
  records: AsyncIterable<SnapshotRecord>,
  { policies, compiled, parameters, subjects, waivers, scope, frameworks }: Rules,
  { failOn, unknownFailsAt, category, redact, all, asOf, ...files }: JudgingOptions,
): Promise<Report> {
  const past = await pastOf(files);
  const verdicts: SubjectVerdict[] = [];
  const told = await audit(records, {
    policies: compiled,
    subjects,
    // Verdicts know no clock; whether a waiver has expired is asked of the day of judgement.
    accepting: { waivers, today: dayOfJudgement(asOf) },
    past,
    scope,
    frameworks,
    ...(all ? { each: (verdict) => void verdicts.push(settled(verdict)) } : {}),
  });
  return {
    version: VERSION,
    outcome: outcomeOf(told, { failOn, unknownFailsAt }),
    complete: isComplete(told.accounts),
    audit: told,
    gate: null,
    policies,
    frameworks: frameworks.map(({ framework }) => framework),
    parameters,
    failOn,
    unknownFailsAt,
    category: category ?? categoryOf(scope),
    redact,
    carriesForward: past.carry !== null,
    // Accounts come in the order in which they were read, which differs from run to run.
    verdicts: all ? verdicts.map((each) => stated(each, told)).sort(inOrder) : null,
  };
}

/** A part of the organization has alerts of its own: uploading it must not close those of the rest. */
const categoryOf = (scope: Rules["scope"]): string =>
  scope === null ? "trailproof" : `trailproof/${scope.name}`;

function stated(verdict: SubjectVerdict, { waiverOf }: Audited): SubjectVerdict {
  const waiver = waiverOf(verdict);
  return waiver === null ? verdict : { ...verdict, verdict: "waived", waiver: acceptance(waiver) };
}

/** The exit code of a run that reached verdicts. */
export const exitCodeOf = ({ outcome }: Report): number => EXIT_CODES[outcome];
