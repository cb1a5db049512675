import type { TrailStatus } from "../snapshot/account-record.ts";
import { type Fact, isUnknown, merged, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { SubjectContext } from "./join.ts";

const HOUR = 3_600_000;

/** A trail's status in one region, and why that region may be too young to have delivered. */
export type Aged = {
  status: TrailStatus;
  /** The region is still being enabled, or may be; null: it is not. */
  young: Unknown | null;
  limits: SubjectContext["limits"];
};

type Hours = Fact<number | null>;
type Time = number | null;

/**
 * Hours since the last digest when the region was asked; null: never delivered. CloudTrail signs a
 * digest every hour, empty or not, so age alone tells.
 */
export function digestAgeHours({ status, young, limits }: Aged): Hours {
  const limit = limits.digestMaxAgeHours;
  return given(status.observedAt, status.latestDigestDeliveryTime, (now, digest) => {
    if (isWithin(limit, digest, now)) return hours(digest, now);
    return given(status.startLoggingTime, null, (start) => {
      const sinceStart = digest !== null && (start === null || digest >= start);
      if (!sinceStart && isWithin(limit, start, now)) return justBegun();
      return digest === null ? young : hours(digest, now);
    });
  });
}

/**
 * Hours by which CloudWatch Logs got something newer than S3. Without anything newer a region is
 * only quiet, whatever the age of its last delivery.
 */
export function s3LagHours(aged: Aged): Hours {
  const { status, limits } = aged;
  const { latestDeliveryTime, latestCloudWatchLogsDeliveryTime } = status;
  return given(latestDeliveryTime, latestCloudWatchLogsDeliveryTime, (s3, logs) => {
    if (!isAhead(logs, s3)) return 0;
    const lag = sinceStart(aged, { latest: s3, newer: logs });
    if (typeof lag !== "number" || lag <= limits.cloudWatchLogsLagHours) return lag;
    return given(status.observedAt, null, (now) =>
      isWithin(limits.cloudWatchLogsLagHours, logs, now) ? unlessDigests(aged, now, lag) : lag,
    );
  });
}

/**
 * Hours by which S3 got something newer than CloudWatch Logs, which has no heartbeat of its own.
 * Where nothing came yet it counts from when logging began.
 */
export function cloudWatchLogsLagHours(aged: Aged): Hours {
  const { status, limits } = aged;
  const { latestDeliveryTime, latestCloudWatchLogsDeliveryTime } = status;
  return given(latestDeliveryTime, latestCloudWatchLogsDeliveryTime, (s3, logs) => {
    if (!isAhead(s3, logs)) return 0;
    const lag = sinceStart(aged, { latest: logs, newer: s3 });
    if (logs !== null || typeof lag !== "number") return lag;
    // The log group may have been named after the last event of a region that is quiet since.
    return given(status.observedAt, null, (now) =>
      isWithin(limits.cloudWatchLogsLagHours, s3, now) ? lag : justBegun(),
    );
  });
}

/** The lag behind something newer; what came before a restart of logging does not count. */
function sinceStart(aged: Aged, { latest, newer }: { latest: Time; newer: Time }): Hours {
  const { startLoggingTime, observedAt } = aged.status;
  return given(startLoggingTime, observedAt, (start, now) => {
    const isUndelivered = latest === null || (start !== null && latest < start);
    if (isUndelivered && isWithin(aged.limits.cloudWatchLogsLagHours, start, now)) {
      return justBegun();
    }
    if (latest === null && aged.young !== null) return aged.young;
    if (latest === null && start === null) {
      return unknown("unresolved", { detail: "AWS gave no time at which logging began" });
    }
    return Math.max(0, hours(Math.max(latest ?? 0, start ?? 0), newer) ?? 0);
  });
}

/**
 * The first event after a quiet time reaches the log group before S3. While digests keep arriving in
 * the same bucket, S3 is not behind: the file is on its way.
 */
function unlessDigests({ status, limits }: Aged, now: Time, lag: number): Hours {
  const error = status.latestDigestDeliveryError;
  if (isUnknown(error)) return error;
  if (error !== null) return lag;
  return given(status.latestDigestDeliveryTime, null, (digest) =>
    isWithin(limits.digestMaxAgeHours, digest, now) ? justBegun() : lag,
  );
}

const justBegun = () => unknown("too-young", { detail: "it began too recently to tell" });

function isAhead(newer: Time, older: Time): boolean {
  return newer !== null && (older === null || newer > older);
}

function isWithin(limitHours: number, time: Time, now: Time): boolean {
  return time !== null && now !== null && now - time <= limitHours * HOUR;
}

function hours(from: Time, to: Time): number | null {
  return from === null || to === null ? null : (to - from) / HOUR;
}

/** Applies a function to two times once both are known. */
function given(
  one: Fact<string | null>,
  other: Fact<string | null>,
  apply: (one: Time, other: Time) => Hours,
): Hours {
  const first = timestamp(one);
  const second = timestamp(other);
  if (!isUnknown(first) && !isUnknown(second)) return apply(first, second);
  return merged([first, second].filter(isUnknown));
}

/** Times that were read lately: a region's answers come within the same seconds as its neighbours'. */
const read = new Map<string, Fact<Time>>();
const MOST_READ = 1_000;

function timestamp(fact: Fact<string | null>): Fact<Time> {
  if (fact === null || isUnknown(fact)) return fact;
  const known = read.get(fact);
  if (known !== undefined) return known;
  if (read.size >= MOST_READ) read.clear();
  const parsed = Date.parse(fact);
  const time = Number.isNaN(parsed)
    ? unknown("unresolved", { detail: "a time that is none" })
    : parsed;
  read.set(fact, time);
  return time;
}
