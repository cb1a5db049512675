import { type Answer, given, givenNumber, page, Refusal, type Request } from "../answers.ts";
import { type IndexedWorld, moment } from "../indexed-world.ts";
import { covers, isOrganizationTrail, isPresent, isSeenBy } from "../replicas.ts";
import type { Bucket, KeptLogFiles } from "../schema/buckets.ts";
import type { Trail } from "../schema/trails.ts";

const MOST_KEYS = 1000;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 400;
const MOST_DAYS = 4000;
const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** The objects under a prefix, in the order of their keys. Folders (Delimiter) are not simulated. */
export function listObjects(bucket: Bucket, { input }: Request, world: IndexedWorld): Answer {
  if (given(input, "Delimiter") !== undefined) {
    const says = "A header you provided implies functionality that is not implemented";
    throw new Refusal("NotImplemented", says, { status: 501 });
  }
  const Prefix = given(input, "Prefix") ?? "";
  const after = given(input, "StartAfter") ?? "";
  const keys = [...(bucket.objects ?? []), ...logFileKeys(bucket, Prefix, world)]
    .filter((key) => key.startsWith(Prefix) && key > after)
    .sort();
  const MaxKeys = Math.min(givenNumber(input, "MaxKeys") ?? MOST_KEYS, MOST_KEYS);
  const token = given(input, "ContinuationToken");
  const { items, next } = page(keys, { token, size: MaxKeys }, () => {
    return new Refusal("InvalidArgument", "The continuation token provided is incorrect");
  });
  const LastModified = new Date(world.now).toISOString();
  const Contents = items.map((Key) => ({
    Key,
    LastModified,
    Size: 1024,
    StorageClass: "STANDARD",
  }));
  const IsTruncated = next !== undefined;
  const listed = { Name: bucket.name, Prefix, KeyCount: items.length, MaxKeys, IsTruncated };
  const NextContinuationToken = next;
  const body = { "@xmlns": NAMESPACE, ...listed, NextContinuationToken, Contents };
  return { body: { ListBucketResult: body } };
}

const PLACE = /^AWSLogs\/(?:(o-[a-z0-9]+)\/)?(\d{12})\/CloudTrail\/([a-z0-9-]+)\//;

/**
 * The log files that the bucket's trails left in the account and region that a prefix names. A
 * prefix that names none finds none: a world has too many to list them all.
 */
function logFileKeys(bucket: Bucket, prefix: string, world: IndexedWorld): string[] {
  const keys = new Set<string>();
  for (const trail of world.trailsInto.get(bucket.name) ?? []) {
    const folder = trail.s3KeyPrefix === undefined ? "" : `${trail.s3KeyPrefix}/`;
    if (!prefix.startsWith(folder)) continue;
    const [inFolder = "", organization, account = "", region = ""] =
      PLACE.exec(prefix.slice(folder.length)) ?? [];
    const place = { account, region };
    if (!deliversFrom(trail, { ...place, organization }, world)) continue;
    for (const kept of bucket.logFiles ?? [{}]) {
      if (!covers(kept, place)) continue;
      for (const day of daysOf(kept, world)) keys.add(fileKey(`${folder}${inFolder}`, day, place));
    }
  }
  return [...keys];
}

type Writer = { account: string; region: string; organization: string | undefined };

/** An organization's trail writes under the organization's id, all others under none. */
function deliversFrom(trail: Trail, writer: Writer, world: IndexedWorld): boolean {
  const id = isOrganizationTrail(world, trail) ? world.directory?.id : undefined;
  const isSeen = trail.account === writer.account || isSeenBy(world, trail, writer.account);
  return writer.organization === id && isSeen && isPresent(world, trail, writer);
}

/** Days as YYYY-MM-DD, both ends included. */
function daysOf({ from, to }: KeptLogFiles, world: IndexedWorld): string[] {
  const last = to === undefined ? world.now : moment(world, to);
  const first = from === undefined ? world.now - KEPT_DAYS * DAY_MS : moment(world, from);
  const start = Math.floor(first / DAY_MS);
  const count = Math.max(0, Math.min(Math.floor(last / DAY_MS) - start + 1, MOST_DAYS));
  return Array.from({ length: count }, (_, index) =>
    new Date((start + index) * DAY_MS).toISOString().slice(0, 10),
  );
}

function fileKey(folder: string, day: string, place: { account: string; region: string }): string {
  const { account, region } = place;
  const time = `${day.replaceAll("-", "")}T0005Z`;
  const name = `${account}_CloudTrail_${region}_${time}_simulated0000000.json.gz`;
  return `${folder}${day.replaceAll("-", "/")}/${name}`;
}
