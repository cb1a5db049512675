import type { Tag, TrailRecord } from "../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { type Places, provenance } from "./places.ts";
import { flag, given, isValues, objects } from "./read.ts";
import { each, insights, texts, trailSelectors } from "./selectors.ts";
import { arnOf } from "./targets.ts";
import { nameOf, rendered, textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** A trail as a plan or template has it, with each dialect's defaults. */
export function trailRecord(world: World, planned: Planned, places: Places): TrailRecord {
  const { values, account, region, stack, resource } = planned;
  const at = { world, planned };
  const text = (...names: string[]) => textIn(world, planned, given(values, ...names));
  return {
    kind: "resource",
    type: "trail",
    arn: arnOf(world, planned),
    planned: { stack, address: resource.address },
    name: nameOf(world, planned),
    accountId: account,
    homeRegion: region,
    isMultiRegion: flag(values, ["is_multi_region_trail", "IsMultiRegionTrail"], false),
    isOrganizationTrail: flag(values, ["is_organization_trail", "IsOrganizationTrail"], false),
    includeGlobalServiceEvents: flag(
      values,
      ["include_global_service_events", "IncludeGlobalServiceEvents"],
      true,
    ),
    logFileValidationEnabled: flag(
      values,
      ["enable_log_file_validation", "EnableLogFileValidation"],
      false,
    ),
    recursiveLogging: flag(values, ["recursive_logging", "RecursiveLogging"], true),
    kmsKeyArn: keyArn(planned, text("kms_key_id", "KMSKeyId")),
    bucketName: text("s3_bucket_name", "S3BucketName"),
    bucketPrefix: text("s3_key_prefix", "S3KeyPrefix"),
    logGroupArn: text("cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn"),
    logsRoleArn: text("cloud_watch_logs_role_arn", "CloudWatchLogsRoleArn"),
    topicArn: topicArn(planned, text("sns_topic_name", "SnsTopicName")),
    eventSelectors: trailSelectors(at),
    insightSelectors: insights(at),
    aggregatedEvents: aggregated(at),
    tags: tagsOf(at),
    eventRules: unknown("not-collected", { detail: "EventBridge rules" }),
    ...provenance(places, told(planned)),
  };
}

/** A key's id or alias alone means one of the trail's own account and region. */
function keyArn(planned: Planned, key: Fact<string | null>): Fact<string | null> {
  const { partition, region, account } = planned;
  // What is not known may be the ARN of anybody's key.
  if (isUnknown(key) || key === null || key.startsWith("arn:") || hasStandIn(key)) return key;
  const isName = /^alias\//.test(key);
  return `arn:${partition}:kms:${region}:${account}:${isName ? key : `key/${key}`}`;
}

function topicArn(planned: Planned, topic: Fact<string | null>): Fact<string | null> {
  const { partition, region, account } = planned;
  if (isUnknown(topic) || topic === null || topic.startsWith("arn:")) return topic;
  return `arn:${partition}:sns:${region}:${account}:${topic}`;
}

type At = { world: World; planned: Planned };

function aggregated(at: At): Fact<string[]> {
  const { values } = at.planned;
  const found = objects(values, "aggregation_configuration", "AggregationConfigurations");
  const templates = each(found, (one) => texts(at, one, "templates", "Templates"));
  return isUnknown(templates) ? templates : [...new Set(templates.flat())].sort();
}

/** Terraform writes tags as an object, those of its provider too, CloudFormation as a list. */
function tagsOf({ world, planned }: At): Fact<Tag[]> {
  const found = given(planned.values, "tags_all", "tags", "Tags");
  const text = (value: Parameters<typeof rendered>[2]) => rendered(world, planned, value) ?? "";
  if (isUnknown(found)) return found;
  if (isValues(found)) {
    return Object.entries(found).map(([key, value]) => ({ key, value: text(value) }));
  }
  const items = objects(planned.values, "tags_all", "tags", "Tags");
  return each(items, (one) => ({ key: text(one["Key"] ?? ""), value: text(one["Value"] ?? "") }));
}

function told(planned: Planned) {
  const at = (fact: string, ...attributes: string[]) => [fact, planned, attributes] as const;
  return [
    at(""),
    // No fact of the record itself: the accounts say whether it logs.
    at("/isLogging", "enable_logging", "IsLogging"),
    at("/isMultiRegion", "is_multi_region_trail", "IsMultiRegionTrail"),
    at("/isOrganizationTrail", "is_organization_trail", "IsOrganizationTrail"),
    at(
      "/includeGlobalServiceEvents",
      "include_global_service_events",
      "IncludeGlobalServiceEvents",
    ),
    at("/logFileValidationEnabled", "enable_log_file_validation", "EnableLogFileValidation"),
    at("/kmsKeyArn", "kms_key_id", "KMSKeyId"),
    at("/bucketName", "s3_bucket_name", "S3BucketName"),
    at("/bucketPrefix", "s3_key_prefix", "S3KeyPrefix"),
    at("/logGroupArn", "cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn"),
    at("/logsRoleArn", "cloud_watch_logs_role_arn", "CloudWatchLogsRoleArn"),
    at("/topicArn", "sns_topic_name", "SnsTopicName"),
    at(
      "/eventSelectors",
      "event_selector",
      "advanced_event_selector",
      "EventSelectors",
      "AdvancedEventSelectors",
    ),
    at("/insightSelectors", "insight_selector", "InsightSelectors"),
    at("/tags", "tags", "Tags"),
  ];
}
