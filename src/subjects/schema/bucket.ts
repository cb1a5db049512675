import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import { closed, days, flag, identity, OwnerSchema, textOrNull, texts } from "./fields.ts";

export const BucketSchema = Type.Object(
  {
    ...identity,
    trails: Type.Array(fact(Type.String()), {
      description: "ARNs of the trails that deliver here.",
    }),
    exists: flag("Whether a bucket of that name exists."),
    owner: fact(OwnerSchema, {
      description: "Whose it is; where several trails share it, the least trusted answer.",
    }),
    isPublic: flag(
      "Whether anyone outside can reach it by policy or ACL, all public access blocks considered.",
    ),
    versioning: fact(orNull(Type.Enum(["Enabled", "Suspended"])), {
      description: "null: never enabled.",
    }),
    mfaDelete: flag("Whether deleting a version needs a second factor."),
    encryption: fact(
      orNull(
        Type.Object(
          { algorithm: Type.String(), kmsKeyArn: textOrNull("The key, where one is named.") },
          closed,
        ),
      ),
      { description: "Default encryption." },
    ),
    objectLock: fact(
      orNull(Type.Object({ mode: orNull(Type.String()), days: orNull(Type.Integer()) }, closed)),
      { description: "Default Object Lock retention; null: no Object Lock." },
    ),
    accessLogging: flag("Whether server access logging is on."),
    hasLifecycle: flag("Whether any lifecycle rule is on; MFA delete cannot be used with one."),
    publicAccessBlocked: flag(
      "Whether all four blocks of public access are on, by bucket or account.",
    ),
    aclsDisabled: flag("Whether ownership is BucketOwnerEnforced, so that ACLs have no effect."),
    tlsOnly: flag("Whether the bucket policy denies every request without TLS."),
    requesterPays: flag("Whether requesters pay: CloudTrail cannot deliver to such a bucket."),
    admitsCloudTrail: flag(
      "Whether the bucket policy lets CloudTrail read the ACL and write log files of every trail that delivers here, from every region.",
    ),
    boundToTrails: flag(
      "Whether every statement that admits CloudTrail is bound to trails or accounts (aws:SourceArn, aws:SourceAccount, aws:SourceOrgID).",
    ),
    foreignWriters: texts(
      "Principals other than CloudTrail, outside the organization and the named accounts, that policy or ACL lets write, delete or change the policy.",
    ),
    foreignReaders: texts(
      "Principals outside the organization and the named accounts that policy or ACL lets read objects.",
    ),
    replicatesLogs: flag("Whether a replication rule that is on copies every log file elsewhere."),
    retention: Type.Object(
      {
        days: days(
          "After how many days, at the earliest, a log file can be gone by lifecycle, Object Lock considered; null: never.",
        ),
        lockedDays: days(
          "For how many days Object Lock keeps every new version; null: it does not.",
        ),
        archivedAfterDays: days(
          "After how many days, at the earliest, a log file needs restoring before it can be read; null: never.",
        ),
      },
      { ...closed, description: "How long log files are kept, and at hand." },
    ),
    history: Type.Object(
      {
        day: textOrNull("The day asked about, YYYY-MM-DD; null: not asked."),
        present: flag(
          "Whether log files of that day exist; not known (too-young) where logging began later.",
        ),
      },
      { ...closed, description: "Whether log files of retentionDays ago are there." },
    ),
  },
  closed,
);
export type Bucket = Static<typeof BucketSchema>;

export const compliantBucket: Bucket = {
  id: "arn:aws:s3:::example-trail-logs",
  name: "example-trail-logs",
  arn: "arn:aws:s3:::example-trail-logs",
  accountId: "333333333333",
  accountName: "log-archive",
  ouPath: "Root/Security",
  region: "us-east-1",
  placeholder: false,
  trails: ["arn:aws:cloudtrail:us-east-1:111111111111:trail/organization"],
  exists: true,
  owner: "organization-account",
  isPublic: false,
  versioning: "Enabled",
  mfaDelete: true,
  encryption: {
    algorithm: "aws:kms",
    kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  },
  objectLock: { mode: "COMPLIANCE", days: 400 },
  accessLogging: true,
  hasLifecycle: false,
  publicAccessBlocked: true,
  aclsDisabled: true,
  tlsOnly: true,
  requesterPays: false,
  admitsCloudTrail: true,
  boundToTrails: true,
  foreignWriters: [],
  foreignReaders: [],
  replicatesLogs: true,
  retention: { days: null, lockedDays: 400, archivedAfterDays: null },
  history: { day: "2025-11-20", present: true },
};
