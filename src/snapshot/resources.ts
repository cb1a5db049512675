import { type Static, Type } from "typebox";
import { EventSelectorsSchema } from "./event-selectors.ts";
import { provenance } from "./observation.ts";
import { fact, orNull } from "./unknown.ts";

const closed = { additionalProperties: false } as const;
const text = () => fact(Type.String());
const textOrNull = () => fact(orNull(Type.String()));
const flag = () => fact(Type.Boolean());

const resource = <K extends string>(type: K) => ({
  kind: Type.Literal("resource"),
  type: Type.Literal(type),
  arn: Type.String(),
  ...provenance,
});

/** A trail's configuration, once, as its owner sees it. */
export const TrailRecordSchema = Type.Object(
  {
    ...resource("trail"),
    name: Type.String(),
    accountId: Type.String({ description: "The owner: the account in the ARN." }),
    homeRegion: Type.String(),
    isMultiRegion: flag(),
    isOrganizationTrail: flag(),
    includeGlobalServiceEvents: flag(),
    logFileValidationEnabled: flag(),
    recursiveLogging: flag(),
    kmsKeyArn: textOrNull(),
    bucketName: textOrNull(),
    bucketPrefix: textOrNull(),
    logGroupArn: textOrNull(),
    logsRoleArn: textOrNull(),
    topicArn: textOrNull(),
    eventSelectors: fact(EventSelectorsSchema),
    insightTypes: fact(Type.Array(Type.String())),
  },
  closed,
);
export type TrailRecord = Static<typeof TrailRecordSchema>;

export const PublicAccessBlockSchema = Type.Object(
  {
    blockPublicAcls: Type.Boolean(),
    ignorePublicAcls: Type.Boolean(),
    blockPublicPolicy: Type.Boolean(),
    restrictPublicBuckets: Type.Boolean(),
  },
  closed,
);
export type PublicAccessBlock = Static<typeof PublicAccessBlockSchema>;

/** A log bucket. A trail names its bucket only by name, so whose it is has to be found out. */
export const BucketRecordSchema = Type.Object(
  {
    ...resource("bucket"),
    name: Type.String(),
    exists: flag(),
    accountId: fact(Type.String(), {
      description:
        "The owner; `elsewhere` where every account of the organization said it is not theirs.",
    }),
    region: text(),
    versioning: fact(orNull(Type.Enum(["Enabled", "Suspended"])), {
      description: "null: never enabled.",
    }),
    mfaDelete: flag(),
    encryption: fact(
      orNull(
        Type.Object(
          {
            algorithm: Type.String(),
            kmsKeyArn: orNull(Type.String()),
            bucketKeyEnabled: Type.Boolean(),
          },
          closed,
        ),
      ),
    ),
    publicAccessBlock: fact(orNull(PublicAccessBlockSchema)),
    accountPublicAccessBlock: fact(orNull(PublicAccessBlockSchema)),
    policy: fact(orNull(Type.String()), { description: "The policy document, as text." }),
    policyIsPublic: flag(),
    aclGrants: fact(
      Type.Array(Type.Object({ grantee: Type.String(), permission: Type.String() }, closed)),
    ),
    objectOwnership: textOrNull(),
    objectLock: fact(
      orNull(Type.Object({ mode: orNull(Type.String()), days: orNull(Type.Integer()) }, closed)),
      { description: "null: no Object Lock; mode null: enabled without default retention." },
    ),
    accessLogging: fact(
      orNull(Type.Object({ targetBucket: Type.String(), targetPrefix: Type.String() }, closed)),
    ),
    lifecycleRules: fact(
      Type.Array(
        Type.Object(
          {
            id: orNull(Type.String()),
            enabled: Type.Boolean(),
            prefix: orNull(Type.String()),
            otherFilter: Type.Boolean({
              description: "Whether tags or sizes narrow the rule too.",
            }),
            expirationDays: orNull(Type.Integer()),
            noncurrentExpirationDays: orNull(Type.Integer()),
            transitions: Type.Array(
              Type.Object({ days: orNull(Type.Integer()), storageClass: Type.String() }, closed),
            ),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type BucketRecord = Static<typeof BucketRecordSchema>;

/** A KMS key that a trail names. */
export const KeyRecordSchema = Type.Object(
  {
    ...resource("key"),
    accountId: Type.String({ description: "The account in the ARN." }),
    region: Type.String(),
    exists: flag(),
    enabled: flag(),
    state: text(),
    deletionDate: textOrNull(),
    manager: fact(Type.Enum(["AWS", "CUSTOMER"])),
    origin: text(),
    spec: text(),
    isMultiRegion: flag(),
    rotationEnabled: fact(orNull(Type.Boolean()), {
      description: "null: this kind of key cannot be rotated by AWS.",
    }),
    policy: fact(orNull(Type.String()), { description: "The key policy, as text." }),
  },
  closed,
);
export type KeyRecord = Static<typeof KeyRecordSchema>;

/** A CloudWatch Logs log group that a trail names. */
export const LogGroupRecordSchema = Type.Object(
  {
    ...resource("log-group"),
    name: Type.String(),
    accountId: Type.String(),
    region: Type.String(),
    exists: flag(),
    retentionDays: fact(orNull(Type.Integer()), { description: "null: kept for ever." }),
    kmsKeyArn: textOrNull(),
    logGroupClass: text(),
  },
  closed,
);
export type LogGroupRecord = Static<typeof LogGroupRecordSchema>;

/** An SNS topic that a trail names. */
export const TopicRecordSchema = Type.Object(
  {
    ...resource("topic"),
    accountId: Type.String(),
    region: Type.String(),
    exists: flag(),
    kmsKeyId: textOrNull(),
    policy: fact(orNull(Type.String())),
  },
  closed,
);
export type TopicRecord = Static<typeof TopicRecordSchema>;

export type ResourceRecord = TrailRecord | BucketRecord | KeyRecord | LogGroupRecord | TopicRecord;
