import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { ABSENT, type EventFields, type Field, VARIES } from "../event-pattern/matches.ts";
import type { Tampering } from "./trail-guard.ts";

/**
 * Such a call that takes effect, as CloudTrail sends it through EventBridge: once for each way in
 * which it can name the trail.
 */
export function tamperingEvents(name: Tampering, trail: TrailRecord): EventFields[] {
  const place = { account: trail.accountId, region: trail.homeRegion };
  return [trail.name, trail.arn].map((named) => tamperingEvent(name, { named, ...place }));
}

/** Where such a call is made, and how it names the trail. */
type Made = Record<"named" | "account" | "region", Field>;

/** Such a call, as far as it is known where it is made and on which trail. */
export function tamperingEvent(
  eventName: Tampering,
  { named, account, region }: Made,
): EventFields {
  const parameter = eventName === "PutEventSelectors" ? "trailName" : "name";
  return {
    version: "0",
    id: VARIES,
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.cloudtrail",
    account,
    time: VARIES,
    region,
    detail: {
      eventVersion: VARIES,
      userIdentity: { type: VARIES },
      eventTime: VARIES,
      eventSource: "cloudtrail.amazonaws.com",
      eventName,
      awsRegion: region,
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
      recipientAccountId: account,
      eventCategory: "Management",
    },
  };
}
