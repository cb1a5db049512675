import { type Fact, isUnknown, mapFact } from "../snapshot/unknown.ts";
import type { ListedKind } from "./blank.ts";
import { bucketSubject } from "./bucket.ts";
import { eventDataStoreSubject, undescribedEventDataStore } from "./event-data-store.ts";
import { withoutStar } from "./join.ts";
import { keySubject } from "./key.ts";
import { logGroupSubject } from "./log-group.ts";
import { addMissing, organizationSubject } from "./organization.ts";
import type { Pass } from "./pass.ts";
import { placeholder, standsAlready } from "./placeholder.ts";
import type { Subject } from "./schema/kinds.ts";
import type { TrailEntry } from "./trail-entry.ts";
import { plannedUsers, usersOf } from "./users.ts";

type Named = (trail: TrailEntry) => Fact<string | null>;

const bucketName: Named = ({ record }) => record.bucketName;
const keyArn: Named = ({ record }) => record.kmsKeyArn;
const groupArn: Named = ({ record }) =>
  mapFact(record.logGroupArn, (arn) => arn && withoutStar(arn));

/** What trails of many accounts share: complete only when every record has passed. */
export function* sharedSubjects(pass: Pass): Generator<Subject> {
  const { join, unseen, fold } = pass;
  const isTemplate = join.header.scope === "template";
  const users = isTemplate ? plannedUsers : usersOf;
  const bucketUsers = users(join, bucketName, unseen);
  for (const [name, bucket] of join.buckets) yield bucketSubject(join, bucket, bucketUsers(name));
  const keyUsers = users(join, keyArn, unseen);
  for (const [arn, key] of join.keys) yield keySubject(join, key, keyUsers(arn));
  const groupUsers = users(join, groupArn, unseen);
  for (const [arn, group] of join.logGroups) yield logGroupSubject(join, group, groupUsers(arn));
  for (const [arn, store] of join.eventDataStores) {
    const subject =
      store === null ? undescribedEventDataStore(join, arn) : eventDataStoreSubject(join, store);
    if (subject !== null) yield subject;
  }
  if (isTemplate) return;
  yield* unnamed(pass, "bucket", bucketName);
  yield* unnamed(pass, "key", keyArn);
  yield* unnamed(pass, "log-group", groupArn);
  if (fold === null || join.organization === null) return;
  addMissing(fold);
  yield organizationSubject(join, join.organization, fold);
}

/** A trail that does not say what it uses may use a resource that nobody looked at. */
function* unnamed(pass: Pass, kind: ListedKind, named: Named): Generator<Subject> {
  for (const trail of pass.join.trails.values()) {
    const name = named(trail);
    const { accountId } = trail.record;
    if (!isUnknown(name) || standsAlready(pass.placeholders, kind, accountId)) continue;
    yield placeholder(pass.join, kind, { accountId, region: null, why: name });
  }
}
