import { demoWorldText } from "./demo-world-text.ts";
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
import type { Trail } from "./schema/trails.ts";
import { type OrganizationWorld, readWorld, type World } from "./world.ts";

const REGION = "us-east-1";
const MANAGEMENT = { account: "100000000001", region: REGION };
const DATA_LAKE = { account: "500000000001", region: REGION };
const IDENTITY = { account: "300000000004", region: "eu-central-1" };
const LOG_GROUP = "acme/cloudtrail";
const ALERTS = `arn:aws:sns:${REGION}:${MANAGEMENT.account}:security-alerts`;
const DELIVERIES = `arn:aws:sns:${REGION}:${MANAGEMENT.account}:trail-deliveries`;

/**
 * The organization that `trailproof demo` scans: twenty-one accounts with telling flaws. The text has
 * the accounts and what is wrong with them; what a well-kept trail has besides comes from here.
 */
export function demoWorld(): OrganizationWorld {
  const world = readWorld(demoWorldText, "demo-world.yaml");
  const { organization } = world;
  if (organization === undefined) throw new Error("the demo world has no organization");
  const { id: organizationId = "" } = organization;
  const bound = boundBy(world, organizationId);
  return {
    ...world,
    ...monitoring(organizationId),
    // The guardrail forgot the unit of those who may administer the trail.
    organization: {
      ...organization,
      serviceControlPolicies: [
        { ...guardrail, targets: ["Infrastructure", "Workloads", "Data", "Sandbox", "Acquired"] },
      ],
    },
    trails: (world.trails ?? []).map(withEvents),
    buckets: (world.buckets ?? []).map((bucket) =>
      wellKept(bucket, bound("s3BucketName", bucket.name)),
    ),
    keys: (world.keys ?? []).map((key) => {
      const user = bound("kmsKeyId", key.arn);
      return user === null ? key : { policy: trailKeyPolicy(user), ...key };
    }),
  };
}

const RECORDED = /^management$|DynamoDB|Bedrock/;
const WRITES: NonNullable<Trail["advancedEventSelectors"]>[number] = {
  name: "writes of objects",
  fieldSelectors: [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::S3::Object"] },
    { field: "readOnly", equals: ["false"] },
  ],
};

/** The organization's trail leaves out what costs most: reads of objects, invocations, refused calls. */
function withEvents(trail: Trail): Trail {
  if (trail.isOrganizationTrail !== true) return trail;
  const recorded = everyEvent.filter(({ name }) => RECORDED.test(name ?? ""));
  return { ...trail, advancedEventSelectors: [...recorded, WRITES] };
}

/** Tells the trail that uses a resource. */
function boundBy({ trails = [] }: World, organizationId: string) {
  return (field: "s3BucketName" | "kmsKeyId", value: string): Bound | null => {
    const user = trails.find((trail) => trail[field] === value);
    if (user === undefined) return null;
    const { account, homeRegion: region } = user;
    const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/${user.name}`;
    return { account, region, organizationId, trailArn };
  };
}

/** What the text does not say of a bucket is as it should be. */
function wellKept(bucket: Bucket, bound: Bound | null): Bucket {
  if (bound === null) return bucket;
  const { name, versioning = "Enabled", lifecycle } = bucket;
  const isLocked = versioning === "Enabled" && lifecycle === undefined;
  return {
    logging: { targetBucket: "acme-access-logs", targetPrefix: `${name}/` },
    replication: [
      { id: "copy", destinationBucket: `arn:aws:s3:::${name}-copy`, kmsEncrypted: true },
    ],
    ...(isLocked ? LOCKED : {}),
    ...bucket,
    policy: joined(logBucketPolicy(name, bound), bucket.policy),
  };
}

const LOCKED = {
  objectLock: { mode: "COMPLIANCE", days: 400 },
  lifecycle: [{ id: "seven years", expirationDays: 2557, noncurrentExpirationDays: 30 }],
} satisfies Partial<Bucket>;

/** A policy with the statements of one more. */
function joined(policy: ReturnType<typeof logBucketPolicy>, more: Bucket["policy"]) {
  if (typeof more !== "object" || more === null || !Array.isArray(more["Statement"])) return policy;
  return { ...policy, Statement: [...policy.Statement, ...more["Statement"]] };
}

/** Alarms on what arrives in the log group; one filter catches less than its name promises. */
function monitoring(organizationId: string) {
  const group = watchedLogGroup({
    ...MANAGEMENT,
    name: LOG_GROUP,
    kmsKeyId: `arn:aws:kms:${REGION}:${MANAGEMENT.account}:key/0a000000-0000-4000-8000-000000000001`,
  });
  const trailArn = `arn:aws:cloudtrail:${REGION}:${MANAGEMENT.account}:trail/acme-organization-trail`;
  const bound = { ...MANAGEMENT, organizationId, trailArn };
  return {
    logGroups: [{ ...group, metricFilters: (group.metricFilters ?? []).map(narrowed) }],
    alarms: alarmsTo(ALERTS, MANAGEMENT),
    // Nobody thought of the payments account.
    eventRules: [MANAGEMENT, DATA_LAKE, IDENTITY].map((place) => tamperingRule(ALERTS, place)),
    identities: [
      {
        arn: `arn:aws:iam::${MANAGEMENT.account}:role/cloudtrail-to-logs`,
        inlinePolicies: { "write-logs": logsRolePolicy(LOG_GROUP, bound) },
      },
    ],
    topics: [
      { arn: ALERTS, subscriptions: [{ protocol: "email", endpoint: "security@example.com" }] },
      {
        arn: DELIVERIES,
        policy: trailTopicPolicy(DELIVERIES, bound),
        subscriptions: [
          { protocol: "sqs", endpoint: `arn:aws:sqs:${REGION}:${MANAGEMENT.account}:log-files` },
        ],
      },
    ],
  };
}

type MetricFilter = NonNullable<ReturnType<typeof watchedLogGroup>["metricFilters"]>[number];

const narrowed = (filter: MetricFilter): MetricFilter =>
  filter.filterName === "CloudTrailChanges"
    ? { ...filter, filterPattern: "{($.eventName=StopLogging) || ($.eventName=DeleteTrail)}" }
    : filter;
