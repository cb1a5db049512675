import { expect, test } from "vitest";
import { CALLS, type Call, type Operation } from "../../src/collect/calls.ts";
import { AuditError } from "../../src/errors.ts";
import { causesBehind } from "../../src/evaluate/unknowns.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { judged, keyOf } from "./judged.ts";

const read = worldFile("every-kind-of-resource");
const archive = { id: "222222222222", name: "log-archive", ou: "Security" };
/** A healthy organization in which every call is made, and no block hides what a bucket's policy says. */
const healthy: World = {
  ...read,
  organization: { managementAccount: "111111111111", ...read.organization, listsPaths: false },
  accounts: read.accounts.map((each) => (each.id === archive.id ? archive : each)),
  buckets: (read.buckets ?? []).map((each) => ({
    ...each,
    publicAccessBlock: null,
    objectOwnership: "ObjectWriter",
  })),
};

const everyPolicyBut = (...ids: string[]) =>
  builtinPolicies()
    .map(({ id }) => id)
    .filter((id) => !ids.includes(id));

const DELIVERIES = [
  "trail-cloudwatch-logs-delivery-recent",
  "trail-digest-delivery-recent",
  "trail-is-logging",
  "trail-s3-delivery-working",
];
const RECORDING = ["account-has-multi-region-trail-logging", "region-management-events-recorded"];

/** What each call tells, by hand: the policies that cannot be decided in full without it. */
const DEPENDENT: Partial<Record<Operation, string[]>> = {
  // Two of three accounts cannot be entered: of what may be in them nothing is known.
  "sts:AssumeRole": everyPolicyBut("organization-trusted-access-enabled"),
  "organizations:DescribeOrganization": [],
  "organizations:ListRoots": [],
  "organizations:ListOrganizationalUnitsForParent": [],
  "organizations:ListAccountsForParent": [],
  "organizations:ListAWSServiceAccessForOrganization": ["organization-trusted-access-enabled"],
  "organizations:ListDelegatedAdministrators": [],
  // ec2:DescribeRegions tells the same.
  "account:ListRegions": [],
  "cloudtrail:DescribeTrails": everyPolicyBut("organization-trusted-access-enabled"),
  "cloudtrail:GetTrailStatus": [
    ...DELIVERIES,
    ...RECORDING,
    "organization-trail-covers-every-account",
  ],
  // Whether a trail records management events at all does not matter where it meets the demand.
  "cloudtrail:GetEventSelectors": [
    ...RECORDING,
    "trail-management-events-not-excluded",
    "trail-management-events-read-write",
  ],
  "cloudtrail:GetInsightSelectors": [],
  "kms:DescribeKey": ["log-key-enabled"],
  "kms:GetKeyRotationStatus": ["log-key-rotation-enabled"],
  "kms:GetKeyPolicy": [],
  "logs:DescribeLogGroups": ["trail-cloudwatch-logs-integrated"],
  "sns:GetTopicAttributes": [],
  // Either of the two finds the owner.
  "s3:HeadBucket": [],
  "s3:ListBuckets": [],
  "s3:GetBucketVersioning": ["log-bucket-versioning-enabled"],
  "s3:GetBucketEncryption": [],
  // Nothing is public by policy or ACL, so there is nothing to block.
  "s3:GetPublicAccessBlock": [],
  "s3control:GetPublicAccessBlock": [],
  "s3:GetBucketPolicy": [],
  "s3:GetBucketPolicyStatus": ["log-bucket-not-public"],
  "s3:GetBucketAcl": ["log-bucket-not-public"],
  // ACLs that grant nothing to strangers are no matter, on or off.
  "s3:GetBucketOwnershipControls": [],
  "s3:GetObjectLockConfiguration": [],
  "s3:GetBucketLogging": [],
  "s3:GetBucketLifecycleConfiguration": [],
};

/** Without these there is no scan. */
const INDISPENSABLE: Partial<Record<Operation, string>> = {
  "sts:GetCallerIdentity": "no-credentials",
  "organizations:ListAccounts": "cannot-list-accounts",
};

let scan: ReturnType<typeof judged> | null = null;
/** The run in which nothing is denied; made once. */
const undenied = () => {
  scan ??= judged(healthy);
  return scan;
};

test("a healthy organization passes everything, and its scan makes every call of the two tables", async () => {
  const full = await undenied();
  expect(full.report.audit.verdicts).toMatchObject({
    pass: expect.any(Number),
    fail: 0,
    unknown: 0,
  });
  expect(full.exitCode).toBe(0);
  expect([...new Set(full.calls.map(({ operation }) => operation))].sort()).toEqual(
    [...Object.keys(DEPENDENT), ...Object.keys(INDISPENSABLE)].sort(),
  );
  // What the table of calls has besides is asked only where one of these fails.
  const others = Object.keys(CALLS).filter(
    (each) => !(each in DEPENDENT) && !(each in INDISPENSABLE),
  );
  expect(others).toEqual(["ec2:DescribeRegions"]);
});

const isPlaceholder = ({ subject: { id } }: SubjectVerdict) => id.endsWith("/*");

/** What must be the case for a verdict of the full run: it stands, or it is unknown, or stood for. */
function fate(before: SubjectVerdict, after: readonly SubjectVerdict[]): string {
  const same = after.find((each) => keyOf(each) === keyOf(before));
  if (same !== undefined) return same.verdict === before.verdict ? "stands" : same.verdict;
  const isThere = after.some(
    (each) =>
      isPlaceholder(each) &&
      each.policy === before.policy &&
      each.subject.kind === before.subject.kind &&
      each.verdict === "unknown",
  );
  return isThere ? "unknown" : "missing";
}

test.for(Object.entries(DEPENDENT))(
  "%s denied leaves undecided: %s",
  async ([operation, policies]) => {
    const faults = [{ operation, kind: "access-denied" as const }];
    const full = await undenied();
    const denied = await judged({ ...healthy, faults });
    const undecided = denied.verdicts.filter(({ verdict }) => verdict === "unknown");

    expect([...new Set(undecided.map(({ policy }) => policy))].sort()).toEqual(
      [...policies].sort(),
    );
    for (const before of full.verdicts) {
      const allowed = policies.includes(before.policy) ? ["stands", "unknown"] : ["stands"];
      expect(allowed, keyOf(before)).toContain(fate(before, denied.verdicts));
    }
    expect(denied.report.audit.verdicts.fail).toBe(0);

    const call: Call = CALLS[operation as Operation];
    for (const each of undecided) {
      const causes = causesBehind(each);
      expect(
        causes.map(({ action }) => action),
        keyOf(each),
      ).toEqual(causes.map(() => call.actions[0]));
      expect(causes[0]?.detail, keyOf(each)).toMatch(/AccessDenied|Forbidden|HTTP 403/);
    }
  },
);

test.for(Object.entries(INDISPENSABLE))(
  "%s denied ends the scan: %s, with a cure",
  async ([operation, code]) => {
    const faults = [{ operation, kind: "access-denied" as const }];
    const error = await judged({ ...healthy, faults }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuditError);
    expect(error).toMatchObject({ code, cure: expect.stringMatching(/credentials/) });
  },
);
