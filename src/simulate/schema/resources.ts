import { type Static, Type } from "typebox";
import { accountId, closed, flag, MomentSchema, text } from "./fields.ts";
import { PublicAccessBlockSchema } from "./organization.ts";

const days = () => Type.Optional(Type.Integer({ minimum: 0 }));
const document = (description: string) =>
  Type.Optional(
    Type.Union([Type.String(), Type.Record(Type.String(), Type.Unknown())], { description }),
  );
const readers = (description: string) =>
  Type.Optional(Type.Array(accountId("An account."), { description }));

export const LifecycleRuleSchema = Type.Object(
  {
    id: Type.Optional(Type.String()),
    enabled: flag("Default true."),
    prefix: Type.Optional(Type.String()),
    tag: Type.Optional(Type.Object({ key: Type.String(), value: Type.String() }, closed)),
    expirationDays: days(),
    noncurrentExpirationDays: days(),
    transitions: Type.Optional(
      Type.Array(Type.Object({ days: Type.Integer(), storageClass: Type.String() }, closed)),
    ),
  },
  closed,
);
export type LifecycleRule = Static<typeof LifecycleRuleSchema>;

/** A bucket. What is left out is as in a bucket made since April 2023, with versioning on. */
export const BucketSchema = Type.Object(
  {
    name: Type.String({ pattern: "^[a-z0-9][a-z0-9.-]{2,62}$" }),
    account: accountId("The owner."),
    region: text("Where it is."),
    readableBy: readers("Other accounts that its policy lets read its configuration."),
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
    policy: document("The bucket policy, as text or as YAML. Left out: none."),
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
  },
  closed,
);
export type Bucket = Static<typeof BucketSchema>;

/** A KMS key; left out: a symmetric, enabled, rotated key of the customer's. */
export const KeySchema = Type.Object(
  {
    arn: Type.String({ pattern: "^arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/.+$" }),
    state: Type.Optional(
      Type.String({
        description: "KeyState: Enabled, Disabled, PendingDeletion … Default Enabled.",
      }),
    ),
    deletionDate: Type.Optional(MomentSchema),
    manager: Type.Optional(Type.Enum(["AWS", "CUSTOMER"])),
    origin: Type.Optional(Type.String({ description: "Default AWS_KMS." })),
    spec: Type.Optional(Type.String({ description: "Default SYMMETRIC_DEFAULT." })),
    rotationEnabled: flag("Default true."),
    policy: document("The key policy, as text or as YAML. Left out: the default key policy."),
    readableBy: readers("Other accounts that the key policy lets describe the key."),
  },
  closed,
);
export type Key = Static<typeof KeySchema>;

/** A CloudWatch Logs log group with its metric filters. */
export const LogGroupSchema = Type.Object(
  {
    name: text("Its name."),
    account: accountId("The owner."),
    region: text("Where it is."),
    retentionInDays: Type.Optional(Type.Integer({ description: "Left out: kept for ever." })),
    kmsKeyId: Type.Optional(Type.String()),
    logGroupClass: Type.Optional(Type.String({ description: "Default STANDARD." })),
    metricFilters: Type.Optional(
      Type.Array(
        Type.Object(
          {
            filterName: Type.String(),
            filterPattern: Type.String(),
            metricName: Type.String(),
            metricNamespace: Type.String(),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type LogGroup = Static<typeof LogGroupSchema>;

/** A CloudWatch metric alarm. */
export const AlarmSchema = Type.Object(
  {
    name: text("Its name."),
    account: accountId("The owner."),
    region: text("Where it is."),
    metricName: Type.String(),
    namespace: Type.String(),
    actionsEnabled: flag("Default true."),
    alarmActions: Type.Optional(Type.Array(Type.String())),
    threshold: Type.Optional(Type.Number({ description: "Default 1." })),
    period: Type.Optional(Type.Integer({ description: "Seconds. Default 300." })),
  },
  closed,
);
export type Alarm = Static<typeof AlarmSchema>;

/** An SNS topic with its subscriptions. */
export const TopicSchema = Type.Object(
  {
    arn: Type.String({ pattern: "^arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:.+$" }),
    kmsKeyId: Type.Optional(Type.String()),
    policy: document("The topic policy, as text or as YAML."),
    readableBy: readers("Other accounts that the topic policy lets read it."),
    subscriptions: Type.Optional(
      Type.Array(
        Type.Object(
          { protocol: Type.String(), endpoint: Type.String(), confirmed: flag("Default true.") },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type Topic = Static<typeof TopicSchema>;
