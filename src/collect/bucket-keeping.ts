import type { LifecycleRule } from "@aws-sdk/client-s3";
import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import type { BucketAsked } from "./bucket.ts";
import { replication } from "./bucket-replication.ts";
import { told, toldOr } from "./call.ts";
import { oneOf } from "./given.ts";

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

/** How a bucket keeps what it holds: versions, encryption, lock, lifecycle, and who is logged reading it. */
export async function bucketKeeping(asked: BucketAsked): Promise<Keeping> {
  const [
    versions,
    encryption,
    objectLock,
    accessLogging,
    lifecycleRules,
    replicationRules,
    requesterPays,
  ] = await Promise.all([
    versioning(asked),
    encrypted(asked),
    locked(asked),
    logged(asked),
    lifecycle(asked),
    replication(asked),
    payment(asked),
  ]);
  return {
    ...versions,
    encryption,
    objectLock,
    accessLogging,
    lifecycleRules,
    replicationRules,
    requesterPays,
  };
}

async function versioning({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketVersioning", place, bucket);
  notebook.tells(["/versioning", "/mfaDelete"], answer.evidence);
  return {
    // No status at all: versioning was never on.
    versioning: told(answer, ({ Status }) =>
      Status === undefined ? null : oneOf(Status, "Status", ["Enabled", "Suspended"]),
    ),
    mfaDelete: told(answer, ({ MFADelete }) => MFADelete === "Enabled"),
  };
}

async function encrypted({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketEncryption", place, bucket);
  notebook.tells(["/encryption"], answer.evidence);
  const none = { code: "ServerSideEncryptionConfigurationNotFoundError", means: null };
  return toldOr(answer, none, readEncryption);
}

type Encryption = { algorithm: string; kmsKeyArn: string | null; bucketKeyEnabled: boolean };

function readEncryption({
  ServerSideEncryptionConfiguration: configuration,
}: Output<"s3:GetBucketEncryption">): Fact<Encryption> {
  const [rule] = configuration?.Rules ?? [];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  if (byDefault?.SSEAlgorithm === undefined) {
    return unknown("unsupported", { detail: "the answer has no SSEAlgorithm" });
  }
  return {
    algorithm: byDefault.SSEAlgorithm,
    kmsKeyArn: byDefault.KMSMasterKeyID ?? null,
    bucketKeyEnabled: rule?.BucketKeyEnabled ?? false,
  };
}

async function locked({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetObjectLockConfiguration", place, bucket);
  notebook.tells(["/objectLock"], answer.evidence);
  const none = { code: "ObjectLockConfigurationNotFoundError", means: null };
  return toldOr(answer, none, ({ ObjectLockConfiguration: lock }) => {
    if (lock?.ObjectLockEnabled !== "Enabled") return null;
    const retention = lock.Rule?.DefaultRetention;
    const { Days: days, Years: years } = retention ?? {};
    const inDays = days ?? (years === undefined ? null : years * 365);
    return { mode: retention?.Mode ?? null, days: inDays };
  });
}

async function logged({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketLogging", place, bucket);
  notebook.tells(["/accessLogging"], answer.evidence);
  return told(answer, ({ LoggingEnabled: on }) =>
    on === undefined
      ? null
      : { targetBucket: on.TargetBucket ?? "", targetPrefix: on.TargetPrefix ?? "" },
  );
}

async function payment({ run, place, bucket, notebook }: BucketAsked) {
  const answer = await run.ask("s3:GetBucketRequestPayment", place, bucket);
  notebook.tells(["/requesterPays"], answer.evidence);
  return told(answer, ({ Payer }) => {
    const payer = oneOf(Payer, "Payer", ["BucketOwner", "Requester"]);
    return isUnknown(payer) ? payer : payer === "Requester";
  });
}

type Rules = BucketRecord["lifecycleRules"];

/** S3 takes no more lifecycle rules than these. */
const MOST_RULES = 1000;

async function lifecycle({ run, place, bucket, notebook }: BucketAsked): Promise<Rules> {
  const answer = await run.ask("s3:GetBucketLifecycleConfiguration", place, bucket);
  notebook.tells(["/lifecycleRules"], answer.evidence);
  const none = { code: "NoSuchLifecycleConfiguration", means: [] };
  return toldOr(answer, none, ({ Rules: rules = [] }) =>
    rules.length > MOST_RULES
      ? unknown("unsupported", { detail: `more than ${MOST_RULES} lifecycle rules` })
      : rules.map(readRule),
  );
}

function readRule(rule: LifecycleRule) {
  const { Filter: filter, Expiration: expiration } = rule;
  const and = filter?.And;
  const prefix = and?.Prefix ?? filter?.Prefix ?? rule.Prefix ?? "";
  const others = [
    filter?.Tag,
    filter?.ObjectSizeGreaterThan,
    filter?.ObjectSizeLessThan,
    and?.Tags,
    and?.ObjectSizeGreaterThan,
    and?.ObjectSizeLessThan,
  ];
  return {
    id: rule.ID ?? null,
    enabled: rule.Status === "Enabled",
    prefix: prefix === "" ? null : prefix,
    otherFilter: others.some((other) => other !== undefined),
    // A rule with a date removes, on that day, whatever there is: no age is safe from it.
    expirationDays: expiration?.Days ?? (expiration?.Date === undefined ? null : 0),
    noncurrentExpirationDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null,
    newerNoncurrentVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions ?? null,
    transitions: (rule.Transitions ?? []).map(({ Days, StorageClass }) => ({
      days: Days ?? null,
      storageClass: StorageClass ?? "",
    })),
  };
}
