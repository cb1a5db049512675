import { and, any, not, or, type Truth } from "../snapshot/logic.ts";
import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import type { Join } from "./join.ts";
import type { Bucket } from "./schema/bucket.ts";
import type { SeenAccount } from "./sightings.ts";
import type { TrailEntry } from "./trail-entry.ts";

const DAY = 86_400_000;

/** Remembers the status of an account's own trails in their home regions. */
export function addHomeStatus({ homeStatus }: Join, { record, regions }: SeenAccount): void {
  for (const region of regions) {
    for (const { trail, status } of region.sightings) {
      const { accountId, homeRegion, arn } = trail.record;
      if (accountId === record.id && homeRegion === region.record.name) homeStatus.set(arn, status);
    }
  }
}

/**
 * Whether log files of a day are there. That none were found proves that they are missing only
 * where every trail that may have been asked for logged on that day, as far as its status tells.
 */
export function history(join: Join, bucket: BucketRecord): Bucket["history"] {
  const { history: asked } = bucket;
  if (isUnknown(asked)) return { day: asked, present: asked };
  if (asked === null) return { day: null, present: unknown("not-collected", { detail: "no day" }) };
  if (asked.found) return { day: asked.day, present: true };
  const trails = (join.trailsOf.get(asked.accountId) ?? []).filter(
    ({ record }) =>
      record.homeRegion === asked.region &&
      (isUnknown(record.bucketName) || record.bucketName === bucket.name),
  );
  const notThen = or(
    trails.length === 0,
    any(trails, (trail) => wasSilent(join, trail, asked.day)),
  );
  return { day: asked.day, present: mapFact(notThen, (is) => (is ? tooYoung() : false)) };
}

const tooYoung = () =>
  unknown("too-young", { detail: "the trail has not been logging since that day" });

/** Whether a trail is not known to have logged all that day long. */
function wasSilent({ homeStatus }: Join, { record }: TrailEntry, day: string): Truth {
  const status = homeStatus.get(record.arn);
  if (status === undefined) {
    return unknown("outside-scope", { detail: "the trail's status at home" });
  }
  return mapFact(status, ({ isLogging, startLoggingTime, stopLoggingTime }) => {
    const start = Date.parse(`${day}T00:00:00.000Z`);
    // A time that cannot be read is before and after nothing.
    const began = mapFact(startLoggingTime, (time) => Date.parse(time ?? "") <= start);
    const lasted = mapFact(stopLoggingTime, (time) => Date.parse(time ?? "") >= start + DAY);
    return or(not(began), and(not(isLogging), not(lasted)));
  });
}
