/** The account whose credentials make a call: every audited one, the organization's, or the one the run starts from. */
export type MadeBy = "audited" | "organization" | "entry";

/** One API operation that a scan may make. */
export type Call = {
  /** The IAM actions it needs, the one that an error names first; none where AWS asks for none. */
  readonly actions: readonly string[];
  readonly madeBy: readonly MadeBy[];
  /** AWS's published rate for one account and region, a second. */
  readonly perSecond: number;
  /** How many AWS takes at once before it counts seconds. */
  readonly burst: number;
};

const call = (
  actions: readonly string[],
  madeBy: readonly MadeBy[],
  [perSecond, burst]: readonly [number, number],
): Call => ({ actions, madeBy, perSecond, burst });

const audited = ["audited"] as const;
const organization = ["organization"] as const;

// CloudTrail's reads are 10 a second each and cannot be raised.
const cloudtrail = (name: string) => call([`cloudtrail:${name}`], audited, [10, 10]);
// Neither EventBridge nor IAM publishes rates of its reads; these are far below what they serve.
const events = (name: string) => call([`events:${name}`], audited, [20, 20]);
const iam = (name: string) => call([`iam:${name}`], audited, [15, 15]);
const kms = (name: string) => call([`kms:${name}`], audited, [100, 100]);
// S3 publishes no rate for bucket configuration; this is far below what it serves.
const s3 = (action: string) => call([`s3:${action}`], audited, [50, 50]);
const organizations = (name: string, rate: readonly [number, number]) =>
  call([`organizations:${name}`], organization, rate);

/** Every call that a scan can make. There is no other way to AWS: `iam` prints its policies from here. */
export const CALLS = {
  "sts:GetCallerIdentity": call([], ["entry"], [50, 50]),
  "sts:AssumeRole": call(["sts:AssumeRole"], ["entry"], [200, 200]),

  // Any member may call DescribeOrganization, and --organization-role given by name needs it.
  "organizations:DescribeOrganization": call(
    ["organizations:DescribeOrganization"],
    ["organization", "entry"],
    [1, 2],
  ),
  "organizations:ListAccounts": organizations("ListAccounts", [8, 12]),
  "organizations:ListRoots": organizations("ListRoots", [1, 2]),
  "organizations:ListOrganizationalUnitsForParent": organizations(
    "ListOrganizationalUnitsForParent",
    [5, 8],
  ),
  "organizations:ListAccountsForParent": organizations("ListAccountsForParent", [5, 8]),
  "organizations:ListAWSServiceAccessForOrganization": organizations(
    "ListAWSServiceAccessForOrganization",
    [1, 3],
  ),
  "organizations:ListDelegatedAdministrators": organizations("ListDelegatedAdministrators", [5, 8]),
  "organizations:ListPolicies": organizations("ListPolicies", [5, 8]),
  "organizations:DescribePolicy": organizations("DescribePolicy", [2, 2]),
  "organizations:ListTargetsForPolicy": organizations("ListTargetsForPolicy", [5, 8]),
  "organizations:DescribeResourcePolicy": organizations("DescribeResourcePolicy", [1, 2]),

  "account:ListRegions": call(["account:ListRegions"], audited, [5, 5]),
  "ec2:DescribeRegions": call(["ec2:DescribeRegions"], audited, [20, 20]),

  "cloudtrail:DescribeTrails": cloudtrail("DescribeTrails"),
  "cloudtrail:GetTrailStatus": cloudtrail("GetTrailStatus"),
  "cloudtrail:GetEventSelectors": cloudtrail("GetEventSelectors"),
  "cloudtrail:GetInsightSelectors": cloudtrail("GetInsightSelectors"),
  "cloudtrail:GetEventConfiguration": cloudtrail("GetEventConfiguration"),
  "cloudtrail:ListTags": cloudtrail("ListTags"),
  "cloudtrail:ListEventDataStores": cloudtrail("ListEventDataStores"),
  "cloudtrail:GetEventDataStore": cloudtrail("GetEventDataStore"),
  "cloudtrail:ListChannels": cloudtrail("ListChannels"),
  "cloudtrail:GetResourcePolicy": cloudtrail("GetResourcePolicy"),

  "events:ListRules": events("ListRules"),
  "events:ListTargetsByRule": events("ListTargetsByRule"),

  "iam:GetRole": iam("GetRole"),
  "iam:ListRolePolicies": iam("ListRolePolicies"),
  "iam:GetRolePolicy": iam("GetRolePolicy"),
  "iam:ListAttachedRolePolicies": iam("ListAttachedRolePolicies"),
  "iam:GetPolicy": iam("GetPolicy"),
  "iam:GetPolicyVersion": iam("GetPolicyVersion"),
  "iam:GetAccountAuthorizationDetails": iam("GetAccountAuthorizationDetails"),

  "kms:DescribeKey": kms("DescribeKey"),
  "kms:GetKeyRotationStatus": kms("GetKeyRotationStatus"),
  "kms:GetKeyPolicy": kms("GetKeyPolicy"),

  "logs:DescribeLogGroups": call(["logs:DescribeLogGroups"], audited, [5, 10]),
  "logs:DescribeMetricFilters": call(["logs:DescribeMetricFilters"], audited, [5, 10]),
  "logs:DescribeResourcePolicies": call(["logs:DescribeResourcePolicies"], audited, [5, 10]),
  "cloudwatch:DescribeAlarms": call(["cloudwatch:DescribeAlarms"], audited, [9, 9]),
  "sns:GetTopicAttributes": call(["sns:GetTopicAttributes"], audited, [30, 30]),

  "s3:ListBuckets": s3("ListAllMyBuckets"),
  "s3:HeadBucket": s3("ListBucket"),
  "s3:GetBucketVersioning": s3("GetBucketVersioning"),
  "s3:GetBucketEncryption": s3("GetEncryptionConfiguration"),
  "s3:GetPublicAccessBlock": s3("GetBucketPublicAccessBlock"),
  "s3:GetBucketPolicy": s3("GetBucketPolicy"),
  "s3:GetBucketPolicyStatus": s3("GetBucketPolicyStatus"),
  "s3:GetBucketAcl": s3("GetBucketAcl"),
  "s3:GetBucketOwnershipControls": s3("GetBucketOwnershipControls"),
  "s3:GetObjectLockConfiguration": s3("GetBucketObjectLockConfiguration"),
  "s3:GetBucketLogging": s3("GetBucketLogging"),
  "s3:GetBucketLifecycleConfiguration": s3("GetLifecycleConfiguration"),
  "s3:GetBucketReplication": s3("GetReplicationConfiguration"),
  "s3:GetBucketRequestPayment": s3("GetBucketRequestPayment"),
  "s3:ListObjectsV2": s3("ListBucket"),
  "s3control:GetPublicAccessBlock": s3("GetAccountPublicAccessBlock"),
} as const satisfies Record<string, Call>;

/** Service and API operation, as in `cloudtrail:GetTrailStatus`. */
export type Operation = keyof typeof CALLS;

/** The IAM actions that calls made with these credentials need, sorted. */
export function actionsOf(madeBy: MadeBy): string[] {
  const calls: Call[] = Object.values(CALLS);
  const actions = calls.filter((each) => each.madeBy.includes(madeBy)).flatMap((c) => c.actions);
  return [...new Set(actions)].sort();
}
