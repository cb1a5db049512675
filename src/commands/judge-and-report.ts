import { type Audited, audit } from "../evaluate/audit.ts";
import { inOrder } from "../evaluate/finding.ts";
import { EXIT_CODES, isComplete, outcomeOf } from "../evaluate/outcome.ts";
import { type SubjectVerdict, settled } from "../evaluate/verdict.ts";
import { acceptance } from "../evaluate/waiver.ts";
import type { JudgingOptions } from "../options.ts";
import { type FormatName, isFormat } from "../report/formats.ts";
import { redactionOf } from "../report/redact.ts";
import type { Report } from "../report/report.ts";
import { json } from "../report/results.ts";
import { headline, text } from "../report/text.ts";
import type { SnapshotRecord } from "../snapshot/records.ts";
import { VERSION } from "../version.ts";
import type { Console } from "./console.ts";
import { pastOf } from "./past.ts";
import type { Rules } from "./rules.ts";
import { makeFolder, writeReports } from "./write-reports.ts";

/** Judges records, writes the files that were asked for, prints the outcome; gives the report. */
export async function judgeAndReport(
  records: AsyncIterable<SnapshotRecord>,
  rules: Rules,
  { options, console }: { options: JudgingOptions; console: Console },
): Promise<Report> {
  const report = await judged(records, rules, options);
  delivered(report, { options, console });
  return report;
}

/** Writes the files that were asked for, and prints the outcome. */
export function delivered(
  report: Report,
  { options, console }: { options: JudgingOptions; console: Console },
): void {
  makeFolder(options.out);
  const formats = options.format.filter((name): name is FormatName => isFormat(name));
  const { written, withheld } = writeReports(report, options.out, formats);
  print(report, options, console);
  console.reported?.({ report, written, folder: options.out });
  if (!options.quiet) {
    console.err(`Written: ${written.join(", ")}\n`);
    for (const { file, why } of withheld) console.err(`Not written: ${file}: ${why}.\n`);
  }
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

/** The day that decides which waivers have expired, `YYYY-MM-DD`. */
export const dayOfJudgement = (asOf?: string): string =>
  asOf ?? new Date().toISOString().slice(0, 10);

/** A part of the organization has alerts of its own: uploading it must not close those of the rest. */
const categoryOf = (scope: Rules["scope"]): string =>
  scope === null ? "trailproof" : `trailproof/${scope.name}`;

function stated(verdict: SubjectVerdict, { waiverOf }: Audited): SubjectVerdict {
  const waiver = waiverOf(verdict);
  return waiver === null ? verdict : { ...verdict, verdict: "waived", waiver: acceptance(waiver) };
}

function print(
  report: Report,
  { quiet, json: asJson, redact }: JudgingOptions,
  { out, err, paint }: Console,
): void {
  const safe = redact ? redactionOf(report) : unchanged;
  if (asJson) out(safe(json(report)));
  const say = asJson ? err : out;
  say(safe(quiet ? `${headline(report, paint).join("\n")}\n` : text(report, paint)));
}

const unchanged = (text: string): string => text;

/** The exit code of a run that reached verdicts. */
export const exitCodeOf = ({ outcome }: Report): number => EXIT_CODES[outcome];
