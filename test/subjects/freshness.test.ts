import { expect, test } from "vitest";
import type { TrailStatus } from "../../src/snapshot/account-record.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import {
  cloudWatchLogsLagHours,
  digestAgeHours,
  s3LagHours,
} from "../../src/subjects/freshness.ts";
import { aStatus, CONTEXT, denied, hoursAgo, shown } from "./a-snapshot.ts";

const enabling = unknown("too-young");
const never = {
  latestDeliveryTime: null,
  latestDigestDeliveryTime: null,
  latestCloudWatchLogsDeliveryTime: null,
};
const aged = (changes: Partial<TrailStatus>, young: typeof enabling | null = null) => ({
  status: aStatus(changes),
  young,
  limits: CONTEXT.limits,
});
const rounded = (value: unknown) =>
  typeof value === "number" ? Math.round(value * 100) / 100 : shown(value);

test.each<[string, Partial<TrailStatus>, unknown]>([
  ["half an hour ago", { latestDigestDeliveryTime: hoursAgo(0.5) }, 0.5],
  ["three hours ago, at the limit", { latestDigestDeliveryTime: hoursAgo(3) }, 3],
  ["a day ago", { latestDigestDeliveryTime: hoursAgo(24) }, 24],
  ["never, on a trail that began long ago", never, null],
  [
    "never, on a trail that began an hour ago",
    { ...never, startLoggingTime: hoursAgo(1) },
    "?too-young",
  ],
  [
    "a day ago, before logging began again an hour ago",
    { latestDigestDeliveryTime: hoursAgo(24), startLoggingTime: hoursAgo(1) },
    "?too-young",
  ],
  [
    "a day ago, before logging began again ten hours ago",
    { latestDigestDeliveryTime: hoursAgo(24), startLoggingTime: hoursAgo(10) },
    24,
  ],
  ["never, on a trail that never began", { ...never, startLoggingTime: null }, null],
  ["at a time that was not told", { latestDigestDeliveryTime: denied }, "?access-denied"],
  [
    "a day ago, with a start that was not told",
    { latestDigestDeliveryTime: hoursAgo(24), startLoggingTime: denied },
    "?access-denied",
  ],
  ["at a time that is none", { latestDigestDeliveryTime: "yesterday" }, "?unresolved"],
])("the age of a digest that came %s", (_, status, expected) => {
  expect(rounded(digestAgeHours(aged(status)))).toBe(expected);
});

test("a region that is being enabled is too young for a digest, and no longer once one came", () => {
  expect(shown(digestAgeHours(aged(never, enabling)))).toBe("?too-young");
  const late = { latestDigestDeliveryTime: hoursAgo(24) };
  expect(digestAgeHours(aged(late, enabling))).toBe(24);
});

const times = (s3: number | null, logs: number | null) => ({
  latestDeliveryTime: s3 === null ? null : hoursAgo(s3),
  latestCloudWatchLogsDeliveryTime: logs === null ? null : hoursAgo(logs),
});
const noDigests = { latestDigestDeliveryTime: null };

test.each<[string, Partial<TrailStatus>, unknown]>([
  ["both got the last event", times(0.2, 0.2), 0],
  ["S3 got something newer", times(0.2, 5), 0],
  ["nothing came to either: a quiet region", never, 0],
  ["S3 got nothing for a month, and no log group is there to compare", times(720, null), 0],
  ["CloudWatch Logs is an hour ahead", times(5, 4), 1],
  ["CloudWatch Logs got something five hours newer, four hours ago", times(9, 4), 5],
  [
    "CloudWatch Logs is ahead in a busy region, digests are missing",
    { ...times(10, 0.1), ...noDigests },
    9.9,
  ],
  [
    "CloudWatch Logs is ahead in a busy region, digests fail",
    { ...times(10, 0.1), latestDigestDeliveryError: "AccessDenied" },
    9.9,
  ],
  ["the first event after a quiet time, digests arrive", times(240, 0.1), "?too-young"],
  [
    "S3 got nothing since it began five hours ago",
    { ...times(null, 1), startLoggingTime: hoursAgo(5), ...noDigests },
    4,
  ],
  [
    "S3 got nothing since it began an hour ago",
    { ...times(null, 0.1), startLoggingTime: hoursAgo(1) },
    "?too-young",
  ],
  [
    "S3 got nothing since it began again an hour ago",
    { ...times(400, 0.1), startLoggingTime: hoursAgo(1) },
    "?too-young",
  ],
  ["nothing says when it began", { ...times(null, 1), startLoggingTime: null }, "?unresolved"],
  ["the S3 time was not told", { ...times(null, 1), latestDeliveryTime: denied }, "?access-denied"],
])("hours that S3 lags where %s", (_, status, expected) => {
  expect(rounded(s3LagHours(aged(status)))).toBe(expected);
});

test.each<[string, Partial<TrailStatus>, unknown]>([
  ["both got the last event", times(0.2, 0.2), 0],
  ["CloudWatch Logs got something newer", times(5, 0.2), 0],
  ["nothing came to either", never, 0],
  ["both are quiet for a month", times(720, 720.1), 0.1],
  ["S3 got something 26 hours newer", times(0.1, 26.1), 26],
  ["nothing ever came, and S3 got something now", times(0.1, null), 999.9],
  ["nothing ever came, and S3 is quiet", times(100, null), "?too-young"],
  [
    "nothing came since it began an hour ago",
    { ...times(0.1, null), startLoggingTime: hoursAgo(1) },
    "?too-young",
  ],
  [
    "nothing came since it began again an hour ago",
    { ...times(0.1, 400), startLoggingTime: hoursAgo(1) },
    "?too-young",
  ],
  ["the S3 time was not told", { ...times(1, 1), latestDeliveryTime: denied }, "?access-denied"],
])("hours that CloudWatch Logs lags where %s", (_, status, expected) => {
  expect(rounded(cloudWatchLogsLagHours(aged(status)))).toBe(expected);
});

test("a region that is being enabled is too young for a log group that got nothing yet", () => {
  expect(shown(cloudWatchLogsLagHours(aged(times(0.1, null), enabling)))).toBe("?too-young");
});
