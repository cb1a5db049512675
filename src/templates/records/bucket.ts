import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { isUnknown, unknown } from "../../snapshot/unknown.ts";
import { bucketAccess, policyOf } from "./bucket-access.ts";
import { bucketKeeping } from "./bucket-keeping.ts";
import { companionsOf, onlyOne } from "./companions.ts";
import { KEEPERS } from "./keepers.ts";
import type { Kind } from "./kinds.ts";
import { type Places, provenance } from "./places.ts";
import type { Values } from "./read.ts";
import { arnOf } from "./targets.ts";
import { nameOf } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** A bucket, and where each part of its configuration is found. */
export type BucketParts = {
  world: World;
  planned: Planned;
  /** The one resource of that kind that is about this bucket, if any. */
  companion: (kind: Kind) => ReturnType<typeof onlyOne>;
};

function partsOf(world: World, planned: Planned): BucketParts {
  const names = [nameOf(world, planned), arnOf(world, planned)];
  const remembered = new Map<Kind, ReturnType<typeof onlyOne>>();
  const companion = (kind: Kind) => {
    const known = remembered.get(kind);
    if (known !== undefined) return known;
    const by = ["bucket", "Bucket"];
    const found = onlyOne(companionsOf(world, planned, { kinds: [kind], by, names }));
    remembered.set(kind, found);
    return found;
  };
  return { world, planned: unwritten(planned), companion };
}

/** The policy alone, which tells of most buckets that they are no log buckets. */
export const bucketPolicy = (world: World, planned: Planned): BucketRecord["policy"] =>
  policyOf(partsOf(world, planned));

/** A bucket with everything about it that stands in resources of their own. */
export function bucketRecord(world: World, planned: Planned, places: Places): BucketRecord {
  const parts = partsOf(world, planned);
  const { presence } = planned.resource;
  return {
    kind: "resource",
    type: "bucket",
    arn: arnOf(world, planned),
    planned: { stack: planned.stack, address: planned.resource.address },
    name: nameOf(world, planned),
    exists: presence,
    accountId: planned.account,
    region: planned.region,
    ...bucketAccess(parts),
    ...bucketKeeping(parts),
    history: unknown("not-collected", { detail: "log files of the past" }),
    ...provenance(places, told(parts)),
  };
}

/** Old arguments of Terraform's bucket, which a plan calls unknown where nobody wrote them. */
const COMPUTED = [
  "acl",
  "grant",
  "logging",
  "object_lock_configuration",
  "replication_configuration",
  "request_payer",
  "server_side_encryption_configuration",
  "versioning",
];

/** The bucket without them; the provider then keeps what S3 gives a new bucket. */
function unwritten(planned: Planned): Planned {
  if (planned.resource.dialect !== "terraform") return planned;
  const values = Object.entries(planned.values).filter(
    ([name, value]) =>
      !(
        COMPUTED.includes(name) &&
        isUnknown(value) &&
        value.$unknown.reason === "known-after-apply"
      ),
  );
  return { ...planned, values: Object.fromEntries(values) };
}

/** Facts, the kinds of resources that tell them, and the attributes of the bucket that do too. */
const SOURCES: readonly (readonly [string, Kind, ...string[]])[] = [
  ["/policy", "bucketPolicy", "policy"],
  ["/policyIsPublic", "bucketPolicy", "policy"],
  ["/publicAccessBlock", "publicAccessBlock", "PublicAccessBlockConfiguration"],
  ["/objectOwnership", "ownership", "OwnershipControls"],
  ["/aclGrants", "acl", "acl", "grant", "AccessControl"],
  ["/versioning", "versioning", "versioning", "VersioningConfiguration"],
  ["/mfaDelete", "versioning", "versioning", "VersioningConfiguration"],
  ["/encryption", "encryption", "server_side_encryption_configuration", "BucketEncryption"],
  ["/objectLock", "objectLock", "object_lock_configuration", "ObjectLockConfiguration"],
  ["/accessLogging", "logging", "logging", "LoggingConfiguration"],
  ["/lifecycleRules", "lifecycle", "lifecycle_rule", "LifecycleConfiguration"],
  ["/replicationRules", "replication", "replication_configuration", "ReplicationConfiguration"],
  ["/requesterPays", "payment", "request_payer"],
];

function told({ planned, companion }: BucketParts) {
  const own = SOURCES.map(([fact, kind, ...attributes]) => {
    const other = companion(kind);
    const isOther = other !== null && !isUnknown(other);
    return [
      fact,
      isOther ? other : planned,
      isOther ? [""] : present(planned.values, attributes),
    ] as const;
  });
  return [["", planned, [""]] as const, ["/keepers", planned, KEEPERS] as const, ...own];
}

/** An attribute that is not written is missing where the bucket is. */
function present(values: Values, attributes: readonly string[]): string[] {
  return [attributes.find((each) => Object.hasOwn(values, each)) ?? ""];
}
