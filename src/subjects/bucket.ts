import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { mapFact, unknown, unknownMore } from "../snapshot/unknown.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { bucketAccount, bucketExists, bucketOwner, leastTrusted } from "./ownership.ts";
import { isPublic } from "./public-access.ts";
import { requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Users } from "./users.ts";

const todo = unknown("not-collected");

/** A bucket that trails deliver to. */
export function bucketSubject(join: Join, bucket: BucketRecord, users: Users): Subject {
  return {
    kind: "bucket",
    fields: {
      id: bucket.arn,
      name: bucket.name,
      arn: bucket.arn,
      ...belonging(join, bucketAccount(bucket)),
      region: bucket.region,
      placeholder: false,
      trails: users.trails,
      exists: bucketExists(bucket),
      owner: leastTrusted(
        users.accounts.map((account) => mapFact(account, (id) => bucketOwner(join, id, bucket))),
      ),
      isPublic: isPublic(bucket),
      versioning: bucket.versioning,
      mfaDelete: bucket.mfaDelete,
      encryption: mapFact(
        bucket.encryption,
        (rule) => rule && { algorithm: rule.algorithm, kmsKeyArn: rule.kmsKeyArn },
      ),
      objectLock: bucket.objectLock,
      accessLogging: mapFact(bucket.accessLogging, (target) => target !== null),
      hasLifecycle: todo,
      publicAccessBlocked: todo,
      aclsDisabled: todo,
      tlsOnly: todo,
      requesterPays: bucket.requesterPays,
      admitsCloudTrail: todo,
      boundToTrails: todo,
      foreignWriters: [unknownMore(todo)],
      foreignReaders: [unknownMore(todo)],
      replicatesLogs: todo,
      retention: { days: todo, lockedDays: todo, archivedAfterDays: todo },
      history: { day: todo, present: todo },
    },
    requestId: requestIds([
      { at: "", record: bucket, pointer: "" },
      { at: "/owner", record: bucket, pointer: "/accountId" },
      { at: "/isPublic", record: bucket, pointer: "/policyIsPublic" },
    ]),
  };
}
