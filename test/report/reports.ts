import type { Audit } from "../../src/evaluate/audit.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { Report } from "../../src/report/report.ts";
import { findingOf } from "../evaluate/verdicts.ts";

/** What judging a small organization told; name what differs. */
export function auditOf(difference: Partial<Audit> = {}): Audit {
  return {
    header: {
      kind: "header",
      format: 1,
      tool: "trailproof/test",
      partition: "aws",
      caller: { accountId: "111111111111", arn: "arn:aws:iam::111111111111:role/hub" },
      startedAt: "2026-11-20T12:00:00.000Z",
      scope: "organization",
      arguments: {},
      digests: { policies: null, config: null },
    },
    accounts: [
      { id: "111111111111", name: "management", ouPath: "Root", state: "audited", why: null },
      {
        id: "222222222222",
        name: "payments",
        ouPath: "Root/Workloads",
        state: "audited",
        why: null,
      },
    ],
    verdicts: { pass: 40, fail: 1, unknown: 0, waived: 0 },
    findings: [findingOf()],
    explained: [],
    additional: [],
    waived: [],
    waivers: [],
    change: null,
    frameworks: [],
    unknowns: [],
    coverage: [
      {
        accounts: [
          { id: "111111111111", name: "management" },
          { id: "222222222222", name: "payments" },
        ],
        recorded: Array.from({ length: 17 }, (_, index) => `region-${index}`),
        missing: [],
        unknown: [],
      },
    ],
    ...difference,
  };
}

/** A report about it; name what differs. */
export function reportOf(difference: Partial<Report> = {}): Report {
  return {
    version: "1.2.3",
    outcome: "fail",
    complete: true,
    audit: auditOf(),
    gate: null,
    policies: builtinPolicies(),
    frameworks: [],
    parameters: { digestMaxAgeHours: 3 },
    failOn: "medium",
    unknownFailsAt: "high",
    category: "trailproof",
    redact: false,
    carriesForward: false,
    verdicts: null,
    ...difference,
  };
}
