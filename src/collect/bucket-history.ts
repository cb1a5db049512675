import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, merged, unknown } from "../snapshot/unknown.ts";
import type { Arn } from "./arn.ts";
import type { BucketAsked } from "./bucket.ts";
import { told } from "./call.ts";

/** A trail that delivers to a bucket, as far as it tells where in the bucket. */
export type Delivery = {
  parts: Arn;
  prefix: Fact<string | null>;
  isOrganizationTrail: Fact<boolean>;
};

type History = BucketRecord["history"];

/** Whether there are log files of the day `historyDays` before the scan began, in one listing. */
export async function history(asked: BucketAsked, trail: Delivery): Promise<History> {
  const { run, place, bucket, notebook } = asked;
  const day = dayBefore(run.entry.startedAt, run.request.historyDays);
  if (day === null) return null;
  const folder = logFolder(trail, run.organizationId);
  if (isUnknown(folder)) return folder;
  const { accountId, region } = trail.parts;
  const Prefix = `${folder}${accountId}/CloudTrail/${region}/${day.replaceAll("-", "/")}/`;
  const answer = await run.ask("s3:ListObjectsV2", place, { ...bucket, Prefix, MaxKeys: 1 });
  notebook.tells(["/history"], answer.evidence);
  return told(answer, ({ Contents = [] }) => ({
    accountId,
    region,
    day,
    found: Contents.some(({ Key }) => Key?.startsWith(Prefix) === true),
  }));
}

/** As in `2025-11-20`; null where there is no such day. */
function dayBefore(startedAt: string, days: number): string | null {
  const time = new Date(Date.parse(startedAt) - days * 86_400_000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString().slice(0, 10);
}

/** As in `prefix/AWSLogs/o-exampleorgid/`: where a folder for each account begins. */
function logFolder(
  { prefix, isOrganizationTrail: isShared }: Delivery,
  organizationId: Fact<string>,
): Fact<string> {
  const id = isShared === false ? null : organizationId;
  const markers = [prefix, isShared, id].filter(isUnknown);
  if (markers.length > 0) return merged(markers);
  if (isUnknown(prefix) || isUnknown(id)) return unknown("not-collected");
  return `${prefix === null ? "" : `${prefix}/`}AWSLogs/${id === null ? "" : `${id}/`}`;
}
