import type { Finding } from "../../src/evaluate/finding.ts";
import type { Gate, GateStack } from "../../src/evaluate/gate/gate.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { Report } from "../../src/report/report.ts";
import { findingOf, subjectReference } from "../evaluate/verdicts.ts";
import { auditOf, reportOf } from "./reports.ts";

/** A stack read from a Terraform plan; name what differs. */
export const stackOf = (difference: Partial<GateStack> = {}): GateStack => ({
  name: "audit",
  kind: "terraform-plan",
  path: "infra/audit.tfplan.json",
  resources: 4,
  notes: [],
  ...difference,
});

/** What a check of one plan tells where there is nothing to tell; name what differs. */
export const gateOf = (difference: Partial<Gate> = {}): Gate => ({
  lead: [],
  base: { commit: "0123456789abcdef0123456789abcdef01234567", what: "where this left main" },
  stacks: [stackOf()],
  missing: [],
  passedOver: [],
  moves: [],
  improvements: [],
  notAsked: [],
  rules: null,
  live: null,
  ...difference,
});

/** A planned trail. */
export const plannedSubject = (id = "audit#aws_cloudtrail.main") =>
  subjectReference({ id, name: "main", arn: null, account: null, accountName: null, ouPath: null });

/** A trail of a plan that was multi-region and is no longer; name what differs. */
export function regressionOf(difference: Partial<Finding> = {}): Finding {
  return findingOf({
    subject: plannedSubject(),
    message: "main records management events in us-east-1 alone",
    because: [{ pointer: "/isMultiRegion", expected: "true", actual: false, requestId: null }],
    affects: { accounts: 0, regions: 1, sample: [] },
    standing: "regression",
    before: { verdict: "pass", facts: [{ pointer: "/isMultiRegion", actual: true }] },
    location: { file: "infra/trail.tf", line: 12, column: 3, endLine: 12, endColumn: 34 },
    ...difference,
  });
}

/** The same of a trail that was so before. */
export const debtOf = (difference: Partial<Finding> = {}): Finding =>
  regressionOf({
    standing: "debt",
    subject: plannedSubject("audit#aws_cloudtrail.old"),
    before: { verdict: "fail", facts: [{ pointer: "/isMultiRegion", actual: false }] },
    ...difference,
  });

/** A report about a change with these findings; name what else differs. */
export function gateReportOf(findings: Finding[], difference: Partial<Report> = {}): Report {
  return reportOf({
    gate: gateOf(),
    category: "trailproof-gate",
    unknownFailsAt: "none",
    audit: auditOf({ accounts: [], coverage: [], findings }),
    ...difference,
  });
}

/** A built-in policy by its id. */
export function policyOf(id: string) {
  const found = builtinPolicies().find((policy) => policy.id === id);
  if (found === undefined) throw new Error(`there is no policy ${id}`);
  return found;
}
