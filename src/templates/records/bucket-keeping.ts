import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import type { BucketParts } from "./bucket.ts";
import { valuesOf } from "./bucket-access.ts";
import { lifecycleRules } from "./bucket-lifecycle.ts";
import { replicationRules } from "./bucket-replication.ts";
import { allKnown, block, flag, given, oneOf, type Values, whole } from "./read.ts";
import { textIn } from "./texts.ts";

type Keeping = Pick<
  BucketRecord,
  | "versioning"
  | "mfaDelete"
  | "encryption"
  | "objectLock"
  | "accessLogging"
  | "lifecycleRules"
  | "replicationRules"
  | "requesterPays"
>;

/** How a bucket keeps what it holds. */
export function bucketKeeping(parts: BucketParts): Keeping {
  const lock = objectLock(parts);
  return {
    ...versioning(parts, lock),
    encryption: encryption(parts),
    objectLock: lock,
    accessLogging: accessLogging(parts),
    lifecycleRules: lifecycleRules(parts),
    replicationRules: replicationRules(parts),
    requesterPays: requesterPays(parts),
  };
}

type Versioning = Pick<Keeping, "versioning" | "mfaDelete">;

/** A bucket with Object Lock has versions from the start. */
function versioning(parts: BucketParts, lock: Keeping["objectLock"]): Versioning {
  const { world, planned, companion } = parts;
  const other = companion("versioning");
  if (isUnknown(other)) return { versioning: other, mfaDelete: other };
  const own = block(
    valuesOf(other, planned.values) ?? {},
    "versioning_configuration",
    "VersioningConfiguration",
    "versioning",
  );
  if (isUnknown(own)) return { versioning: own, mfaDelete: own };
  const locked = mapFact(lock, (known) => (known === null ? null : ("Enabled" as const)));
  if (own === null) return { versioning: locked, mfaDelete: false };
  const text = (...names: string[]) => textIn(world, other ?? planned, given(own, ...names));
  if (other === null && planned.resource.dialect === "terraform") {
    const isOn = flag(own, ["enabled"], false);
    return {
      versioning: mapFact(isOn, (on) => (on ? "Enabled" : locked)),
      mfaDelete: flag(own, ["mfa_delete"], false),
    };
  }
  return {
    versioning: mapFact(text("status", "Status"), (status) =>
      status === null || status === "Disabled" ? null : oneOf(status, ["Enabled", "Suspended"]),
    ),
    mfaDelete: mapFact(text("mfa_delete"), (status) => status === "Enabled"),
  };
}

const BY_DEFAULT = { algorithm: "AES256", kmsKeyArn: null, bucketKeyEnabled: false };

/** Since 2023 S3 encrypts every bucket, with keys of its own where nothing else is said. */
function encryption({ world, planned, companion }: BucketParts): Keeping["encryption"] {
  const other = companion("encryption");
  if (isUnknown(other)) return other;
  const configuration =
    other?.values ??
    block(planned.values, "server_side_encryption_configuration", "BucketEncryption");
  if (isUnknown(configuration)) return configuration;
  const rule = block(configuration ?? {}, "rule", "ServerSideEncryptionConfiguration");
  if (isUnknown(rule)) return rule;
  const applied = block(
    rule ?? {},
    "apply_server_side_encryption_by_default",
    "ServerSideEncryptionByDefault",
  );
  if (isUnknown(applied)) return applied;
  if (rule === null || applied === null) return BY_DEFAULT;
  const text = (...names: string[]) => textIn(world, other ?? planned, given(applied, ...names));
  return allKnown({
    algorithm: mapFact(text("sse_algorithm", "SSEAlgorithm"), (name) => name ?? "AES256"),
    kmsKeyArn: text("kms_master_key_id", "KMSMasterKeyID"),
    bucketKeyEnabled: flag(rule, ["bucket_key_enabled", "BucketKeyEnabled"], false),
  });
}

function objectLock({ world, planned, companion }: BucketParts): Keeping["objectLock"] {
  const other = companion("objectLock");
  if (isUnknown(other)) return other;
  const own = block(planned.values, "object_lock_configuration", "ObjectLockConfiguration");
  if (isUnknown(own)) return own;
  const isOn = flag(planned.values, ["object_lock_enabled", "ObjectLockEnabled"], false);
  const configuration = valuesOf(other, own);
  if (configuration === null) return mapFact(isOn, (on) => (on ? NO_RETENTION : null));
  const rule = block(configuration, "rule", "Rule");
  if (isUnknown(rule)) return rule;
  const retention = block(rule ?? {}, "default_retention", "DefaultRetention");
  if (isUnknown(retention)) return retention;
  if (retention === null) return NO_RETENTION;
  return allKnown({
    mode: textIn(world, other ?? planned, given(retention, "mode", "Mode")),
    days: daysOf(retention),
  });
}

const NO_RETENTION = { mode: null, days: null };

function daysOf(retention: Values): Fact<number | null> {
  const days = whole(retention, "days", "Days");
  if (isUnknown(days) || (days !== null && days > 0)) return days;
  return mapFact(whole(retention, "years", "Years"), (years) => (years ? years * 365 : null));
}

function accessLogging({ world, planned, companion }: BucketParts): Keeping["accessLogging"] {
  const other = companion("logging");
  if (isUnknown(other)) return other;
  const own = other?.values ?? block(planned.values, "logging", "LoggingConfiguration");
  if (isUnknown(own) || own === null) return own;
  const from = other ?? planned;
  const target = textIn(world, from, given(own, "target_bucket", "DestinationBucketName"));
  // CloudFormation: without a name of another bucket it logs to itself.
  const targetBucket =
    target === null && planned.resource.dialect === "cloudformation" ? "itself" : target;
  if (targetBucket === null) return null;
  const prefix = textIn(world, from, given(own, "target_prefix", "LogFilePrefix"));
  return mapFact(targetBucket, (bucket) => ({
    targetBucket: bucket,
    targetPrefix: isUnknown(prefix) ? "" : (prefix ?? ""),
  }));
}

function requesterPays({ world, planned, companion }: BucketParts): Fact<boolean> {
  const other = companion("payment");
  if (isUnknown(other)) return other;
  const value = given(other?.values ?? planned.values, other === null ? "request_payer" : "payer");
  const payer = textIn(world, other ?? planned, value);
  return mapFact(payer, (name) => {
    if (name === null) return false;
    const known = oneOf(name, ["BucketOwner", "Requester"]);
    return isUnknown(known)
      ? unknown("unsupported", { detail: "who pays" })
      : known === "Requester";
  });
}
