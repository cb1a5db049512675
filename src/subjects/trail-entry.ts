import { and, or, type Truth } from "../snapshot/logic.ts";
import type { TrailRecord } from "../snapshot/resources/trail.ts";
import { decided } from "../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../snapshot/unknown.ts";
import { recordsEvery, recordsSome } from "./event-class.ts";
import { MANAGEMENT, namedSources, type Recorded, type Source } from "./management.ts";
import { type EventClass, normalised, type Selector } from "./selectors.ts";

/** A trail in the join table, with what its selectors record worked out once. */
export type TrailEntry = {
  record: TrailRecord;
  /** Its place in the order in which trails came; short enough for a memo key. */
  index: number;
  /** null where its selectors are not known. */
  selectors: Selector[] | null;
  /** Those that may let through other events than management events. */
  others: Selector[] | Unknown;
  sources: string[];
  recorded: Recorded;
  /** Whether its selectors let any management event through. */
  recordsManagement: Truth;
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
  const selectors = mapFact(record.eventSelectors, normalised);
  return {
    record,
    index,
    selectors: isUnknown(selectors) ? null : selectors,
    others: mapFact(selectors, (known) => known.filter((each) => !isManagementAlone(each))),
    sources: namedSources(isUnknown(selectors) ? [] : selectors),
    recorded: managementRecorded(selectors, partition),
    recordsManagement: mapFact(selectors, (known) => recordsSome(known, MANAGEMENT, { partition })),
    recordsGlobalServiceEvents: recordsGlobal(record, leaderRegion(partition)),
  };
}

function isManagementAlone(selector: Selector): boolean {
  return selector.some(
    ({ field, equals }) =>
      field === "eventCategory" && equals?.every((value) => value === "Management") === true,
  );
}

/** Whether selectors record all management events of a source; remembers what it was asked. */
export function managementRecorded(selectors: Fact<Selector[]>, partition: string): Recorded {
  const reads = new Map<Source, Truth>();
  const writes = new Map<Source, Truth>();
  return (eventSource, readOnly) => {
    if (isUnknown(selectors)) return selectors;
    const known = readOnly ? reads : writes;
    const before = known.get(eventSource);
    if (before !== undefined) return before;
    const event: EventClass = { ...MANAGEMENT, readOnly: String(readOnly), eventSource };
    const answer = recordsEvery([{ selectors, counts: true }], event, { partition });
    known.set(eventSource, answer);
    return answer;
  };
}

/** The flag alone proves nothing: it stays true on a trail narrowed to one region elsewhere. */
function recordsGlobal(trail: TrailRecord, leader: string | null): Truth {
  const isAtHome: Truth = mapFact(decided(trail.homeRegion), (region) =>
    leader === null
      ? unknown("unsupported", { detail: "where this partition keeps global service events" })
      : region === leader,
  );
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
