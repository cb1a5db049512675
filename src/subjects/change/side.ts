import type { AccountRecord } from "../../snapshot/account-record.ts";
import type {
  PlannedControlPolicy,
  PlannedEventRule,
  PlannedGuards,
  PlannedOrganization,
} from "../../snapshot/planned-guards.ts";
import type { BucketRecord } from "../../snapshot/resources/bucket.ts";
import type { EventDataStoreRecord } from "../../snapshot/resources/event-data-store.ts";
import type { KeyRecord } from "../../snapshot/resources/key.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import type { ResourceRecord } from "../../snapshot/resources/resource.ts";
import type { RoleRecord } from "../../snapshot/resources/role.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { decided } from "../../snapshot/stand-in.ts";
import { type Fact, isKnown, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { withoutStar } from "../join.ts";
import { subjectId } from "../naming.ts";
import type { ChangeSide } from "./changes.ts";

/** What denies tampering with trails, or tells of it. */
export type GuardRecord = PlannedControlPolicy | PlannedEventRule | PlannedOrganization;

/** A record that changes are looked for in. */
export type ThingRecord =
  | GuardRecord
  | TrailRecord
  | EventDataStoreRecord
  | KeyRecord
  | BucketRecord
  | LogGroupRecord;

/** A planned resource that has a record of its own. */
export type Thing<R extends ThingRecord = ThingRecord> = {
  id: string;
  type: R["type"];
  record: R;
  /** As its record has it, stand-ins included; of a key nothing but its id. */
  name: string;
  accountId: Fact<string>;
  region: Fact<string>;
};

/** One side of a change, to be looked up in. */
export type Side = Pick<
  ChangeSide,
  "has" | "presenceOf" | "watchAt" | "openWatchesOn" | "topics"
> & {
  things: ReadonlyMap<string, Thing>;
  trails: readonly Thing<TrailRecord>[];
  guards: PlannedGuards;
  /** The roles with which trails write to log groups, by ARN. */
  roles: ReadonlyMap<string, RoleRecord>;
  /** By what `nameKey` makes of a thing. */
  named: ReadonlyMap<string, readonly Thing[]>;
  /** What trails may name, by what they name it by. */
  linked: { [K in LinkKind]: ReadonlyMap<string, Thing> };
  /** Whether each trail logs at home, by its ARN. */
  logging: ReadonlyMap<string, Fact<boolean>>;
};

/** Sorts the records of one side; live ones, which no plan describes, are none of them. */
export function readSide({ records, guards, ...asked }: ChangeSide): Side {
  const things = new Map<string, Thing>();
  const trails: Thing<TrailRecord>[] = [];
  const logging = new Map<string, Fact<boolean>>();
  const roles = new Map<string, RoleRecord>();
  for (const record of records) {
    if (record.kind === "account") addLogging(logging, record);
    if (record.kind !== "resource" || record.planned === undefined) continue;
    if (record.type === "role") roles.set(record.arn, record);
    if (!isThing(record)) continue;
    const thing = thingOf(record);
    things.set(thing.id, thing);
    if (record.type === "trail") trails.push({ ...thing, type: record.type, record });
  }
  for (const guard of [...guards.policies, ...guards.rules, ...guards.organizations]) {
    const thing = thingOf(guard);
    things.set(thing.id, thing);
  }
  return {
    ...asked,
    things,
    trails,
    guards,
    roles,
    logging,
    named: groupedByName(things),
    linked: linkedOf(things),
  };
}

function groupedByName(things: ReadonlyMap<string, Thing>): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things.values()) {
    const group = groups.get(nameKey(thing));
    if (group === undefined) groups.set(nameKey(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}

function linkedOf(things: ReadonlyMap<string, Thing>) {
  const linked = {
    key: new Map<string, Thing>(),
    bucket: new Map<string, Thing>(),
    "log-group": new Map<string, Thing>(),
  };
  for (const thing of things.values()) {
    const { record } = thing;
    if (!isLinked(record)) continue;
    linked[record.type].set(linkKey(record), thing);
  }
  return linked;
}

/** Whether trails name it. */
export function isLinked(record: ThingRecord): record is BucketRecord | KeyRecord | LogGroupRecord {
  return record.type === "bucket" || record.type === "key" || record.type === "log-group";
}

/** What resources of one kind, name and stack share. */
export const nameKey = ({ type, name, record }: Thing): string =>
  JSON.stringify([type, record.planned?.stack, name]);

function isThing(record: ResourceRecord): record is ThingRecord & ResourceRecord {
  return record.type !== "topic" && record.type !== "role";
}

function thingOf<R extends ThingRecord>(record: R): Thing<R> {
  const region = record.type === "trail" ? record.homeRegion : record.region;
  return {
    id: subjectId(record),
    type: record.type,
    record,
    name: nameIn(record),
    accountId: mapFact<string, string>(record.accountId, decided),
    region: mapFact<string, string>(region, decided),
  };
}

function nameIn(record: ThingRecord): string {
  const last = record.arn.slice(record.arn.lastIndexOf("/") + 1);
  if (record.type === "key") return last;
  return isKnown(record.name) ? (record.name ?? last) : last;
}

/** What regions beside the home show of a planned trail is the same. */
function addLogging(logging: Map<string, Fact<boolean>>, { regions }: AccountRecord): void {
  for (const region of regions) {
    if (isUnknown(region)) continue;
    for (const seen of region.trails) {
      if (isUnknown(seen) || logging.has(seen.arn)) continue;
      logging.set(
        seen.arn,
        mapFact(seen.status, ({ isLogging }) => isLogging),
      );
    }
  }
}

/** Whether a trail logs, as far as its side tells. */
export const isLogging = ({ logging }: Side, { arn }: TrailRecord): Fact<boolean> =>
  logging.get(arn) ?? unknown("not-collected", { detail: "whether the trail logs" });

/** What trails refer to, by the kind of it. */
export type LinkKind = "key" | "bucket" | "log-group";

type Linking = Pick<TrailRecord, "kmsKeyArn" | "bucketName" | "logGroupArn">;

/** What a trail names of a kind, in the spelling of `linkKey`. */
export const LINKS: { [K in LinkKind]: (trail: Linking) => Fact<string | null> } = {
  key: ({ kmsKeyArn }) => kmsKeyArn,
  bucket: ({ bucketName }) => bucketName,
  "log-group": ({ logGroupArn }) => mapFact(logGroupArn, (arn) => arn && withoutStar(arn)),
};

/** What trails name a resource by. */
export const linkKey = (record: BucketRecord | KeyRecord | LogGroupRecord): string =>
  record.type === "bucket" ? record.name : withoutStar(record.arn);
