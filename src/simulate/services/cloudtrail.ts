import { type Answer, epochSeconds, given, type Request } from "../answers.ts";
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
import { lake } from "./cloudtrail-lake.ts";
import {
  eventSelectorsAnswer,
  getEventConfiguration,
  getInsightSelectors,
  insightSelectorsOf,
} from "./cloudtrail-selectors.ts";
import { listTags } from "./cloudtrail-tags.ts";
import { knownTrail, unknownTrail } from "./known-trail.ts";
import type { Service } from "./service.ts";

export const cloudtrail: Service = {
  name: "cloudtrail",
  protocol: jsonProtocol("1.1"),
  resourceParameters: [
    "Name",
    "TrailName",
    "ResourceIdList",
    "EventDataStore",
    "Channel",
    "ResourceArn",
  ],
  operations: {
    ListTrails: (request, world) => ({ body: { Trails: listed(request, world) } }),
    DescribeTrails: describeTrails,
    GetTrail: (request, world) => ({
      body: { Trail: description(world, knownTrail(request, world, given(request.input, "Name"))) },
    }),
    GetTrailStatus: getTrailStatus,
    GetEventSelectors: (request, world) => {
      const trail = knownTrail(request, world, given(request.input, "TrailName"));
      return { body: { TrailARN: trailArn(world, trail), ...eventSelectorsAnswer(trail) } };
    },
    GetInsightSelectors: getInsightSelectors,
    GetEventConfiguration: getEventConfiguration,
    ListTags: listTags,
    ...lake,
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
    HasInsightSelectors: insightSelectorsOf(trail).length > 0,
    IsOrganizationTrail: isOrganizationTrail(world, trail),
    RecursiveLogging: trail.recursiveLogging,
  };
}

function getTrailStatus(request: Request, world: IndexedWorld): Answer {
  const name = given(request.input, "Name");
  const trail = knownTrail(request, world, name);
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
