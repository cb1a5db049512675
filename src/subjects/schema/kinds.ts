import type { TObject } from "typebox";
import { type Account, AccountSchema, compliantAccount } from "./account.ts";
import { type Bucket, BucketSchema, compliantBucket } from "./bucket.ts";
import { compliantKey, type Key, KeySchema } from "./key.ts";
import { compliantLogGroup, type LogGroup, LogGroupSchema } from "./log-group.ts";
import { compliantOrganization, type Organization, OrganizationSchema } from "./organization.ts";
import { compliantRegion, type Region, RegionSchema } from "./region.ts";
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
};

/** What a policy is asked about: its kind, its fields, and the request id behind a field. */
export type Subject = {
  [K in SubjectKind]: {
    kind: K;
    fields: SubjectOf[K];
    /** The request id of the AWS answer that told the fact at this JSON pointer, if one did. */
    requestId: (pointer: string) => string | null;
  };
}[SubjectKind];
