import { expect, test } from "vitest";
import { CALLS, type Call, type Operation } from "../../src/collect/calls.ts";
import { AuditError } from "../../src/errors.ts";
import { causesBehind } from "../../src/evaluate/unknowns.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { generateWorld, MANAGEMENT_ACCOUNT } from "../../src/simulate/generate.ts";
import type { World } from "../../src/simulate/world.ts";
import { judged, keyOf } from "./judged.ts";

const generated = generateWorld({ accounts: 3, regions: ["us-east-1", "eu-west-1"] });
const trailKey = `arn:aws:kms:us-east-1:${MANAGEMENT_ACCOUNT}:key/organization-trail`;
const morePolicy = `arn:aws:iam::${MANAGEMENT_ACCOUNT}:policy/more`;
const at = { account: MANAGEMENT_ACCOUNT, region: "us-east-1" };
/** A healthy organization in which every call is made. */
const healthy: World = {
  ...generated,
  organization: { ...generated.organization, listsPaths: false },
  buckets: (generated.buckets ?? []).map((each) => ({
    ...each,
    replication: each.replication?.map((rule) => ({ ...rule, kmsEncrypted: true })) ?? [],
  })),
  eventDataStores: [
    { ...at, name: "lake", organizationEnabled: true, retentionPeriod: 2557, kmsKeyId: trailKey },
  ],
  channels: [{ ...at, name: "partner" }],
  identities: (generated.identities ?? []).map((each) => ({
    ...each,
    attachedPolicies: [morePolicy],
  })),
  managedPolicies: [
    {
      arn: morePolicy,
      policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "logs:Describe*", Resource: "*" }],
      },
    },
  ],
};

const ids = builtinPolicies().map(({ id }) => id);
const beginning = (...starts: string[]) =>
  ids.filter((id) => starts.some((start) => id.startsWith(start)));
const except = (of: readonly string[], ...others: string[]) =>
  of.filter((id) => !others.includes(id));

/** Policies about what the organization, its accounts aside, tells of itself. */
const OF_ORGANIZATION = [
  "organization-delegated-administrators-named",
  "organization-delegation-policy-spares-cloudtrail",
  "organization-leaving-denied",
  "organization-service-control-policies-enabled",
  "organization-trusted-access-enabled",
];
/** Policies that ask nothing until the config sets their parameter, and those about planned changes. */
const UNASKED = builtinPolicies()
  .filter(
    ({ subject, parameters = {} }) =>
      subject === "change" || Object.values(parameters).some((each) => each.default === undefined),
  )
  .map(({ id }) => id);
const ASKED = except(ids, ...UNASKED);
const DELIVERIES = [
  "trail-cloudwatch-logs-delivery-recent",
  "trail-digest-delivery-recent",
  "trail-is-logging",
  "trail-notification-delivery-working",
  "trail-s3-delivery-working",
];
const RECORDING = except(
  ["account-has-multi-region-trail-logging", ...beginning("region-")],
  ...UNASKED,
);
const LAKE = beginning("event-data-store-");
const ALARMS = beginning("log-group-alarm");
const DELIVERER = ["trail-logs-role-can-deliver"];

/** What each call tells, by hand: the policies that cannot be decided in full without it. */
const DEPENDENT: Partial<Record<Operation, string[]>> = {
  // Two of three accounts cannot be entered: of what may be in them nothing is known.
  "sts:AssumeRole": except(ASKED, ...OF_ORGANIZATION),
  // The accounts' ARNs tell the organization's id.
  "organizations:DescribeOrganization": [],
  // What hangs below the root is not known where the tree is not.
  "organizations:ListRoots": [
    "organization-leaving-denied",
    "organization-service-control-policies-enabled",
  ],
  "organizations:ListOrganizationalUnitsForParent": ["organization-leaving-denied"],
  "organizations:ListAccountsForParent": ["organization-leaving-denied"],
  "organizations:ListAWSServiceAccessForOrganization": ["organization-trusted-access-enabled"],
  // Delegated administrators are whom policies can keep from an organization's trail.
  "organizations:ListDelegatedAdministrators": [
    "organization-delegated-administrators-named",
    "trail-guarded-against-tampering",
  ],
  "organizations:ListPolicies": [
    "organization-leaving-denied",
    "organization-service-control-policies-enabled",
  ],
  "organizations:DescribePolicy": ["organization-leaving-denied"],
  "organizations:ListTargetsForPolicy": ["organization-leaving-denied"],
  "organizations:DescribeResourcePolicy": ["organization-delegation-policy-spares-cloudtrail"],
  // ec2:DescribeRegions tells the same.
  "account:ListRegions": [],
  "cloudtrail:DescribeTrails": except(ASKED, ...OF_ORGANIZATION, ...LAKE),
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
  "cloudtrail:GetInsightSelectors": ["trail-insights-enabled"],
  "cloudtrail:GetEventConfiguration": [],
  "cloudtrail:ListTags": ["trail-tagged"],
  "cloudtrail:ListEventDataStores": LAKE,
  "cloudtrail:GetEventDataStore": except(LAKE, "event-data-store-readers-trusted"),
  "cloudtrail:GetResourcePolicy": ["event-data-store-readers-trusted"],
  "cloudtrail:ListChannels": [],
  // The alarm on the log group tells of tampering too.
  "events:ListRules": [],
  "events:ListTargetsByRule": [],
  "iam:GetRole": ["trail-logs-role-can-deliver", "trail-logs-role-exists"],
  "iam:ListRolePolicies": DELIVERER,
  "iam:GetRolePolicy": DELIVERER,
  "iam:ListAttachedRolePolicies": DELIVERER,
  "iam:GetPolicy": DELIVERER,
  "iam:GetPolicyVersion": DELIVERER,
  "kms:DescribeKey": ["log-key-enabled", "trail-kms-key-exists"],
  "kms:GetKeyRotationStatus": ["log-key-rotation-enabled"],
  "kms:GetKeyPolicy": [
    "log-key-admits-cloudtrail",
    "log-key-not-public",
    "log-key-policy-bound-to-trails",
    "log-key-users-trusted",
  ],
  "logs:DescribeLogGroups": [
    ...beginning("log-group-"),
    "trail-cloudwatch-logs-integrated",
    "trail-log-group-exists",
  ],
  "logs:DescribeMetricFilters": ALARMS,
  "logs:DescribeResourcePolicies": ["log-group-readers-trusted"],
  "cloudwatch:DescribeAlarms": ALARMS,
  "sns:GetTopicAttributes": [
    "log-group-alarms-notify",
    "trail-topic-admits-cloudtrail",
    "trail-topic-exists",
  ],
  // Either of the two finds the owner.
  "s3:HeadBucket": [],
  "s3:ListBuckets": [],
  "s3:GetBucketVersioning": ["log-bucket-versioning-enabled"],
  "s3:GetBucketEncryption": [],
  // Where public access is blocked, or nothing is public, either is enough.
  "s3:GetPublicAccessBlock": ["log-bucket-public-access-blocked"],
  "s3control:GetPublicAccessBlock": [],
  "s3:GetBucketPolicy": [
    "log-bucket-admits-cloudtrail",
    "log-bucket-policy-bound-to-trails",
    "log-bucket-readers-trusted",
    "log-bucket-tls-only",
    "log-bucket-writers-trusted",
  ],
  "s3:GetBucketPolicyStatus": [],
  "s3:GetBucketAcl": [],
  "s3:GetBucketOwnershipControls": ["log-bucket-acls-disabled"],
  "s3:GetObjectLockConfiguration": [
    "log-bucket-object-lock-enabled",
    "log-bucket-retention-sufficient",
  ],
  "s3:GetBucketLogging": ["log-bucket-access-logging-enabled"],
  // Object Lock keeps log files long enough, whatever the lifecycle says.
  "s3:GetBucketLifecycleConfiguration": [
    "log-bucket-logs-immediately-available",
    "log-bucket-mfa-delete-enabled",
  ],
  "s3:GetBucketReplication": ["log-bucket-replicated"],
  "s3:GetBucketRequestPayment": ["log-bucket-not-requester-pays"],
  "s3:ListObjectsV2": ["log-bucket-history-present"],
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
  // What the table of calls has besides is asked where one of these fails, or the config says so.
  const others = Object.keys(CALLS).filter(
    (each) => !(each in DEPENDENT) && !(each in INDISPENSABLE),
  );
  expect(others).toEqual(["ec2:DescribeRegions", "iam:GetAccountAuthorizationDetails"]);
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
      expect(causes[0]?.detail, keyOf(each)).toMatch(
        /AccessDenied|Authorization|Forbidden|HTTP 403/,
      );
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
