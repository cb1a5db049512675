import {
  alarmsTo,
  tamperingRule,
  watchedLogGroup,
} from "../../src/simulate/generated/monitoring.ts";
import {
  type Bound,
  everyEvent,
  guardrail,
  logBucketPolicy,
  logsRolePolicy,
  trailKeyPolicy,
  trailTopicPolicy,
} from "../../src/simulate/generated/policies.ts";
import type { Bucket } from "../../src/simulate/schema/buckets.ts";
import type { LogGroup } from "../../src/simulate/schema/logs.ts";
import type { Key } from "../../src/simulate/schema/resources.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import type { World } from "../../src/simulate/world.ts";

type Place = { account: string; region: string };
type Document = { Version: string; Statement: object[] };

const homeOf = ({ account, homeRegion }: Trail): Place => ({ account, region: homeRegion });
const partitionOf = ({ partition = "aws" }: World) => partition;

/**
 * The world with whatever it leaves unsaid well kept: documents that admit CloudTrail for the trails at
 * hand, topics, alarms, a rule, a guardrail, all events. What it says stays as it is.
 */
export function wellKept<W extends World>(world: W): W {
  const trails = (world.trails ?? []).map((trail) => keptTrail(world, trail));
  const kept = { ...world, trails };
  const groups = world.logGroups ?? [];
  const places = distinct([...trails.map(homeOf), ...groups]);
  return {
    ...kept,
    ...(world.organization === undefined
      ? {}
      : { organization: { serviceControlPolicies: [guardrail], ...world.organization } }),
    buckets: (world.buckets ?? []).map((bucket) => keptBucket(kept, bucket)),
    keys: (world.keys ?? []).map((key) => keptKey(kept, key)),
    topics: [...topicsOf(kept, places), ...(world.topics ?? [])],
    logGroups: groups.map((group) => keptGroup(world, group)),
    alarms: [
      ...places.flatMap((place) => alarmsTo(arn(world, "sns", place, "alerts"), place)),
      ...(world.alarms ?? []),
    ],
    eventRules: [
      ...places.map((place) => tamperingRule(arn(world, "sns", place, "alerts"), place)),
      ...(world.eventRules ?? []),
    ],
    identities: [...rolesOf(kept), ...(world.identities ?? [])],
  };
}

const arn = (world: World, service: string, { account, region }: Place, rest: string) =>
  `arn:${partitionOf(world)}:${service}:${region}:${account}:${rest}`;

const distinct = (places: readonly Place[]): Place[] => [
  ...new Map(
    places.map(({ account, region }) => [`${account} ${region}`, { account, region }]),
  ).values(),
];

function keptTrail(world: World, trail: Trail): Trail {
  const isSelected = (trail.eventSelectors ?? trail.advancedEventSelectors) !== undefined;
  return {
    snsTopicArn: arn(world, "sns", homeOf(trail), "deliveries"),
    insightTypes: ["ApiCallRateInsight", "ApiErrorRateInsight"],
    tags: { owner: "security" },
    ...(isSelected ? {} : { advancedEventSelectors: everyEvent }),
    ...trail,
  };
}

const boundTo = (world: World, trail: Trail): Bound => ({
  ...homeOf(trail),
  organizationId: world.organization?.id ?? "o-simulated0",
  trailArn: arn(world, "cloudtrail", homeOf(trail), `trail/${trail.name}`),
});

/** One document of all the trails' documents, in the world's partition. */
function joined(
  world: World,
  trails: readonly Trail[],
  documentOf: (bound: Bound) => Document,
): { policy?: Document } {
  if (trails.length === 0) return {};
  const documents = trails.map((trail) => documentOf(boundTo(world, trail)));
  const Statement = documents.flatMap((document) => document.Statement);
  return { policy: inPartition(world, { Version: "2012-10-17", Statement }) };
}

const inPartition = (world: World, document: Document): Document =>
  JSON.parse(JSON.stringify(document).replaceAll("arn:aws:", `arn:${partitionOf(world)}:`));

const users = ({ trails = [] }: World, isUser: (trail: Trail) => boolean) => trails.filter(isUser);

function keptBucket(world: World, bucket: Bucket): Bucket {
  const { name, lifecycle } = bucket;
  const trails = users(world, (trail) => (trail.s3BucketName ?? `${trail.name}-logs`) === name);
  return {
    ...joined(world, trails, (bound) => logBucketPolicy(name, bound)),
    ...(lifecycle === undefined ? { mfaDelete: true } : {}),
    objectLock: { mode: "COMPLIANCE", days: 400 },
    logging: { targetBucket: "access-logs", targetPrefix: `${name}/` },
    replication: [
      { destinationBucket: `arn:${partitionOf(world)}:s3:::${name}-copy`, kmsEncrypted: true },
    ],
    ...bucket,
  };
}

const keptKey = (world: World, key: Key): Key => ({
  ...joined(
    world,
    users(world, ({ kmsKeyId }) => kmsKeyId === key.arn),
    trailKeyPolicy,
  ),
  ...key,
});

const keptGroup = (world: World, group: LogGroup): LogGroup => ({
  ...watchedLogGroup({ ...group, kmsKeyId: arn(world, "kms", group, "key/logs") }),
  ...group,
});

function topicsOf(world: World, places: readonly Place[]): NonNullable<World["topics"]> {
  const known = new Set((world.topics ?? []).map((topic) => topic.arn));
  const subscriptions = [{ protocol: "email", endpoint: "security@example.com" }];
  return places
    .flatMap((place) => {
      const deliveries = arn(world, "sns", place, "deliveries");
      const trails = users(world, ({ snsTopicArn }) => snsTopicArn === deliveries);
      const policy = joined(world, trails, (bound) => trailTopicPolicy(deliveries, bound));
      return [
        { arn: deliveries, subscriptions, ...policy },
        { arn: arn(world, "sns", place, "alerts"), subscriptions },
      ];
    })
    .filter((topic) => !known.has(topic.arn));
}

/** Each role that a trail names, with what its trails' log groups want. */
function rolesOf(world: World): NonNullable<World["identities"]> {
  const known = new Set((world.identities ?? []).map((identity) => identity.arn));
  const named = new Set((world.trails ?? []).map((trail) => trail.cloudWatchLogsRoleArn ?? ""));
  return [...named]
    .filter((role) => /^arn:[a-z-]+:iam::\d{12}:role\/.+$/.test(role) && !known.has(role))
    .map((role) => {
      const trails = users(world, ({ cloudWatchLogsRoleArn }) => cloudWatchLogsRoleArn === role);
      const documents = trails.map((trail) => {
        const group = (trail.cloudWatchLogsLogGroupArn ?? "").split(":")[6] ?? "";
        return logsRolePolicy(group, boundTo(world, trail));
      });
      const Statement = documents.flatMap((document) => document.Statement);
      const write = inPartition(world, { Version: "2012-10-17", Statement });
      return { arn: role, inlinePolicies: { write } };
    });
}
