import { acceptance } from "../evaluate/waiver.ts";
import { baselineOf } from "./change-text.ts";
import { gateResults } from "./gate-words.ts";
import { notes } from "./notes.ts";
import type { Report } from "./report.ts";
import { RESULTS_FORMAT } from "./results-format.ts";
import type { Results } from "./results-schema.ts";

/** What results.json holds. */
export function results(report: Report): Results {
  const { version, outcome, complete, audit, gate, parameters, verdicts } = report;
  const told = gate === null ? null : gateResults(report, gate);
  return {
    format: RESULTS_FORMAT,
    version,
    startedAt: audit.header.startedAt,
    outcome,
    complete,
    accounts: accountCounts(audit.accounts),
    counts: {
      verdicts: audit.verdicts,
      findings: bySeverity(audit.findings),
      unknown:
        told?.undecided.length ??
        audit.findings.filter(({ verdict }) => verdict === "unknown").length,
    },
    parameters,
    findings: audit.findings,
    explained: audit.explained,
    waived: audit.waived.map((each) => ({ ...each, waiver: acceptance(each.waiver) })),
    ...(audit.change === null ? {} : { baseline: baselineOf(audit.change) }),
    ...(told === null ? {} : { gate: told }),
    notes: notes(audit),
    frameworks: audit.frameworks,
    ...(verdicts === null ? {} : { verdicts: verdicts.map(({ additional: _, ...rest }) => rest) }),
  };
}

function accountCounts(list: Results["accounts"]["list"]): Results["accounts"] {
  const of = (state: string) => list.filter((account) => account.state === state).length;
  return {
    expected: list.length - of("skipped"),
    audited: of("audited"),
    partial: of("partial"),
    unreachable: of("unreachable"),
    skipped: of("skipped"),
    list,
  };
}

function bySeverity(findings: Results["findings"]): Results["counts"]["findings"] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity, verdict } of findings) if (verdict === "fail") counts[severity] += 1;
  return counts;
}

/** results.json as text. */
export const json = (report: Report): string => `${JSON.stringify(results(report), null, 2)}\n`;
