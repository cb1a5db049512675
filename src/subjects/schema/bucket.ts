import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown.ts";
import { closed, flag, identity, OwnerSchema, textOrNull } from "./fields.ts";

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
  mfaDelete: false,
  encryption: {
    algorithm: "aws:kms",
    kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  },
  objectLock: { mode: "COMPLIANCE", days: 400 },
  accessLogging: true,
};
