import type { TObject } from "typebox";
import { type Account, AccountSchema, compliantAccount } from "./account.ts";
import { type Bucket, BucketSchema, compliantBucket } from "./bucket.ts";
import { type Change, ChangeSchema, compliantChange } from "./change.ts";
import {
  compliantEventDataStore,
  type EventDataStore,
  EventDataStoreSchema,
} from "./event-data-store.ts";
import { compliantKey, type Key, KeySchema } from "./key.ts";
import { compliantLogGroup, type LogGroup, LogGroupSchema } from "./log-group.ts";
import { compliantOrganization, type Organization, OrganizationSchema } from "./organization.ts";
import { compliantRegion, type Region, RegionSchema } from "./region.ts";
import type { Repair } from "./repairs.ts";
import { compliantReplica, type Replica, ReplicaSchema } from "./replica.ts";
import { compliantTrail, type Trail, TrailSchema } from "./trail.ts";

/** The fields of each kind of subject. */
export type SubjectOf = {
  organization: Organization;
  account: Account;
  region: Region;
  trail: Trail;
  replica: Replica;
  bucket: Bucket;
  key: Key;
  "log-group": LogGroup;
  "event-data-store": EventDataStore;
  change: Change;
};
export type SubjectKind = keyof SubjectOf;

/** Each kind of subject: its published schema, and a subject that every built-in policy passes. */
export const SUBJECT_KINDS: {
  [K in SubjectKind]: { schema: TObject; compliant: SubjectOf[K] };
} = {
  organization: { schema: OrganizationSchema, compliant: compliantOrganization },
  account: { schema: AccountSchema, compliant: compliantAccount },
  region: { schema: RegionSchema, compliant: compliantRegion },
  trail: { schema: TrailSchema, compliant: compliantTrail },
  replica: { schema: ReplicaSchema, compliant: compliantReplica },
  bucket: { schema: BucketSchema, compliant: compliantBucket },
  key: { schema: KeySchema, compliant: compliantKey },
  "log-group": { schema: LogGroupSchema, compliant: compliantLogGroup },
  "event-data-store": { schema: EventDataStoreSchema, compliant: compliantEventDataStore },
  change: { schema: ChangeSchema, compliant: compliantChange },
};

/**
 * Another subject whose flaw may be why this one fails. `{account}` and `{region}` in its id stand
 * for the place of the subject that fails, so that subjects in the same situation share causes.
 */
export type Cause = { kind: SubjectKind; id: string; repair: Repair };

/** How a subject would be if flaws elsewhere were repaired. */
export type Repairs = {
  /** Subjects of a kind in the same situation have the same causes and the same repaired fields. */
  situation: string;
  causes: readonly Cause[];
  /** The subjects that this one hangs on, by kind: a replica's trail, key, bucket … */
  related: Partial<Record<SubjectKind, string>>;
  /** The fields as they would be with these causes repaired. */
  repaired: (causes: readonly Cause[]) => object;
};

/** What a policy is asked about: its kind, its fields, and what tells where they come from. */
export type Subject = {
  [K in SubjectKind]: {
    kind: K;
    fields: SubjectOf[K];
    /** The request id of the AWS answer that told the fact at this JSON pointer, if one did. */
    requestId: (pointer: string) => string | null;
    /** Worked out only where a verdict fails; left out where nothing elsewhere can be the cause. */
    repairs?: () => Repairs;
    /** Repairs that this subject cannot stand for; left out: none. */
    notBy?: readonly Repair[];
  };
}[SubjectKind];
