import { type Static, Type } from "typebox";
import {
  accountId,
  accountIds,
  closed,
  document,
  flag,
  glob,
  MomentSchema,
  text,
  texts,
} from "./fields.ts";
import { PublicAccessBlockSchema } from "./organization.ts";

const days = () => Type.Optional(Type.Integer({ minimum: 0 }));

const filter = {
  prefix: Type.Optional(Type.String()),
  tag: Type.Optional(Type.Object({ key: Type.String(), value: Type.String() }, closed)),
  prefixInRule: flag("The prefix stands in the rule itself, as rules of before 2016 have it."),
};

export const LifecycleRuleSchema = Type.Object(
  {
    id: Type.Optional(Type.String()),
    enabled: flag("Default true."),
    ...filter,
    objectSizeGreaterThan: Type.Optional(Type.Integer({ minimum: 0 })),
    expirationDays: days(),
    expirationDate: Type.Optional(Type.String({ description: "ISO 8601, in place of days." })),
    noncurrentExpirationDays: days(),
    newerNoncurrentVersions: Type.Optional(Type.Integer({ minimum: 1 })),
    transitions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            days: days(),
            date: Type.Optional(Type.String({ description: "ISO 8601, in place of days." })),
            storageClass: Type.String(),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type LifecycleRule = Static<typeof LifecycleRuleSchema>;

export const ReplicationRuleSchema = Type.Object(
  {
    id: Type.Optional(Type.String()),
    enabled: flag("Default true."),
    ...filter,
    kmsEncrypted: flag("Objects that a KMS key encrypts are copied too. Default false."),
    destinationBucket: text("ARN of the bucket that gets the copies."),
    destinationAccount: Type.Optional(
      accountId("Told where the copies become the other account's."),
    ),
  },
  closed,
);
export type ReplicationRule = Static<typeof ReplicationRuleSchema>;

/** Days of which log files are kept, of the trails that deliver to the bucket. */
export const KeptLogFilesSchema = Type.Object(
  {
    accounts: Type.Optional(Type.Array(glob("Account id."), { description: "Left out: all." })),
    regions: Type.Optional(Type.Array(glob("Region."), { description: "Left out: all." })),
    from: Type.Optional(MomentSchema),
    to: Type.Optional(MomentSchema),
  },
  { ...closed, description: "Default from 400 days ago to now." },
);
export type KeptLogFiles = Static<typeof KeptLogFilesSchema>;

/** A bucket. What is left out is as in a bucket made since April 2023, with versioning on. */
export const BucketSchema = Type.Object(
  {
    name: Type.String({ pattern: "^[a-z0-9][a-z0-9.-]{2,62}$" }),
    account: accountId("The owner."),
    region: text("Where it is."),
    readableBy: accountIds("Other accounts that its policy lets read its configuration."),
    versioning: Type.Optional(
      Type.Enum(["Enabled", "Suspended", "never"], { description: "Default Enabled." }),
    ),
    mfaDelete: flag("Default false."),
    encryption: Type.Optional(
      Type.Object(
        {
          sseAlgorithm: Type.String(),
          kmsMasterKeyId: Type.Optional(Type.String()),
          bucketKeyEnabled: Type.Optional(Type.Boolean()),
        },
        { ...closed, description: "Default AES256, as in every bucket since 2023." },
      ),
    ),
    publicAccessBlock: Type.Optional(
      Type.Union([PublicAccessBlockSchema, Type.Null()], {
        description: "Default: all four on; null: none was ever set.",
      }),
    ),
    policy: Type.Optional(document("The bucket policy, as text or as YAML. Left out: none.")),
    policyIsPublic: flag("What GetBucketPolicyStatus answers. Default false."),
    grants: Type.Optional(
      Type.Array(
        Type.Object(
          { grantee: text("Group URI or canonical id."), permission: Type.String() },
          closed,
        ),
        { description: "Besides the owner's FULL_CONTROL." },
      ),
    ),
    objectOwnership: Type.Optional(
      Type.Union(
        [Type.Enum(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]), Type.Null()],
        { description: "Default BucketOwnerEnforced; null: none was ever set." },
      ),
    ),
    objectLock: Type.Optional(
      Type.Object(
        {
          mode: Type.Optional(Type.Enum(["GOVERNANCE", "COMPLIANCE"])),
          days: days(),
          years: days(),
        },
        { ...closed, description: "Left out: no Object Lock; `{}`: without default retention." },
      ),
    ),
    logging: Type.Optional(
      Type.Object({ targetBucket: Type.String(), targetPrefix: Type.String() }, closed),
    ),
    lifecycle: Type.Optional(Type.Array(LifecycleRuleSchema)),
    replication: Type.Optional(Type.Array(ReplicationRuleSchema)),
    requestPayer: Type.Optional(
      Type.Enum(["BucketOwner", "Requester"], { description: "Default BucketOwner." }),
    ),
    logFiles: Type.Optional(
      Type.Array(KeptLogFilesSchema, {
        description:
          "A log file a day for each account and region of the trails that deliver here. Left out: of the last 400 days; `[]`: none.",
      }),
    ),
    objects: texts("Keys of objects that are there besides."),
  },
  closed,
);
export type Bucket = Static<typeof BucketSchema>;
