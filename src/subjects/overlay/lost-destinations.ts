import type { ResourceRecord } from "../../snapshot/resources/resource.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { hasStandIn, mayBeSame } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { subjectId } from "../naming.ts";
import type { LiveChange } from "./planned-trails.ts";

/** What trails need to deliver and a change takes away. */
export type Lost = {
  /** By name, which no two buckets of a partition share; the error of those who deliver there. */
  buckets: ReadonlyMap<string, Fact<string>>;
  /** By ARN. */
  keys: ReadonlyMap<string, Fact<string>>;
};

/** Finds the buckets and keys that a change deletes, or makes anew under another name. */
export function lostDestinations(change: LiveChange): Lost {
  const kept = new Map(resources(change.after.records).map((each) => [subjectId(each), each]));
  const called = new Set([...kept.values()].map(nameOf));
  const buckets = new Map<string, Fact<string>>();
  const keys = new Map<string, Fact<string>>();
  for (const record of resources(change.before.records)) {
    const doubt = called.has(nameOf(record)) ? false : isLost(record, kept, change);
    if (doubt === false) continue;
    const error = (code: string) => (doubt === true ? code : doubt);
    if (record.type === "bucket") buckets.set(record.name, error("NoSuchBucket"));
    // A deleted key waits out its days disabled.
    if (record.type === "key") keys.set(record.arn, error("KMS.KMSInvalidStateException"));
  }
  return { buckets, keys };
}

const resources = (records: LiveChange["after"]["records"]): ResourceRecord[] =>
  records.filter((record) => record.kind === "resource");

/** What those who need it call it. */
const nameOf = (record: ResourceRecord): string =>
  record.type === "bucket" ? `bucket ${record.name}` : record.arn;

function isLost(
  record: ResourceRecord,
  kept: ReadonlyMap<string, ResourceRecord>,
  { before, after, fates }: LiveChange,
): boolean | Unknown {
  const id = subjectId(record);
  const to = fates.movedTo.get(id) ?? id;
  if (hasStandIn(nameOf(record)) || fates.forgotten.has(id)) return false;
  if (isUnknown(to)) return to;
  if (!after.has(to)) return before.presenceOf(id);
  const now = kept.get(to);
  if (now === undefined || fates.retained?.replaced.has(id)) return false;
  const isOther = fates.replaced.has(id) || isRenamed(record, now);
  return isOther === true ? before.presenceOf(id) : isOther;
}

/** A bucket of another name is another one; a key has none that could change. */
function isRenamed(was: ResourceRecord, now: ResourceRecord): boolean | Unknown {
  if (was.type !== "bucket" || now.type !== "bucket") return false;
  if (!hasStandIn(now.name)) return was.name !== now.name;
  if (!mayBeSame(was.name, now.name)) return true;
  return unknown("unresolved", { detail: `whether the bucket ${was.name} keeps its name` });
}

/** The error with which a trail will deliver no more; null: the change takes nothing that it needs. */
export function errorOf({ buckets, keys }: Lost, trail: TrailRecord): Fact<string> | null {
  const { bucketName, kmsKeyArn } = trail;
  const ofBucket = typeof bucketName === "string" ? buckets.get(bucketName) : undefined;
  const ofKey = typeof kmsKeyArn === "string" ? keys.get(kmsKeyArn) : undefined;
  return ofBucket ?? ofKey ?? null;
}
