import { isKnown, isUnknown } from "../snapshot/unknown.ts";
import { bucketArn, type Join, withoutStar } from "./join.ts";
import { disabledServiceControl } from "./repair-organization.ts";
import type { Cause, Repairs } from "./schema/kinds.ts";
import type { Repair } from "./schema/repairs.ts";
import type { Trail } from "./schema/trail.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** What, repaired elsewhere or in the trail itself, would change what it fails. */
export function trailRepairs(join: Join, { record }: TrailEntry, fields: Trail): Repairs {
  const { arn, bucketName, kmsKeyArn, logGroupArn } = record;
  const group = isKnown(logGroupArn) && logGroupArn !== null ? withoutStar(logGroupArn) : null;
  const causes: Cause[] = [
    { kind: "trail", id: arn, repair: "multi-region" },
    { kind: "trail", id: arn, repair: "log-group" },
    ...disabledServiceControl(join),
    ...(isKnown(bucketName) && bucketName !== null
      ? [{ kind: "bucket", id: bucketArn(arn, bucketName), repair: "bucket" } as const]
      : []),
    ...(isKnown(kmsKeyArn) && kmsKeyArn !== null
      ? [{ kind: "key", id: kmsKeyArn, repair: "key" } as const]
      : []),
  ];
  return {
    situation: fields.id,
    causes,
    related: group === null ? {} : { "log-group": group },
    repaired: (repaired) => repairedTrail(fields, new Set(repaired.map(({ repair }) => repair))),
  };
}

/** Global service events reach a trail that carries the flag as soon as it is multi-region. */
function repairedTrail(fields: Trail, repaired: ReadonlySet<Repair>): Trail {
  const { bucket, kmsKey, logGroup } = fields;
  const isMultiRegion = repaired.has("multi-region");
  const isGuarded = repaired.has("service-control-policies");
  return {
    ...fields,
    recordsGlobalServiceEvents: isMultiRegion
      ? fields.includeGlobalServiceEvents
      : fields.recordsGlobalServiceEvents,
    guard: isGuarded ? { ...fields.guard, undeniedActions: [] } : fields.guard,
    bucket: repaired.has("bucket") ? existing(bucket) : bucket,
    kmsKey: repaired.has("key") ? existing(kmsKey) : kmsKey,
    logGroup: repaired.has("log-group") ? existing(logGroup) : logGroup,
  };
}

function existing<T extends Trail["bucket"] | Trail["kmsKey"] | Trail["logGroup"]>(part: T): T {
  return part === null || isUnknown(part) ? part : { ...part, exists: true };
}
