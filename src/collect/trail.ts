import type { Trail } from "@aws-sdk/client-cloudtrail";
import type { EventSelectors } from "../snapshot/event-selectors.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../snapshot/unknown.ts";
import { bucketRecord } from "./bucket.ts";
import type { Answer, Caller, Place } from "./call.ts";
import { type Evidence, type Notebook, openNotebook } from "./evidence.ts";
import { flag, flagOr, textOrNull } from "./given.ts";
import { keyRecord } from "./key.ts";
import { logGroupRecord } from "./log-group.ts";
import type { TrailSeen } from "./region.ts";
import type { Run } from "./run.ts";
import { DEFAULT_SELECTORS, readSelectors } from "./selectors.ts";
import { topicRecord } from "./topic.ts";

/** Emits a trail's configuration, once in a run, after the bucket, key, log group and topic it names. */
export function trailRecord(run: Run, seen: TrailSeen): Promise<void> {
  return run.once(seen.arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(seen.parts.accountId);
    const { trail, evidence } = await asOwnerSeesIt(run, seen, owner);
    const [eventSelectors, insightTypes] = await Promise.all([
      eventSelectorsOf({ run, seen, owner, trail, notebook }),
      insightTypesOf({ run, seen, owner, trail, notebook }),
    ]);
    const configuration = configurationOf(trail);
    await referredTo(run, seen, configuration);
    notebook.tells([""], evidence);
    await run.emit({
      kind: "resource",
      type: "trail",
      arn: seen.arn,
      name: seen.parts.resource.slice("trail/".length),
      accountId: seen.parts.accountId,
      homeRegion: seen.parts.region,
      ...configuration,
      eventSelectors,
      insightSelectors: mapFact(insightTypes, (types) =>
        types.map((type) => ({ type, eventCategories: ["Management"] })),
      ),
      aggregatedEvents: unknown("not-collected"),
      tags: unknown("not-collected"),
      eventRules: unknown("not-collected"),
      observations: notebook.observations,
      sources: notebook.sources,
    });
  });
}

/** What DescribeTrails says in the trail's home region to its owner; else what it said where it was seen. */
async function asOwnerSeesIt(
  run: Run,
  seen: TrailSeen,
  owner: Caller | Unknown,
): Promise<{ trail: Trail; evidence: Evidence | null }> {
  if (isUnknown(owner)) return seen;
  const view = await run.views.of({ caller: owner, region: seen.parts.region });
  const trails = view.ok ? (view.value.trailList ?? []) : [];
  const trail = trails.find(({ TrailARN }) => TrailARN === seen.arn);
  return trail === undefined ? seen : { trail, evidence: view.evidence };
}

function configurationOf(trail: Trail) {
  return {
    isMultiRegion: flag(trail.IsMultiRegionTrail, "IsMultiRegionTrail"),
    // Older regions leave these two out.
    isOrganizationTrail: flagOr(trail.IsOrganizationTrail, "IsOrganizationTrail", false),
    recursiveLogging: flagOr(trail.RecursiveLogging, "RecursiveLogging", true),
    includeGlobalServiceEvents: flag(
      trail.IncludeGlobalServiceEvents,
      "IncludeGlobalServiceEvents",
    ),
    logFileValidationEnabled: flag(trail.LogFileValidationEnabled, "LogFileValidationEnabled"),
    kmsKeyArn: textOrNull(trail.KmsKeyId, "KmsKeyId"),
    bucketName: textOrNull(trail.S3BucketName, "S3BucketName"),
    bucketPrefix: textOrNull(trail.S3KeyPrefix, "S3KeyPrefix"),
    logGroupArn: textOrNull(trail.CloudWatchLogsLogGroupArn, "CloudWatchLogsLogGroupArn"),
    logsRoleArn: textOrNull(trail.CloudWatchLogsRoleArn, "CloudWatchLogsRoleArn"),
    topicArn: textOrNull(trail.SnsTopicARN, "SnsTopicARN"),
  };
}

async function referredTo(
  run: Run,
  { parts }: TrailSeen,
  configuration: ReturnType<typeof configurationOf>,
): Promise<void> {
  const { bucketName, kmsKeyArn, logGroupArn, topicArn } = configuration;
  const { bucketPrefix: prefix, isOrganizationTrail } = configuration;
  const named = (fact: Fact<string | null>) => (isUnknown(fact) ? null : fact);
  const [bucket, key, group, topic] = [bucketName, kmsKeyArn, logGroupArn, topicArn].map(named);
  await Promise.all([
    bucket && bucketRecord(run, bucket, { parts, prefix, isOrganizationTrail }),
    key && keyRecord(run, key),
    group && logGroupRecord(run, group),
    topic && topicRecord(run, topic),
  ]);
}

type About = {
  run: Run;
  seen: TrailSeen;
  owner: Caller | Unknown;
  trail: Trail;
  notebook: Notebook;
};

async function eventSelectorsOf(about: About): Promise<Fact<EventSelectors>> {
  const { run, seen, owner, trail } = about;
  const answer = await askOwnerFirst(about, "/eventSelectors", (place) =>
    run.ask("cloudtrail:GetEventSelectors", place, { TrailName: seen.arn }),
  );
  if (answer.ok) return readSelectors(answer.value, trail);
  // Members are often refused, and then the owner's word that nothing was selected is enough.
  const isOutside = isUnknown(owner) && owner.$unknown.reason === "outside-scope";
  if (isOutside && trail.HasCustomEventSelectors === false) return DEFAULT_SELECTORS;
  return isUnknown(owner) ? outside(owner, "cloudtrail:GetEventSelectors") : answer.unknown;
}

async function insightTypesOf(about: About): Promise<Fact<string[]>> {
  const { run, seen, owner } = about;
  const answer = await askOwnerFirst(about, "/insightTypes", (place) =>
    run.ask("cloudtrail:GetInsightSelectors", place, { TrailName: seen.arn }),
  );
  if (answer.ok) {
    const types = (answer.value.InsightSelectors ?? []).map(({ InsightType }) => InsightType);
    return types.filter((type) => type !== undefined).sort();
  }
  // Where no Insights are on AWS answers with an error. What a member hears proves nothing.
  if (!isUnknown(owner) && answer.code === "InsightNotEnabledException") return [];
  return isUnknown(owner) ? outside(owner, "cloudtrail:GetInsightSelectors") : answer.unknown;
}

const outside = ({ $unknown: { reason, detail } }: Unknown, action: string): Unknown =>
  unknown(reason, {
    action: reason === "outside-scope" ? action : "sts:AssumeRole",
    ...(detail === undefined ? {} : { detail }),
  });

/**
 * Asks in the home region with the owner's identity; where that fails, as who sees the trail. If
 * both fail the owner's answer counts.
 */
async function askOwnerFirst<T>(
  { seen, owner, notebook }: About,
  pointer: string,
  ask: (place: Place) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const asViewer = async () => {
    const answer = await ask(seen.place);
    notebook.tells([pointer], answer.evidence);
    return answer;
  };
  if (isUnknown(owner)) return asViewer();
  const first = await ask({ caller: owner, region: seen.parts.region });
  notebook.tells([pointer], first.evidence);
  const isViewer = owner.accountId === seen.place.caller.accountId;
  if (first.ok || isViewer || first.code === "InsightNotEnabledException") return first;
  const second = await asViewer();
  return second.ok ? second : first;
}
