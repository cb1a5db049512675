import type { TrailRecord } from "../snapshot/resources/trail.ts";
import { decided, withoutMarks } from "../snapshot/stand-in.ts";
import {
  type Fact,
  isUnknown,
  mapFact,
  type Unknown,
  unknown,
  unknownMore,
} from "../snapshot/unknown.ts";
import { logsRole } from "./access/logs-role.ts";
import { topicAdmits } from "./access/topic-access.ts";
import { type Beside, trailAlerting } from "./guard/alerting.ts";
import { trailGuard } from "./guard/trail-guard.ts";
import { belonging } from "./identity.ts";
import { type Join, withoutStar } from "./join.ts";
import { managementCoverage } from "./management.ts";
import { naming, shownArn } from "./naming.ts";
import { bucketAccount, bucketExists, bucketOwner, keyOwner } from "./ownership.ts";
import { trailRepairs } from "./repair-trail.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Trail } from "./schema/trail.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** What the trail is beside the others of its owner's account. */
export type Standing = Pick<Trail, "role"> &
  Pick<Trail["management"], "completedByOthers"> & {
    /** The other trails that record its home region in its owner's account. */
    beside: readonly (Beside | Unknown)[];
  };

/** A trail's configuration, once, with what it delivers to joined in. */
export function trailSubject(
  join: Join,
  entry: TrailEntry,
  { role, completedByOthers, beside }: Standing,
): Subject {
  const { record } = entry;
  const fields: Trail = {
    ...identityOf(join, entry),
    homeRegion: decided(record.homeRegion),
    homeRegionIsOptIn: join.optIn.get(record.homeRegion) ?? unknown("outside-scope"),
    isOrganizationTrail: record.isOrganizationTrail,
    isMultiRegion: record.isMultiRegion,
    includeGlobalServiceEvents: record.includeGlobalServiceEvents,
    recordsGlobalServiceEvents: entry.recordsGlobalServiceEvents,
    logFileValidationEnabled: record.logFileValidationEnabled,
    recursiveLogging: record.recursiveLogging,
    role,
    management: {
      records: entry.recordsManagement,
      ...managementCoverage(entry.sources, entry.recorded),
      completedByOthers,
    },
    insights: insightsOf(record),
    aggregatedEvents: record.aggregatedEvents,
    tags: record.tags,
    missingTagKeys: missingTagKeys(join, record),
    guard: trailGuard(join, entry),
    alerting: trailAlerting(join, entry, beside),
    bucket: trailBucket(join, entry),
    kmsKey: trailKey(join, entry),
    logGroup: trailLogGroup(join, entry),
    topic: trailTopic(join, entry),
  };
  return {
    kind: "trail",
    fields,
    requestId: trailRequestIds(join, entry),
    repairs: () => trailRepairs(join, entry, fields),
  };
}

const identityOf = (join: Join, { record }: TrailEntry) => ({
  ...naming(record, record.name),
  ...belonging(join, record.accountId),
  region: decided(record.homeRegion),
  placeholder: false,
});

/** AWS leaves the categories out where Insights look at management events alone. */
const insightsOf = ({ insightSelectors }: TrailRecord): Trail["insights"] =>
  mapFact(insightSelectors, (selectors) =>
    selectors.map(({ type, eventCategories }) => ({
      type,
      eventCategories: eventCategories.length === 0 ? ["Management"] : eventCategories,
    })),
  );

function missingTagKeys({ context }: Join, { tags }: TrailRecord): Trail["missingTagKeys"] {
  const wanted = context.wanted.requiredTagKeys ?? [];
  if (isUnknown(tags)) return wanted.length === 0 ? [] : [unknownMore(tags)];
  const present = new Set(tags.map(({ key }) => key));
  return wanted.filter((key) => !present.has(key));
}

function trailBucket(join: Join, { record }: TrailEntry): Trail["bucket"] {
  return mapFact(record.bucketName, (name) => {
    if (name === null) return null;
    const bucket = join.buckets.get(name);
    return {
      name: decided(name),
      prefix: record.bucketPrefix,
      accountId: bucket === undefined ? notCollected(name) : bucketAccount(bucket),
      owner: bucketOwner(join, record.accountId, bucket),
      exists: bucket === undefined ? notCollected(name) : bucketExists(bucket),
    };
  });
}

/** A key of which only the ARN is known still says whose it is. */
function trailKey(join: Join, { record }: TrailEntry): Trail["kmsKey"] {
  return mapFact(record.kmsKeyArn, (arn) => {
    if (arn === null) return null;
    const [, , , region = "", accountId = ""] = arn.split(":");
    const key = join.keys.get(arn);
    return {
      arn: shownArn(arn, key),
      accountId: withoutMarks(accountId),
      region: withoutMarks(region),
      owner: keyOwner(join, record.accountId, accountId),
      exists: key?.exists ?? notCollected(arn),
      enabled: key?.enabled ?? notCollected(arn),
    };
  });
}

function trailLogGroup(join: Join, { record }: TrailEntry): Trail["logGroup"] {
  return mapFact(record.logGroupArn, (arn) => {
    if (arn === null) return null;
    const group = join.logGroups.get(withoutStar(arn));
    return {
      arn: shownArn(arn, group),
      roleArn: mapFact(record.logsRoleArn, (role) => role && shownArn(role, join.roles.get(role))),
      exists: group?.exists ?? notCollected(arn),
      ...logsRole(join, record, arn),
    };
  });
}

function trailTopic(join: Join, { record }: TrailEntry): Trail["topic"] {
  return mapFact(record.topicArn, (arn) => {
    if (arn === null) return null;
    const topic = join.topics.get(arn);
    return {
      arn: shownArn(arn, topic),
      exists: topic?.exists ?? notCollected(arn),
      admitsCloudTrail: topic === undefined ? notCollected(arn) : topicAdmits(topic, record),
    };
  });
}

const notCollected = (detail: string): Unknown =>
  unknown("not-collected", { detail: withoutMarks(detail) });

function trailRequestIds(join: Join, { record }: TrailEntry) {
  const bucket = found(join.buckets, record.bucketName);
  const key = found(join.keys, record.kmsKeyArn);
  const group = found(
    join.logGroups,
    mapFact(record.logGroupArn, (arn) => arn && withoutStar(arn)),
  );
  const topic = found(join.topics, record.topicArn);
  const role = found(join.roles, record.logsRoleArn);
  return requestIds([
    { at: "", record, pointer: "" },
    { at: "/recordsGlobalServiceEvents", record, pointer: "/includeGlobalServiceEvents" },
    { at: "/management", record, pointer: "/eventSelectors" },
    { at: "/bucket", record, pointer: "/bucketName" },
    { at: "/bucket/accountId", record: bucket, pointer: "/accountId" },
    { at: "/bucket/owner", record: bucket, pointer: "/accountId" },
    { at: "/bucket/exists", record: bucket, pointer: "/exists" },
    { at: "/kmsKey", record, pointer: "/kmsKeyArn" },
    { at: "/kmsKey/exists", record: key, pointer: "/exists" },
    { at: "/kmsKey/enabled", record: key, pointer: "/enabled" },
    { at: "/logGroup", record, pointer: "/logGroupArn" },
    { at: "/logGroup/exists", record: group, pointer: "/exists" },
    { at: "/topic", record, pointer: "/topicArn" },
    { at: "/logGroup/roleExists", record: role, pointer: "/exists" },
    { at: "/logGroup/roleCanDeliver", record: role, pointer: "/policies" },
    { at: "/topic/exists", record: topic, pointer: "/exists" },
    { at: "/topic/admitsCloudTrail", record: topic, pointer: "/policy" },
  ]);
}

function found<T>(resources: Map<string, T>, key: Fact<string | null>): T | undefined {
  return isUnknown(key) || key === null ? undefined : resources.get(key);
}
