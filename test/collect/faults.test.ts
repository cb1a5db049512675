import { expect, test } from "vitest";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { worldFile } from "../simulate/world-files.ts";
import { markers, reasonOf, scanned } from "./scanned.ts";

const world = worldFile("every-kind-of-resource");
const withFaults = (...faults: Fault[]) =>
  scanned({ ...world, faults }, { identityPolicies: true }, FAST);
const FAST = { connection: { requestTimeoutMs: 2000, retryPauseMs: 1 } };

/** `type or account: pointer reason` of all that is not known. */
const unknowns = (records: SnapshotRecord[]): string[] =>
  records
    .flatMap((each) =>
      markers(each).map((found) => {
        const name = each.kind === "resource" ? each.type : each.kind;
        return `${each.kind === "account" ? each.id : name}${found}`;
      }),
    )
    .sort();

const AT = { account: "222222222222", region: "eu-west-1" };
const STATUS = "222222222222/regions/0/trails/0/status";

test.for([
  { kind: "access-denied", reason: "access-denied" },
  { kind: "denied-by-scp", reason: "denied-by-scp" },
  { kind: "throttled", reason: "throttled" },
  { kind: "broken-reply", reason: "timeout" },
  { kind: "dropped-connection", reason: "timeout" },
  { kind: "never-answers", reason: "timeout" },
  { kind: "error", reason: "unsupported" },
] as const)(
  "a call that is $kind marks the fact it would have told as $reason",
  async ({ kind, reason }) => {
    const { records, error } = await withFaults({
      operation: "cloudtrail:GetTrailStatus",
      kind,
      ...AT,
    });
    expect(error).toBeNull();
    expect(unknowns(records)).toEqual([`${STATUS} ${reason}`]);
  },
);

test("a passing trouble is asked again and marks nothing", async () => {
  const faults = (
    ["throttled", "broken-reply", "dropped-connection", "never-answers"] as const
  ).map((kind) => ({ operation: "cloudtrail:GetTrailStatus", kind, times: 1, ...AT }));
  for (const fault of faults) {
    const { records } = await withFaults(fault);
    expect(unknowns(records)).toEqual([]);
  }
});

test("a marker names the permission and says what AWS said", async () => {
  const { account } = await withFaults({
    operation: "cloudtrail:GetTrailStatus",
    kind: "access-denied",
    ...AT,
  });
  const [region] = account("222222222222").regions;
  expect(JSON.stringify(region)).toMatch(
    /"action":"cloudtrail:GetTrailStatus","detail":"AccessDenied/,
  );
});

const KEY_FACTS = [
  "deletionDate",
  "enabled",
  "exists",
  "isMultiRegion",
  "manager",
  "origin",
  "spec",
  "state",
];

const STORE_FACTS = [
  "billingMode",
  "eventSelectors",
  "exists",
  "isMultiRegion",
  "isOrganization",
  "kmsKeyArn",
  "name",
  "retentionDays",
  "status",
  "terminationProtected",
];
const LISTED = "organization/accounts";
const ACCOUNTS = ["111111111111", "222222222222", "333333333333"];
const inEachRegion = (fact: string) =>
  ACCOUNTS.flatMap((id) => [0, 1].map((region) => `${id}/regions/${region}/${fact}`));

const DENIED: { operation: string; marks: string[] }[] = [
  {
    operation: "organizations:DescribeOrganization",
    // The accounts' ARNs tell the other two.
    marks: ["organization/featureSet"],
  },
  {
    operation: "organizations:ListAWSServiceAccessForOrganization",
    marks: ["organization/trustedAccess"],
  },
  {
    operation: "organizations:ListDelegatedAdministrators",
    marks: ["organization/delegatedAdministrators"],
  },
  {
    operation: "organizations:ListRoots",
    marks: [
      ...[0, 1, 2].flatMap((n) => [`${LISTED}/${n}/ouPath`, `${LISTED}/${n}/parents`]),
      "organization/serviceControlPolicies",
    ],
  },
  {
    operation: "organizations:ListOrganizationalUnitsForParent",
    marks: [1, 2].flatMap((n) => [`${LISTED}/${n}/ouPath`, `${LISTED}/${n}/parents`]),
  },
  { operation: "organizations:ListPolicies", marks: ["organization/serviceControlPolicies"] },
  {
    operation: "organizations:DescribePolicy",
    marks: [0, 1].map((n) => `organization/serviceControlPolicies/policies/${n}/content`),
  },
  {
    operation: "organizations:ListTargetsForPolicy",
    marks: ["organization/serviceControlPolicies/policies/0/targets"],
  },
  { operation: "organizations:DescribeResourcePolicy", marks: ["organization/delegationPolicy"] },
  { operation: "account:ListRegions", marks: [] },
  { operation: "ec2:DescribeRegions", marks: [] },
  { operation: "cloudtrail:GetEventSelectors", marks: ["trail/eventSelectors"] },
  { operation: "cloudtrail:GetInsightSelectors", marks: ["trail/insightSelectors"] },
  { operation: "cloudtrail:GetEventConfiguration", marks: ["trail/aggregatedEvents"] },
  { operation: "cloudtrail:ListTags", marks: ["trail/tags"] },
  { operation: "cloudtrail:ListEventDataStores", marks: inEachRegion("eventDataStores/0") },
  {
    operation: "cloudtrail:GetEventDataStore",
    marks: STORE_FACTS.map((fact) => `event-data-store/${fact}`),
  },
  { operation: "cloudtrail:GetResourcePolicy", marks: ["event-data-store/policy"] },
  { operation: "cloudtrail:ListChannels", marks: inEachRegion("channels/0") },
  { operation: "events:ListRules", marks: ["trail/eventRules"] },
  { operation: "events:ListTargetsByRule", marks: ["trail/eventRules/0/targets"] },
  { operation: "iam:GetRole", marks: ["role/boundary", "role/exists", "role/trustPolicy"] },
  { operation: "iam:ListRolePolicies", marks: ["role/policies"] },
  { operation: "iam:GetRolePolicy", marks: ["role/policies/0/document"] },
  { operation: "iam:ListAttachedRolePolicies", marks: ["role/policies"] },
  { operation: "iam:GetPolicy", marks: ["role/boundary", "role/policies/1/document"] },
  { operation: "iam:GetPolicyVersion", marks: ["role/boundary", "role/policies/1/document"] },
  {
    operation: "iam:GetAccountAuthorizationDetails",
    marks: ACCOUNTS.map((id) => `${id}/identityPolicies`),
  },
  { operation: "kms:DescribeKey", marks: KEY_FACTS.map((fact) => `key/${fact}`) },
  { operation: "kms:GetKeyRotationStatus", marks: ["key/rotationEnabled"] },
  { operation: "kms:GetKeyPolicy", marks: ["key/policy"] },
  {
    operation: "logs:DescribeLogGroups",
    marks: [
      ...["exists", "kmsKeyArn", "logGroupClass", "retentionDays", "deletionProtected"],
      ...["metricFilters", "alarms", "resourcePolicies"],
    ].map((fact) => `log-group/${fact}`),
  },
  {
    operation: "logs:DescribeMetricFilters",
    marks: ["log-group/metricFilters", "log-group/alarms"],
  },
  { operation: "logs:DescribeResourcePolicies", marks: ["log-group/resourcePolicies"] },
  { operation: "cloudwatch:DescribeAlarms", marks: ["log-group/alarms"] },
  {
    operation: "sns:GetTopicAttributes",
    marks: ["exists", "kmsKeyId", "policy", "subscriptionsConfirmed"].map(
      (fact) => `topic/${fact}`,
    ),
  },
  { operation: "s3:HeadBucket", marks: [] },
  { operation: "s3:ListBuckets", marks: [] },
  { operation: "s3:GetBucketVersioning", marks: ["bucket/mfaDelete", "bucket/versioning"] },
  { operation: "s3:GetBucketEncryption", marks: ["bucket/encryption"] },
  { operation: "s3:GetPublicAccessBlock", marks: ["bucket/publicAccessBlock"] },
  { operation: "s3:GetBucketPolicy", marks: ["bucket/policy"] },
  { operation: "s3:GetBucketPolicyStatus", marks: ["bucket/policyIsPublic"] },
  { operation: "s3:GetBucketAcl", marks: ["bucket/aclGrants", "bucket/aclOwner"] },
  { operation: "s3:GetBucketOwnershipControls", marks: ["bucket/objectOwnership"] },
  { operation: "s3:GetObjectLockConfiguration", marks: ["bucket/objectLock"] },
  { operation: "s3:GetBucketLogging", marks: ["bucket/accessLogging"] },
  { operation: "s3:GetBucketLifecycleConfiguration", marks: ["bucket/lifecycleRules"] },
  { operation: "s3:GetBucketReplication", marks: ["bucket/replicationRules"] },
  { operation: "s3:GetBucketRequestPayment", marks: ["bucket/requesterPays"] },
  { operation: "s3:ListObjectsV2", marks: ["bucket/history"] },
  { operation: "s3control:GetPublicAccessBlock", marks: ["bucket/accountPublicAccessBlock"] },
];

test.for(DENIED)(
  "$operation denied: $marks not known, and all else is",
  async ({ operation, marks }) => {
    const { records, error, calls } = await withFaults({ operation, kind: "access-denied" });
    expect(error).toBeNull();
    if (operation !== "ec2:DescribeRegions") {
      expect(calls.some((call) => call.operation === operation && call.outcome !== "ok")).toBe(
        true,
      );
    }
    expect(unknowns(records)).toEqual(marks.map((mark) => `${mark} access-denied`).sort());
  },
);

test("DescribeTrails denied in one region leaves that region's list of trails open", async () => {
  const { account, records } = await withFaults({
    operation: "cloudtrail:DescribeTrails",
    kind: "access-denied",
    ...AT,
  });
  const [region] = account("222222222222").regions;
  expect(region).toMatchObject({
    trails: [{ $unknown: { reason: "access-denied", more: true } }],
  });
  expect(unknowns(records)).toHaveLength(1);
});

test("regions that nobody tells leave the list of regions open, unless the operator names them", async () => {
  const faults = ["account:ListRegions", "ec2:DescribeRegions"].map((operation) => ({
    operation,
    kind: "access-denied" as const,
  }));
  const open = await withFaults(...faults);
  expect(open.account("222222222222")).toMatchObject({
    regionsFrom: null,
    regions: [{ $unknown: { reason: "access-denied", more: true, action: "account:ListRegions" } }],
  });
  const named = await scanned({ ...world, faults }, { regions: ["us-east-1"] });
  expect(named.account("222222222222")).toMatchObject({
    regionsFrom: "option",
    regions: [{ name: "us-east-1", optStatus: { $unknown: { reason: "access-denied" } } }],
  });
});

test("a role that cannot be assumed makes the whole account unreachable, and no other", async () => {
  const { account, records } = await withFaults({
    operation: "sts:AssumeRole",
    account: "333333333333",
    kind: "access-denied",
  });
  expect(unknowns(records)).toEqual([
    "333333333333/identityPolicies account-unreachable",
    "333333333333/regions/0 account-unreachable",
    "333333333333/unreachable account-unreachable",
  ]);
  expect(account("333333333333").observations).toMatchObject([{ operation: "sts:AssumeRole" }]);
});

test("one broken trail of five leaves the other four complete", async () => {
  const { trail, account, records } = await scanned("five-trails-one-broken", {
    scope: "accounts",
  });
  expect(reasonOf(trail("trail-two").eventSelectors)).toBe("unsupported");
  for (const name of ["trail-one", "trail-three", "trail-four", "trail-five"]) {
    expect(markers(trail(name))).toEqual([]);
  }
  const [, usEast1] = account("111111111111").regions;
  expect(usEast1).toMatchObject({ trails: { length: 5 } });
  expect(unknowns(records).filter((each) => !each.startsWith("organization"))).toEqual([
    "111111111111/regions/0/trails/4/status unsupported",
    "111111111111/regions/1/trails/4/status unsupported",
    "trail/eventSelectors unsupported",
  ]);
});

test("a deadline that passes leaves complete records whose missing facts say so", async () => {
  const { records, error, account } = await scanned(
    {
      ...world,
      faults: [{ operation: "cloudtrail:GetTrailStatus", kind: "never-answers", ...AT }],
    },
    { deadlineSeconds: 4 },
    { connection: { requestTimeoutMs: 60_000 } },
  );
  expect(error).toBeNull();
  expect(records.filter(({ kind }) => kind === "account")).toHaveLength(3);
  expect(unknowns(records)).toEqual([`${STATUS} timeout`]);
  expect(account("333333333333").unreachable).toBeNull();
});

test("after the deadline nothing more is asked, and each account not begun says why", async () => {
  const slow = { ...world, latencyMs: 250 };
  const { error, records, count } = await scanned(slow, { deadlineSeconds: 2 });
  expect(error).toBeNull();
  expect(records.filter(({ kind }) => kind === "account")).toHaveLength(3);
  expect(count("cloudtrail:GetTrailStatus")).toBeLessThan(6);
  expect(unknowns(records).some((each) => each.endsWith("timeout"))).toBe(true);
});
