import { type Answer, epochSeconds, given, Refusal, type Request } from "../answers.ts";
import { bucketNameOf, type IndexedWorld, moment } from "../indexed-world.ts";
import { jsonProtocol } from "../protocols/json.ts";
import {
  isOrganizationTrail,
  isPresent,
  knownTrails,
  type Place,
  statusAt,
  trailArn,
} from "../replicas.ts";
import type { Moment } from "../schema/fields.ts";
import type { Trail } from "../schema/trails.ts";
import { eventSelectorsAnswer } from "./cloudtrail-selectors.ts";
import type { Service } from "./service.ts";

export const cloudtrail: Service = {
  name: "cloudtrail",
  protocol: jsonProtocol("1.1"),
  resourceParameters: ["Name", "TrailName", "ResourceIdList"],
  operations: {
    ListTrails: (request, world) => ({ body: { Trails: listed(request, world) } }),
    DescribeTrails: describeTrails,
    GetTrail: (request, world) => ({
      body: { Trail: description(world, known(request, world, given(request.input, "Name"))) },
    }),
    GetTrailStatus: getTrailStatus,
    GetEventSelectors: (request, world) => {
      const trail = known(request, world, given(request.input, "TrailName"));
      return { body: { TrailARN: trailArn(world, trail), ...eventSelectorsAnswer(trail) } };
    },
    GetInsightSelectors: getInsightSelectors,
    ListTags: listTags,
  },
};

const placeOf = ({ caller, region }: Request): Place => ({ account: caller.accountId, region });

const listed = ({ caller }: Request, world: IndexedWorld): unknown =>
  knownTrails(world, caller.accountId).map((trail) => ({
    TrailARN: trailArn(world, trail),
    Name: trail.name,
    HomeRegion: trail.homeRegion,
  }));

/**
 * The region's own trails, and with shadow trails also the copies that other regions' and the
 * organization's trails have here. Names find only trails at home here; ARNs find all.
 */
function describeTrails(request: Request, world: IndexedWorld): Answer {
  const { input, caller, region } = request;
  const names: unknown[] = Array.isArray(input.trailNameList) ? input.trailNameList : [];
  const isHome = (trail: Trail) =>
    trail.account === caller.accountId && trail.homeRegion === region;
  const trails = knownTrails(world, caller.accountId).filter((trail) => {
    if (names.includes(trailArn(world, trail))) return true;
    if (names.length > 0) return isHome(trail) && names.includes(trail.name);
    if (isHome(trail)) return true;
    return input.includeShadowTrails !== false && isPresent(world, trail, placeOf(request));
  });
  return { body: { trailList: trails.map((trail) => description(world, trail)) } };
}

function description(world: IndexedWorld, trail: Trail): unknown {
  const { name, cloudWatchLogsLogGroupArn, cloudWatchLogsRoleArn, snsTopicArn } = trail;
  return {
    Name: name,
    S3BucketName: bucketNameOf(trail),
    S3KeyPrefix: trail.s3KeyPrefix,
    SnsTopicName: snsTopicArn?.split(":").at(-1),
    SnsTopicARN: snsTopicArn,
    IncludeGlobalServiceEvents: trail.includeGlobalServiceEvents ?? true,
    IsMultiRegionTrail: trail.isMultiRegionTrail ?? true,
    HomeRegion: trail.homeRegion,
    TrailARN: trailArn(world, trail),
    LogFileValidationEnabled: trail.logFileValidationEnabled ?? true,
    CloudWatchLogsLogGroupArn: cloudWatchLogsLogGroupArn,
    CloudWatchLogsRoleArn: cloudWatchLogsRoleArn,
    KmsKeyId: trail.kmsKeyId,
    HasCustomEventSelectors:
      trail.eventSelectors !== undefined || trail.advancedEventSelectors !== undefined,
    HasInsightSelectors: (trail.insightTypes ?? []).length > 0,
    IsOrganizationTrail: isOrganizationTrail(world, trail),
    RecursiveLogging: trail.recursiveLogging,
  };
}

/** The trail of a name (at home in this region) or an ARN (from anywhere its owner or a member sees it). */
function known(request: Request, world: IndexedWorld, name: string | undefined): Trail {
  const { caller, region } = request;
  const isArn = name?.startsWith("arn:") === true;
  if (isArn && !/^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/.+$/.test(name)) {
    throw new Refusal("CloudTrailARNInvalidException", `Invalid ARN: ${name}`);
  }
  const found = knownTrails(world, caller.accountId).find((trail) =>
    isArn
      ? trailArn(world, trail) === name
      : trail.name === name && trail.homeRegion === region && trail.account === caller.accountId,
  );
  if (found === undefined) throw unknownTrail(request, world, name ?? "");
  return found;
}

function unknownTrail({ caller, region }: Request, { partition }: IndexedWorld, name: string) {
  const { accountId } = caller;
  const arn = name.startsWith("arn:")
    ? name
    : `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
  const says = `Unknown trail: ${arn} for the user: ${accountId}`;
  return new Refusal("TrailNotFoundException", says);
}

function getTrailStatus(request: Request, world: IndexedWorld): Answer {
  const name = given(request.input, "Name");
  const trail = known(request, world, name);
  const place = placeOf(request);
  if (!isPresent(world, trail, place)) throw unknownTrail(request, world, name ?? "");
  const status = statusAt(trail, place);
  const time = (when: Moment | null | undefined) =>
    when === undefined || when === null ? undefined : epochSeconds(moment(world, when));
  return {
    body: {
      IsLogging: status.isLogging,
      StartLoggingTime: time(status.startLoggingTime),
      StopLoggingTime: time(status.stopLoggingTime),
      LatestDeliveryTime: time(status.latestDeliveryTime),
      LatestDeliveryError: status.latestDeliveryError ?? undefined,
      LatestDigestDeliveryTime: time(status.latestDigestDeliveryTime),
      LatestDigestDeliveryError: status.latestDigestDeliveryError ?? undefined,
      LatestCloudWatchLogsDeliveryTime: time(status.latestCloudWatchLogsDeliveryTime),
      LatestCloudWatchLogsDeliveryError: status.latestCloudWatchLogsDeliveryError ?? undefined,
      LatestNotificationTime: time(status.latestNotificationTime),
      LatestNotificationError: status.latestNotificationError ?? undefined,
    },
  };
}

/** A trail without Insights is an error, and a member may not ask an organization trail. */
function getInsightSelectors(request: Request, world: IndexedWorld): Answer {
  const trail = known(request, world, given(request.input, "TrailName"));
  if (trail.account !== request.caller.accountId) {
    const says = "Insights selectors are not supported on this trail for this account.";
    throw new Refusal("UnsupportedOperationException", says);
  }
  const arn = trailArn(world, trail);
  const types = trail.insightTypes ?? [];
  if (types.length === 0) {
    const says = `The trail ${arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`;
    throw new Refusal("InsightNotEnabledException", says);
  }
  return {
    body: { TrailARN: arn, InsightSelectors: types.map((InsightType) => ({ InsightType })) },
  };
}

/** Tags are told only to the account in the trail's ARN, even of an organization trail. */
function listTags(request: Request, world: IndexedWorld): Answer {
  const { input, caller } = request;
  const arns: unknown[] = Array.isArray(input.ResourceIdList) ? input.ResourceIdList : [];
  const ResourceTagList = arns.map((arn) => {
    if (String(arn).split(":")[4] !== caller.accountId) {
      const says = `AccountID in ARN is wrong, you can only access resources with AccountID ${caller.accountId}`;
      throw new Refusal("CloudTrailARNInvalidException", says);
    }
    const { tags = {} } = known(request, world, String(arn));
    const TagsList = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return { ResourceId: arn, TagsList };
  });
  return { body: { ResourceTagList } };
}
