import { Type } from "typebox";
import { type BucketRecord, BucketRecordSchema } from "./bucket.ts";
import { type EventDataStoreRecord, EventDataStoreRecordSchema } from "./event-data-store.ts";
import { type KeyRecord, KeyRecordSchema } from "./key.ts";
import { type LogGroupRecord, LogGroupRecordSchema } from "./log-group.ts";
import { type RoleRecord, RoleRecordSchema } from "./role.ts";
import { type TopicRecord, TopicRecordSchema } from "./topic.ts";
import { type TrailRecord, TrailRecordSchema } from "./trail.ts";

/** Something that a trail is or uses, once, fetched with its owner's credentials. */
export type ResourceRecord =
  | TrailRecord
  | BucketRecord
  | KeyRecord
  | LogGroupRecord
  | TopicRecord
  | RoleRecord
  | EventDataStoreRecord;

/** The schema of each type of resource record. */
export const RESOURCE_SCHEMAS = {
  trail: TrailRecordSchema,
  bucket: BucketRecordSchema,
  key: KeyRecordSchema,
  "log-group": LogGroupRecordSchema,
  topic: TopicRecordSchema,
  role: RoleRecordSchema,
  "event-data-store": EventDataStoreRecordSchema,
} as const;

export const ResourceRecordSchema = Type.Union([
  TrailRecordSchema,
  BucketRecordSchema,
  KeyRecordSchema,
  LogGroupRecordSchema,
  TopicRecordSchema,
  RoleRecordSchema,
  EventDataStoreRecordSchema,
]);
