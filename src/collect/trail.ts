import type { Trail } from "@aws-sdk/client-cloudtrail";
import { type Fact, isUnknown, type Unknown } from "../snapshot/unknown.ts";
import { bucketRecord } from "./bucket.ts";
import type { Caller } from "./call.ts";
import { type Evidence, openNotebook } from "./evidence.ts";
import { flag, flagOr, textOrNull } from "./given.ts";
import { keyRecord } from "./key.ts";
import { logGroupRecord } from "./log-group.ts";
import type { TrailSeen } from "./region.ts";
import { roleRecord } from "./role.ts";
import type { Run } from "./run.ts";
import { topicRecord } from "./topic.ts";
import { recordingOf } from "./trail-recording.ts";

/** Emits a trail's configuration, once in a run, after all that it names: bucket, key, log group and its role, topic. */
export function trailRecord(run: Run, seen: TrailSeen): Promise<void> {
  return run.once(seen.arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(seen.parts.accountId);
    const { trail, evidence } = await asOwnerSeesIt(run, seen, owner);
    const recording = await recordingOf({ run, seen, owner, trail, notebook });
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
      ...recording,
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
  const { bucketPrefix: prefix, isOrganizationTrail } = configuration;
  const named = (fact: Fact<string | null>) => (isUnknown(fact) ? null : fact);
  const bucket = named(configuration.bucketName);
  const key = named(configuration.kmsKeyArn);
  const group = named(configuration.logGroupArn);
  const role = named(configuration.logsRoleArn);
  const topic = named(configuration.topicArn);
  await Promise.all([
    bucket && bucketRecord(run, bucket, { parts, prefix, isOrganizationTrail }),
    key && keyRecord(run, key),
    group && logGroupRecord(run, group),
    role && roleRecord(run, role),
    topic && topicRecord(run, topic),
  ]);
}
