import type { ResourceRecord } from "../../snapshot/resources/resource.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { subjectId } from "../naming.ts";
import type { LiveChange } from "./planned-trails.ts";

/** What trails need to deliver and a change takes away. */
export type Lost = {
  /** By name, which no two buckets of a partition share; the error of those who deliver there. */
  buckets: ReadonlyMap<string, Fact<string>>;
  /** By ARN. */
  keys: ReadonlyMap<string, Fact<string>>;
};

/** Finds the buckets and keys that a change deletes and does not make anew. */
export function lostDestinations(change: LiveChange): Lost {
  const kept = new Set(resources(change.after.records).map(({ arn }) => arn));
  const buckets = new Map<string, Fact<string>>();
  const keys = new Map<string, Fact<string>>();
  for (const record of resources(change.before.records)) {
    const doubt = isLost(record, kept, change);
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

function isLost(
  record: ResourceRecord,
  kept: ReadonlySet<string>,
  { before, after, fates }: LiveChange,
): boolean | Unknown {
  const id = subjectId(record);
  const to = fates.movedTo.get(id) ?? id;
  if (hasStandIn(record.arn) || kept.has(record.arn) || fates.forgotten.has(id)) return false;
  if (isUnknown(to)) return to;
  return after.has(to) ? false : before.presenceOf(id);
}

/** The error with which a trail will deliver no more; null: the change takes nothing that it needs. */
export function errorOf({ buckets, keys }: Lost, trail: TrailRecord): Fact<string> | null {
  const { bucketName, kmsKeyArn } = trail;
  const ofBucket = typeof bucketName === "string" ? buckets.get(bucketName) : undefined;
  const ofKey = typeof kmsKeyArn === "string" ? keys.get(kmsKeyArn) : undefined;
  return ofBucket ?? ofKey ?? null;
}
