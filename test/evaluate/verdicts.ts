import type { Finding } from "../../src/evaluate/finding.ts";
import { fingerprint } from "../../src/evaluate/finding.ts";
import type { SubjectReference, SubjectVerdict } from "../../src/evaluate/verdict.ts";

/** A subject reference; name what differs from a trail of account 111111111111. */
export function subjectReference(difference: Partial<SubjectReference> = {}): SubjectReference {
  const arn = "arn:aws:cloudtrail:us-east-1:111111111111:trail/audit";
  return {
    kind: "trail",
    id: arn,
    name: "audit",
    account: "111111111111",
    accountName: "management",
    ouPath: "Root",
    region: "us-east-1",
    arn,
    ...difference,
  };
}

/** A failing verdict of severity high; name what differs. */
export function verdictOf(difference: Partial<SubjectVerdict> = {}): SubjectVerdict {
  return {
    policy: "trail-is-multi-region",
    severity: "high",
    verdict: "fail",
    subject: subjectReference(),
    because: [
      { pointer: "/isMultiRegion", expected: "true", actual: false, requestId: "request-1" },
    ],
    message: "audit records in one region only",
    fix: "aws cloudtrail update-trail --name audit --is-multi-region-trail",
    additional: false,
    ...difference,
  };
}

/** A finding of severity high; name what differs. */
export function findingOf(difference: Partial<Finding> = {}): Finding {
  const { additional: _, ...verdict } = verdictOf();
  const found: Finding = {
    ...verdict,
    verdict: "fail",
    gateSeverity: difference.severity ?? verdict.severity,
    regions: [],
    affects: { accounts: 1, regions: 1, sample: ["111111111111"] },
    ...difference,
    fingerprint: "",
  };
  return { ...found, fingerprint: fingerprint(found.policy, found.subject) };
}
