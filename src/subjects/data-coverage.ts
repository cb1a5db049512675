import { and, any, type Truth } from "../snapshot/logic.ts";
import { isUnknown, openEnd, type Unknown, unknown } from "../snapshot/unknown.ts";
import { type Circumstances, type Recorder, recordsEvery } from "./event-class.ts";
import type { Region } from "./schema/region.ts";
import type { EventClass } from "./selectors.ts";
import type { SeenRegion } from "./sightings.ts";
import type { Wanted } from "./wanted.ts";

type Covered = Pick<Region["coverage"], "data" | "network">;

/**
 * What Bedrock's runtimes log as data events. Invoking a model with a request and an answer is a
 * management event; what streams both ways or answers later, and all that agents do, is none.
 */
const BEDROCK_TYPES = [
  "AWS::Bedrock::AgentAlias",
  "AWS::Bedrock::AsyncInvoke",
  "AWS::Bedrock::FlowAlias",
  "AWS::Bedrock::Guardrail",
  "AWS::Bedrock::InlineAgent",
  "AWS::Bedrock::KnowledgeBase",
  "AWS::Bedrock::Model",
];

/** Data and network activity events that the trails of a region record there together. */
export function dataCoverage(
  region: SeenRegion,
  { partition, wanted }: { partition: string; wanted: Wanted },
): Covered {
  const recorders = recordersOf(region);
  const circumstances: Circumstances = { partition, isSpared: sparedIn(region, partition) };
  const every = (event: EventClass) => recordsEvery(recorders, event, circumstances);
  const of = (type: string, readOnly: boolean) =>
    every({ eventCategory: "Data", "resources.type": type, readOnly: String(readOnly) });
  const both = (type: string) => and(of(type, true), of(type, false));
  const denied = (eventSource: string) =>
    every({ eventCategory: "NetworkActivity", eventSource, errorCode: "VpceAccessDenied" });
  return {
    data: {
      s3Reads: of("AWS::S3::Object", true),
      s3Writes: of("AWS::S3::Object", false),
      // AWS counts every invocation as a write.
      lambdaInvocations: of("AWS::Lambda::Function", false),
      dynamodbReads: of("AWS::DynamoDB::Table", true),
      dynamodbWrites: of("AWS::DynamoDB::Table", false),
      bedrockInvocations: and(...BEDROCK_TYPES.map(both)),
      missingResourceTypes: missing(wanted.dataEventResourceTypes, both),
    },
    network: networkCoverage(wanted.networkActivityEventSources, denied),
  };
}

function networkCoverage(
  sources: readonly string[] | null,
  denied: (source: string) => Truth,
): Covered["network"] {
  const truths = new Map((sources ?? []).map((source) => [source, denied(source)]));
  return {
    denied:
      sources === null
        ? unknown("not-collected", { detail: "networkActivityEventSources is not set" })
        : and(...truths.values()),
    missingEventSources: missing(sources, (source) => truths.get(source) ?? false),
  };
}

/** What of a list is not recorded; an open end where that is not known of every item. */
function missing(
  asked: readonly string[] | null,
  isRecorded: (each: string) => Truth,
): (string | Unknown)[] {
  const lost: string[] = [];
  const undecided: Unknown[] = [];
  for (const each of asked ?? []) {
    const truth = isRecorded(each);
    if (truth === false) lost.push(each);
    if (isUnknown(truth)) undecided.push(truth);
  }
  return [...lost, ...openEnd(undecided)];
}

/** The trails that may record more than management events, and those that were not seen. */
function recordersOf({ sightings, presumed, open, young }: SeenRegion): Recorder[] {
  const hidden = [open, young].filter((marker): marker is Unknown => marker !== null);
  return [
    ...[...sightings, ...presumed]
      .filter(({ trail: { others } }) => isUnknown(others) || others.length > 0)
      .map(({ trail, works }) => ({ selectors: trail.others, counts: works })),
    ...hidden.map((marker) => ({ selectors: marker, counts: true })),
  ];
}

/**
 * The objects that nobody asks for: those of the buckets that keep the logs. To record what
 * CloudTrail itself writes there makes more to write, and AWS advises to leave these buckets out.
 */
function sparedIn({ sightings, presumed }: SeenRegion, partition: string) {
  const buckets = [...sightings, ...presumed].map(({ trail: { record } }) => record.bucketName);
  return (arn: string): Truth =>
    any(buckets, (name) => name !== null && arn.startsWith(`arn:${partition}:s3:::${name}/`));
}
