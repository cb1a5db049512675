import { ACCOUNT_AUDITED } from "../evaluate/account-audited.ts";
import { compare } from "../evaluate/accounts.ts";
import type { Finding } from "../evaluate/finding.ts";
import { standings, worstFirst } from "./planned.ts";
import type { Report } from "./report.ts";
import { SOURCE_ROOT, sarifResult } from "./sarif-result.ts";
import { controlsOfPolicies, sarifRule } from "./sarif-rule.ts";

/** GitHub keeps the 5,000 worst results of a run and rejects a file with more than 25,000. */
const RESULT_LIMIT = 5_000;

/**
 * A SARIF 2.1.0 file: one run, a rule for every policy that judged, a result for every finding. What
 * is planned has a tool name of its own, so that neither upload closes the other's alerts.
 */
export function sarif(report: Report): string {
  const own = report.gate === null ? [ACCOUNT_AUDITED] : [];
  const rules = [...report.policies, ...own].sort((a, b) => compare(a.id, b.id));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const worst = ordered(report);
  const kept = worst.slice(0, RESULT_LIMIT);
  const mapped = controlsOfPolicies(report.frameworks);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.gate === null ? "Trailproof" : "Trailproof Gate",
            semanticVersion: report.version,
            rules: rules.map((policy) => sarifRule(policy, report, mapped)),
          },
        },
        automationDetails: { id: `${report.category}/` },
        ...(report.gate === null ? {} : { originalUriBaseIds: SOURCE_ROOT }),
        invocations: [invocation(report, worst.length - kept.length)],
        results: kept.map((each) => sarifResult(each, report, indexes.get(each.policy) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Whether a file may replace the one before it: what it lacks, GitHub takes for mended. */
export function mayReplace({ gate, complete, carriesForward }: Report): boolean {
  return gate === null ? complete || carriesForward : gate.missing.length === 0;
}

/** The worst first; of a change what it breaks before what was broken already. */
function ordered(report: Report): Finding[] {
  if (report.gate === null) return [...report.audit.findings].sort(worstFirst);
  const { regressions, debt } = standings(report);
  // Why something could not be decided is no flaw of a line: the summary lists it.
  return [...regressions, ...debt].filter(({ subject }) => subject.kind !== "unknown");
}

function invocation(report: Report, cut: number) {
  const note = {
    level: "warning",
    message: {
      text: `${cut} findings of lower severity were left out: GitHub keeps ${RESULT_LIMIT}.`,
    },
  };
  return {
    // GitHub refuses a file that says false; with what is carried forward nothing is missing in it.
    executionSuccessful: mayReplace(report),
    properties: { outcome: report.outcome },
    ...(cut > 0 ? { toolExecutionNotifications: [note] } : {}),
  };
}
