import { type Static, Type } from "typebox";
import { fact, orNull } from "../unknown-schema.ts";
import { closed, flag, resource, text, textOrNull } from "./fields.ts";

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
    aclOwner: fact(orNull(Type.String()), {
      description: "The canonical user id of the owner, as the ACL names it.",
    }),
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
            newerNoncurrentVersions: orNull(
              Type.Integer({
                description: "How many noncurrent versions are kept whatever their age.",
              }),
            ),
            transitions: Type.Array(
              Type.Object(
                {
                  days: orNull(Type.Integer(), { description: "null: from a date on." }),
                  storageClass: Type.String(),
                },
                closed,
              ),
            ),
          },
          closed,
        ),
      ),
    ),
    replicationRules: fact(
      Type.Array(
        Type.Object(
          {
            id: orNull(Type.String()),
            enabled: Type.Boolean(),
            prefix: orNull(Type.String()),
            otherFilter: Type.Boolean({ description: "Whether tags narrow the rule too." }),
            kmsEncrypted: Type.Boolean({
              description: "Whether objects encrypted with a KMS key are copied too.",
            }),
            destinationBucket: Type.String({ description: "Its ARN." }),
            destinationAccountId: orNull(
              Type.String({
                description:
                  "Told only where ownership changes on the way, or where the destination is planned too.",
              }),
            ),
          },
          closed,
        ),
      ),
    ),
    requesterPays: flag(),
    history: fact(
      orNull(
        Type.Object(
          {
            accountId: Type.String(),
            region: Type.String(),
            day: Type.String({ description: "YYYY-MM-DD, UTC." }),
            found: Type.Boolean(),
          },
          closed,
        ),
      ),
      {
        description:
          "Whether log files of that day exist: of the first trail's own account and home region; null: not asked.",
      },
    ),
  },
  closed,
);
export type BucketRecord = Static<typeof BucketRecordSchema>;
