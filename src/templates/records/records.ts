import type { PlannedGuards } from "../../snapshot/planned-guards.ts";
import type { PlannedTopics } from "../../snapshot/planned-topics.ts";
import type { OpenWatch, PlannedWatch } from "../../snapshot/planned-watch.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { ResourceRecord } from "../../snapshot/resources/resource.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { hasStandIn, standIn } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown } from "../../snapshot/unknown.ts";
import { accountRecords, type PlannedTrail } from "./account.ts";
import { bucketPolicy, bucketRecord } from "./bucket.ts";
import { controlPolicies } from "./control-policy.ts";
import { eventDataStoreRecord } from "./event-data-store.ts";
import { eventRules } from "./event-rule.ts";
import { keepers } from "./keepers.ts";
import { keyRecord } from "./key.ts";
import { keyNamed } from "./key-names.ts";
import { logGroupRecord } from "./log-group.ts";
import { openWatchesOn } from "./open-watches.ts";
import { organizations } from "./organization.ts";
import type { Places } from "./places.ts";
import { plannedTopics } from "./planned-topics.ts";
import { roleRecord } from "./role.ts";
import { arnOf } from "./targets.ts";
import { nameOf } from "./texts.ts";
import { topicRecord } from "./topic.ts";
import { trailRecord } from "./trail.ts";
import { placeWatches, watchOf } from "./watch.ts";
import { ofKinds, type Planned, type StackState, type World, worldOf } from "./world.ts";

/** What a program that reads plans and templates says of itself. */
export type RecordsContext = {
  tool: string;
  startedAt: string;
  /** Ids of buckets and keys whose records are wanted, whatever their policies name; absent: none. */
  wanted?: ReadonlySet<string>;
  /** Names of buckets, and ARNs of keys and log groups, that others are known to use; absent: none. */
  named?: ReadonlySet<string>;
};

/** Plans and templates as a snapshot, and where each fact of it is written. */
export type TemplateRecords = {
  records: SnapshotRecord[];
  /** The resource that a subject of this id is, or a replica's trail; where its presence is unknown, no verdict but a pass is certain. */
  resourceOf: (subjectId: string) => Planned | undefined;
  /** The metric filter or alarm of that id, wherever it looks; null: there is none, or it is something else. */
  watchAt: (id: string) => PlannedWatch | null;
  /** The metric filters on the log group of that id, and alarms on what they count, that have no record. */
  openWatchesOn: (groupId: string) => OpenWatch[];
  /** By what stands in the place of request ids: where the fact is written. */
  places: Places;
  /** What denies tampering with trails, or tells of it; without trails nothing is asked of it. */
  guards: PlannedGuards;
  /** Who hears of what watches trails. */
  topics: PlannedTopics;
};

/**
 * Makes of what the inputs describe, each at one time and under one assumption, the records that a
 * scan would have made of it. Of resources only those come that a trail uses, and buckets and keys
 * whose policy names CloudTrail.
 */
export function templateRecords(
  states: readonly StackState[],
  context: RecordsContext,
): TemplateRecords {
  const world = worldOf(states);
  const places: Places = new Map();
  const trails = plannedTrails(world, places);
  const used = resourceRecords(world, trails, { places, context });
  const accounts = accountRecords(world, trails, places);
  const resources = [...used, ...trails.map(({ record }) => record)];
  const counts = { resources: resources.length, accounts: accounts.length };
  const records: SnapshotRecord[] = [
    header(world, context),
    ...resources,
    ...accounts,
    { kind: "end", counts, digest: "" },
  ];
  const resourceOf = (id: string) =>
    world.byId.get(id) ?? world.byId.get(id.slice(0, Math.max(0, id.lastIndexOf("@"))));
  const guards = {
    ...controlPolicies(world, places),
    rules: eventRules(world, places),
    organizations: organizations(world, places),
    keepers: keepers(world),
  };
  placeWatches(world, places);
  const topics = plannedTopics(world, places);
  const watchAt = (id: string) => {
    const planned = world.byId.get(id);
    return planned === undefined ? null : watchOf(world, planned);
  };
  const openWatchesAt = (groupId: string) => {
    const group = world.byId.get(groupId);
    return group === undefined ? [] : openWatchesOn(world, group);
  };
  return { records, resourceOf, watchAt, openWatchesOn: openWatchesAt, places, guards, topics };
}

function header({ planned }: World, { tool, startedAt }: RecordsContext): SnapshotRecord {
  const partition = planned.find((each) => !hasStandIn(each.partition))?.partition;
  return {
    kind: "header",
    format: 1,
    tool,
    partition: partition ?? "",
    caller: { accountId: "", arn: "" },
    startedAt,
    scope: "template",
    arguments: {},
    digests: { policies: null, config: null },
  };
}

/** Two trails that would have one ARN, because their accounts are not known, are two all the same. */
function plannedTrails(world: World, places: Places): PlannedTrail[] {
  const seen = new Set<string>();
  return ofKinds(world, "trail").map((planned) => {
    const record = trailRecord(world, planned, places);
    const arn = seen.has(record.arn) ? `${record.arn}${standIn(planned.id)}` : record.arn;
    seen.add(arn);
    return { planned, record: joined(world, { ...record, arn }) };
  });
}

/** A trail's key by the key's own ARN, whether the trail names it by ARN, id or alias. */
function joined(world: World, record: TrailRecord): TrailRecord {
  const { kmsKeyArn } = record;
  if (isUnknown(kmsKeyArn) || kmsKeyArn === null) return record;
  const key = keyNamed(world, kmsKeyArn);
  return key === undefined ? record : { ...record, kmsKeyArn: arnOf(world, key) };
}

type Used = (pick: (record: TrailRecord) => Fact<string | null>) => Set<string>;

function resourceRecords(
  world: World,
  trails: readonly PlannedTrail[],
  { places, context: { wanted, named } }: { places: Places; context: RecordsContext },
): ResourceRecord[] {
  const isWanted = (planned: Planned) =>
    wanted?.has(planned.id) === true ||
    named?.has(nameOf(world, planned)) === true ||
    named?.has(arnOf(world, planned)) === true;
  const used: Used = (pick) =>
    new Set(trails.map(({ record }) => pick(record)).filter((each) => typeof each === "string"));
  const buckets = used(({ bucketName }) => bucketName);
  const ciphers = used(({ kmsKeyArn }) => kmsKeyArn);
  const groups = used(({ logGroupArn }) => logGroupArn);
  const roles = used(({ logsRoleArn }) => logsRoleArn);
  const isUsed = (names: Set<string>, planned: Planned) => names.has(arnOf(world, planned));
  return [
    ...ofKinds(world, "topic").map((each) => topicRecord(world, each, places)),
    ...ofKinds(world, "bucket")
      .filter(
        (each) =>
          isWanted(each) ||
          buckets.has(nameOf(world, each)) ||
          namesCloudTrail(bucketPolicy(world, each)),
      )
      .map((each) => bucketRecord(world, each, places)),
    ...ofKinds(world, "key", "replicaKey")
      .map((each) => ({ record: keyRecord(world, each, places), isWanted: isWanted(each) }))
      .filter(({ record: { arn, policy }, ...key }) => {
        return key.isWanted || ciphers.has(arn) || namesCloudTrail(policy);
      })
      .map(({ record }) => record),
    ...ofKinds(world, "logGroup")
      .filter(
        (each) => isWanted(each) || isUsed(groups, each) || groups.has(`${arnOf(world, each)}:*`),
      )
      .map((each) => logGroupRecord(world, each, places)),
    ...ofKinds(world, "role")
      .filter((each) => isUsed(roles, each))
      .map((each) => roleRecord(world, each, places)),
    ...ofKinds(world, "eventDataStore").map((each) => eventDataStoreRecord(world, each, places)),
  ];
}

/** Whoever lets CloudTrail in keeps what some trail delivers. */
const namesCloudTrail = (policy: Fact<string | null>): boolean =>
  typeof policy === "string" && /cloudtrail\.amazonaws\.com/i.test(policy);
