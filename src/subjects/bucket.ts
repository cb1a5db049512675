import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { decided } from "../snapshot/stand-in.ts";
import { type Fact, mapFact, unknown } from "../snapshot/unknown.ts";
import { bucketAccess } from "./access/bucket-access.ts";
import { foldersLetIn } from "./change/let-in.ts";
import { history } from "./history.ts";
import { belonging } from "./identity.ts";
import type { Join } from "./join.ts";
import { idsOf, naming, shownArn } from "./naming.ts";
import { bucketAccount, bucketExists, bucketOwner, leastTrusted } from "./ownership.ts";
import { isPublic, isPublicAccessBlocked } from "./public-access.ts";
import { replicatesLogs } from "./replication.ts";
import { requestIds } from "./request-id.ts";
import { retention } from "./retention.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Users } from "./users.ts";

const POLICY_FACTS = [
  "/tlsOnly",
  "/admitsCloudTrail",
  "/boundToTrails",
  "/foreignWriters",
  "/foreignReaders",
];

/** A bucket that trails deliver to. */
export function bucketSubject(join: Join, bucket: BucketRecord, users: Users): Subject {
  const files = filesIn(join, bucket, users);
  return {
    kind: "bucket",
    fields: {
      ...naming(bucket, bucket.name),
      ...belonging(join, bucketAccount(bucket)),
      region: mapFact(bucket.region, decided),
      placeholder: false,
      trails: idsOf(users.trails, join.trails),
      exists: bucketExists(bucket),
      owner: leastTrusted(
        users.accounts.map((account) => mapFact(account, (id) => bucketOwner(join, id, bucket))),
      ),
      isPublic: isPublic(bucket),
      versioning: bucket.versioning,
      mfaDelete: bucket.mfaDelete,
      encryption: mapFact(
        bucket.encryption,
        (rule) =>
          rule && {
            algorithm: rule.algorithm,
            kmsKeyArn: rule.kmsKeyArn && shownArn(rule.kmsKeyArn, join.keys.get(rule.kmsKeyArn)),
          },
      ),
      objectLock: bucket.objectLock,
      accessLogging: mapFact(bucket.accessLogging, (target) => target !== null),
      hasLifecycle: mapFact(bucket.lifecycleRules, (rules) => rules.some(({ enabled }) => enabled)),
      publicAccessBlocked: isPublicAccessBlocked(bucket),
      aclsDisabled: mapFact(bucket.objectOwnership, (rule) => rule === "BucketOwnerEnforced"),
      requesterPays: bucket.requesterPays,
      ...bucketAccess(join, bucket, users),
      replicatesLogs: replicatesLogs(bucket, files),
      retention: retention(bucket, files),
      history: history(join, bucket),
    },
    requestId: requestIds([
      { at: "", record: bucket, pointer: "" },
      { at: "/owner", record: bucket, pointer: "/accountId" },
      { at: "/isPublic", record: bucket, pointer: "/policyIsPublic" },
      { at: "/hasLifecycle", record: bucket, pointer: "/lifecycleRules" },
      { at: "/publicAccessBlocked", record: bucket, pointer: "/publicAccessBlock" },
      { at: "/aclsDisabled", record: bucket, pointer: "/objectOwnership" },
      { at: "/replicatesLogs", record: bucket, pointer: "/replicationRules" },
      ...POLICY_FACTS.map((at) => ({ at, record: bucket, pointer: "/policy" })),
      { at: "/retention", record: bucket, pointer: "/lifecycleRules" },
      { at: "/retention/lockedDays", record: bucket, pointer: "/objectLock" },
    ]),
  };
}

/** What is written to it, and where; where no plan holds its trails the policy of a planned bucket tells it. */
function filesIn(join: Join, bucket: BucketRecord, { records, open }: Users) {
  const isElsewhere = join.header.scope === "template" && records.length === 0;
  const folders = isElsewhere ? foldersLetIn(bucket) : [];
  const known = { records, open, organizationId: organizationId(join) };
  return folders.length === 0 ? known : { ...known, folders };
}

function organizationId({ organization }: Join): Fact<string> {
  return organization?.id ?? unknown("outside-scope", { detail: "the organization's id" });
}
