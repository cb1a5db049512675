import type { Unknown } from "./unknown.ts";

/** What a trail that has yet to deliver tells of its deliveries: nothing, for this reason. */
export const undelivered = (why: Unknown) => ({
  latestDeliveryTime: why,
  latestDeliveryError: why,
  latestDigestDeliveryTime: why,
  latestDigestDeliveryError: why,
  latestCloudWatchLogsDeliveryTime: why,
  latestCloudWatchLogsDeliveryError: why,
  latestNotificationTime: why,
  latestNotificationError: why,
});
