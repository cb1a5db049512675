import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Reported } from "../commands/console.ts";
import { regressionCount } from "../report/gate-words.ts";
import { headlineOf } from "../report/headline.ts";
import { results } from "../report/results.ts";

/** Outputs by name; empty: there is none. They hold counts, words and paths, never an id. */
type Outputs = Record<(typeof OUTPUTS)[number], string>;

/** Every output of the Action. */
export const OUTPUTS = [
  "outcome",
  "complete",
  "failed-count",
  "unknown-count",
  "new-count",
  "audited-count",
  "expected-count",
  "headline",
  "sarif-file",
  "results-file",
  "report-file",
  "snapshot-file",
] as const;

/** The outputs of a run that reached verdicts. */
export function outputsOf({ report, written, folder }: Reported): Outputs {
  const { outcome, complete, counts, accounts, baseline, gate } = results(report);
  const file = (name: string) => written.find((path) => basename(path) === name) ?? "";
  const snapshot = join(folder, "snapshot.ndjson.gz");
  const failed = Object.values(counts.findings).reduce((sum, count) => sum + count, 0);
  return {
    outcome,
    complete: String(complete),
    "failed-count": String(failed),
    "unknown-count": String(counts.unknown),
    "new-count": String(gate === undefined ? (baseline?.counts.new ?? "") : regressionCount(gate)),
    "audited-count": String(gate?.counts.judged ?? accounts.audited),
    "expected-count": String(
      gate === undefined ? accounts.expected : gate.counts.judged + gate.counts.missing,
    ),
    headline: headlineOf(report),
    "sarif-file": file("results.sarif"),
    "results-file": file("results.json"),
    "report-file": file("report.html"),
    "snapshot-file": existsSync(snapshot) ? snapshot : "",
  };
}

/** The outputs of a run that came to nothing. */
export const OUTPUTS_OF_NOTHING: Partial<Outputs> = {
  headline: "Trailproof could not run; the log says why",
};
