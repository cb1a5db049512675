import { and, or, type Truth } from "../snapshot/logic.ts";
import type { TrailRecord } from "../snapshot/resources/trail.ts";
import { isUnknown, unknown } from "../snapshot/unknown.ts";
import { namedSources, type Recorded, type Source } from "./management.ts";
import { normalised, records, type Selector } from "./selectors.ts";

/** A trail in the join table, with what its selectors record worked out once. */
export type TrailEntry = {
  record: TrailRecord;
  /** Its place in the order in which trails came; short enough for a memo key. */
  index: number;
  /** null where its selectors are not known. */
  selectors: Selector[] | null;
  sources: string[];
  recorded: Recorded;
  recordsGlobalServiceEvents: Truth;
};

/** The region that carries a partition's global service events; null: not known for it. */
export function leaderRegion(partition: string): string | null {
  const leaders: Record<string, string> = {
    aws: "us-east-1",
    "aws-us-gov": "us-gov-west-1",
    "aws-cn": "cn-northwest-1",
  };
  return Object.hasOwn(leaders, partition) ? (leaders[partition] ?? null) : null;
}

export function trailEntry(
  record: TrailRecord,
  { index, partition }: { index: number; partition: string },
): TrailEntry {
  const selectors = isUnknown(record.eventSelectors) ? null : normalised(record.eventSelectors);
  return {
    record,
    index,
    selectors,
    sources: namedSources(selectors ?? []),
    recorded: memo(record, selectors),
    recordsGlobalServiceEvents: recordsGlobal(record, leaderRegion(partition)),
  };
}

function memo({ eventSelectors }: TrailRecord, selectors: Selector[] | null): Recorded {
  const reads = new Map<Source, Truth>();
  const writes = new Map<Source, Truth>();
  return (source, readOnly) => {
    if (selectors === null) return isUnknown(eventSelectors) ? eventSelectors : false;
    const known = readOnly ? reads : writes;
    const before = known.get(source);
    if (before !== undefined) return before;
    const answer = records(selectors, {
      eventCategory: "Management",
      readOnly: String(readOnly),
      eventSource: source,
    });
    known.set(source, answer);
    return answer;
  };
}

/** The flag alone proves nothing: it stays true on a trail narrowed to one region elsewhere. */
function recordsGlobal(trail: TrailRecord, leader: string | null): Truth {
  const isAtHome: Truth =
    leader === null
      ? unknown("unsupported", { detail: "where this partition keeps global service events" })
      : trail.homeRegion === leader;
  return and(trail.includeGlobalServiceEvents, or(trail.isMultiRegion, isAtHome));
}

/** Stands for a trail that a region shows but the snapshot does not describe. */
export function undescribed(arn: string): TrailRecord {
  const [, , , homeRegion = "", accountId = "", path = ""] = arn.split(":");
  const fact = unknown("not-collected", { action: "cloudtrail:DescribeTrails" });
  return {
    kind: "resource",
    type: "trail",
    arn,
    observations: [],
    sources: {},
    name: path.slice(path.indexOf("/") + 1),
    accountId,
    homeRegion,
    isMultiRegion: fact,
    isOrganizationTrail: fact,
    includeGlobalServiceEvents: fact,
    logFileValidationEnabled: fact,
    recursiveLogging: fact,
    kmsKeyArn: fact,
    bucketName: fact,
    bucketPrefix: fact,
    logGroupArn: fact,
    logsRoleArn: fact,
    topicArn: fact,
    eventSelectors: fact,
    insightSelectors: fact,
    aggregatedEvents: fact,
    tags: fact,
    eventRules: fact,
  };
}
