import { alarmsTo, tamperingRule, watchedLogGroup } from "./generated/monitoring.ts";
import {
  type Bound,
  everyEvent,
  guardrail,
  logBucketPolicy,
  logsRolePolicy,
  trailKeyPolicy,
  trailTopicPolicy,
} from "./generated/policies.ts";
import type { Bucket } from "./schema/buckets.ts";
import type { RegionState } from "./schema/organization.ts";
import type { Trail } from "./schema/trails.ts";
import type { OrganizationWorld } from "./world.ts";

/** The regions that every account has without opting in. */
export const DEFAULT_REGIONS: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

export type GenerateOptions = {
  accounts: number;
  /** Region names, all enabled by default. Left out: AWS's seventeen. */
  regions?: readonly string[];
  /** How many accounts, from the last, have a trail of their own besides the organization's. */
  localTrails?: number;
  latencyMs?: number;
  throttles?: "none" | "aws";
  now?: string;
};

export const MANAGEMENT_ACCOUNT = "100000000000";
const LOG_ARCHIVE_ACCOUNT = "100000000001";
const ACCOUNTS_IN_A_UNIT = 100;
const ORGANIZATION_ID = "o-simulated0";
const TRAIL = "organization-trail";
const BUCKET = "organization-logs";
const LOG_GROUP = "organization-trail";

/**
 * A well-kept organization of so many accounts: one organization trail with all that a trail should
 * have, into the log archive's bucket. Nothing in it is per account and region, so 10,000 accounts
 * cost a few megabytes.
 */
export function generateWorld(options: GenerateOptions): OrganizationWorld {
  const { accounts, regions = DEFAULT_REGIONS, latencyMs = 0, throttles = "none" } = options;
  const [home = "us-east-1"] = regions.includes("us-east-1") ? ["us-east-1"] : regions;
  const ids = Array.from({ length: accounts }, (_, index) => generatedAccountId(index));
  const states = regions.map((region): [string, RegionState] => [region, "ENABLED_BY_DEFAULT"]);
  const locals = ids.slice(Math.max(2, accounts - (options.localTrails ?? 0)));
  return {
    now: options.now ?? "2026-11-01T06:00:00Z",
    regions: Object.fromEntries(states),
    organization: {
      id: ORGANIZATION_ID,
      managementAccount: MANAGEMENT_ACCOUNT,
      serviceControlPolicies: [guardrail],
    },
    accounts: ids.map((id, index) => ({
      id,
      ou: `unit-${Math.floor(index / ACCOUNTS_IN_A_UNIT)}`,
    })),
    trails: [organizationTrail(home), ...locals.map((id) => localTrail(id, home))],
    buckets: [
      organizationBucket(archive(accounts), home),
      ...locals.map((id) => ({ name: `logs-${id}`, account: id, region: home })),
    ],
    ...keysAndTopics(home, archive(accounts)),
    ...monitoring(home),
    latencyMs,
    throttles,
  };
}

/** The id of the account at an index of a generated world; the first is the management account. */
export const generatedAccountId = (index: number): string => String(100_000_000_000 + index);

const archive = (accounts: number): string =>
  accounts > 1 ? LOG_ARCHIVE_ACCOUNT : MANAGEMENT_ACCOUNT;

const arnIn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${MANAGEMENT_ACCOUNT}:${rest}`;
const trailKey = (region: string): string => arnIn("kms", region, "key/organization-trail");
const groupKey = (region: string): string => arnIn("kms", region, "key/log-group");
const deliveries = (region: string): string => arnIn("sns", region, "trail-deliveries");
const alerts = (region: string): string => arnIn("sns", region, "security-alerts");
const LOGS_ROLE = `arn:aws:iam::${MANAGEMENT_ACCOUNT}:role/cloudtrail-to-logs`;

const bound = (region: string): Bound => ({
  account: MANAGEMENT_ACCOUNT,
  region,
  organizationId: ORGANIZATION_ID,
  trailArn: arnIn("cloudtrail", region, `trail/${TRAIL}`),
});

const organizationTrail = (homeRegion: string): Trail => ({
  name: TRAIL,
  account: MANAGEMENT_ACCOUNT,
  homeRegion,
  isOrganizationTrail: true,
  s3BucketName: BUCKET,
  kmsKeyId: trailKey(homeRegion),
  snsTopicArn: deliveries(homeRegion),
  cloudWatchLogsLogGroupArn: arnIn("logs", homeRegion, `log-group:${LOG_GROUP}:*`),
  cloudWatchLogsRoleArn: LOGS_ROLE,
  advancedEventSelectors: everyEvent,
  insightTypes: ["ApiCallRateInsight", "ApiErrorRateInsight"],
  tags: { owner: "security" },
});

const localTrail = (account: string, homeRegion: string): Trail => ({
  name: "local-trail",
  account,
  homeRegion,
  s3BucketName: `logs-${account}`,
});

/** Kept for seven years, of which nothing can be deleted in the first four hundred days. */
const organizationBucket = (account: string, region: string): Bucket => ({
  name: BUCKET,
  account,
  region,
  policy: logBucketPolicy(BUCKET, bound(region)),
  encryption: {
    sseAlgorithm: "aws:kms",
    kmsMasterKeyId: trailKey(region),
    bucketKeyEnabled: true,
  },
  objectLock: { mode: "COMPLIANCE", days: 400 },
  lifecycle: [
    {
      id: "seven-years",
      expirationDays: 2557,
      noncurrentExpirationDays: 2557,
      transitions: [{ days: 120, storageClass: "GLACIER" }],
    },
  ],
  logging: { targetBucket: `${BUCKET}-access`, targetPrefix: "organization/" },
  replication: [
    { id: "copy", destinationBucket: `arn:aws:s3:::${BUCKET}-copy`, kmsEncrypted: true },
  ],
});

const keysAndTopics = (region: string, bucketOwner: string) => ({
  keys: [
    { arn: trailKey(region), readableBy: [bucketOwner], policy: trailKeyPolicy(bound(region)) },
    { arn: groupKey(region) },
  ],
  topics: [
    {
      arn: deliveries(region),
      policy: trailTopicPolicy(deliveries(region), bound(region)),
      subscriptions: [{ protocol: "sqs", endpoint: arnIn("sqs", region, "log-files") }],
    },
    {
      arn: alerts(region),
      subscriptions: [{ protocol: "email", endpoint: "security@example.com" }],
    },
  ],
});

const monitoring = (region: string) => {
  const place = { account: MANAGEMENT_ACCOUNT, region };
  return {
    logGroups: [watchedLogGroup({ ...place, name: LOG_GROUP, kmsKeyId: groupKey(region) })],
    alarms: alarmsTo(alerts(region), place),
    eventRules: [tamperingRule(alerts(region), place)],
    identities: [
      {
        arn: LOGS_ROLE,
        inlinePolicies: { "write-logs": logsRolePolicy(LOG_GROUP, bound(region)) },
      },
    ],
  };
};
