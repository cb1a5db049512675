import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { ABSENT, type EventFields, VARIES } from "../event-pattern/matches.ts";
import type { Tampering } from "./trail-guard.ts";

/**
 * Such a call that takes effect, as CloudTrail sends it through EventBridge: once for each way in
 * which it can name the trail.
 */
export function tamperingEvents(name: Tampering, trail: TrailRecord): EventFields[] {
  return [trail.name, trail.arn].map((named) => event(name, named, trail));
}

function event(eventName: Tampering, named: string, trail: TrailRecord): EventFields {
  const parameter = eventName === "PutEventSelectors" ? "trailName" : "name";
  return {
    version: "0",
    id: VARIES,
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.cloudtrail",
    account: trail.accountId,
    time: VARIES,
    region: trail.homeRegion,
    detail: {
      eventVersion: VARIES,
      userIdentity: { type: VARIES },
      eventTime: VARIES,
      eventSource: "cloudtrail.amazonaws.com",
      eventName,
      awsRegion: trail.homeRegion,
      sourceIPAddress: VARIES,
      userAgent: VARIES,
      errorCode: ABSENT,
      errorMessage: ABSENT,
      requestParameters: { [parameter]: named },
      requestID: VARIES,
      eventID: VARIES,
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: trail.accountId,
      eventCategory: "Management",
    },
  };
}
