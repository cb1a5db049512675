import { AuditError } from "../errors.ts";
import type { AccountRecord, TrailStatus } from "../snapshot/account-record.ts";
import type { Truth } from "../snapshot/logic.ts";
import type { ListedAccount, OrganizationRecord } from "../snapshot/organization-record.ts";
import type { HeaderRecord } from "../snapshot/records.ts";
import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import type { EventDataStoreRecord } from "../snapshot/resources/event-data-store.ts";
import type { KeyRecord } from "../snapshot/resources/key.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import type { ResourceRecord } from "../snapshot/resources/resource.ts";
import type { RoleRecord } from "../snapshot/resources/role.ts";
import type { TopicRecord } from "../snapshot/resources/topic.ts";
import { type Fact, isKnown, unknown } from "../snapshot/unknown.ts";
import { type ServiceControl, serviceControl, undecided } from "./guard/service-control.ts";
import { type TrailEntry, trailEntry, undescribed } from "./trail-entry.ts";
import type { Wanted } from "./wanted.ts";

/** What the caller knows besides the snapshot. */
export type SubjectContext = {
  /** Account ids that the config trusts with keys and buckets. */
  named: readonly string[];
  /** Account ids of the config's stacks: the operator's own, whether or not the organization is known. */
  ours: readonly string[];
  limits: { digestMaxAgeHours: number; cloudWatchLogsLagHours: number };
  wanted: Wanted;
};

/** Everything that later records refer to: it grows with distinct resources, never with regions. */
export type Join = {
  context: SubjectContext;
  header: HeaderRecord;
  organization: OrganizationRecord | null;
  serviceControl: ServiceControl;
  listed: Map<string, ListedAccount>;
  trails: Map<string, TrailEntry>;
  trailsOf: Map<string, TrailEntry[]>;
  buckets: Map<string, BucketRecord>;
  keys: Map<string, KeyRecord>;
  logGroups: Map<string, LogGroupRecord>;
  topics: Map<string, TopicRecord>;
  roles: Map<string, RoleRecord>;
  /** The status of each trail as its owner's home region gives it. */
  homeStatus: Map<string, Fact<TrailStatus>>;
  /** null: a region lists it, and no record describes it. */
  eventDataStores: Map<string, EventDataStoreRecord | null>;
  /** Whether a region is one that accounts opt in to, by the first account that knew. */
  optIn: Map<string, Truth>;
};

export function newJoin(header: HeaderRecord, context: SubjectContext): Join {
  return {
    context,
    header,
    organization: null,
    serviceControl: () => undecided(unknown("not-collected")),
    listed: new Map(),
    trails: new Map(),
    trailsOf: new Map(),
    buckets: new Map(),
    keys: new Map(),
    logGroups: new Map(),
    topics: new Map(),
    roles: new Map(),
    homeStatus: new Map(),
    eventDataStores: new Map(),
    optIn: new Map(),
  };
}

/** The error for a snapshot whose records come before their header. */
export function headless(): AuditError {
  return new AuditError(
    "bad-snapshot",
    "The snapshot does not begin with a header record.",
    "Use a snapshot as `trailproof scan` wrote it.",
  );
}

export function addOrganization(join: Join, organization: OrganizationRecord): void {
  join.organization = organization;
  join.serviceControl = serviceControl(organization);
  for (const account of organization.accounts) join.listed.set(account.id, account);
}

export function addResource(join: Join, record: ResourceRecord): void {
  switch (record.type) {
    case "trail":
      addTrail(join, trailEntry(record, place(join)));
      return;
    case "bucket":
      join.buckets.set(record.name, record);
      return;
    case "key":
      join.keys.set(record.arn, record);
      return;
    case "log-group":
      join.logGroups.set(withoutStar(record.arn), record);
      return;
    case "topic":
      join.topics.set(record.arn, record);
      return;
    case "role":
      join.roles.set(record.arn, record);
      return;
    case "event-data-store":
      join.eventDataStores.set(record.arn, record);
  }
}

/** The trail of that ARN; where the snapshot has none, one whose every fact is unknown. */
export function trailOf(join: Join, arn: string): TrailEntry {
  const known = join.trails.get(arn);
  if (known !== undefined) return known;
  const entry = trailEntry(undescribed(arn), place(join));
  addTrail(join, entry);
  return entry;
}

/** Remembers the event data stores that an account's regions list. */
export function addEventDataStores({ eventDataStores }: Join, { regions }: AccountRecord): void {
  const listed = regions.flatMap((region) => (isKnown(region) ? region.eventDataStores : []));
  for (const arn of listed.filter(isKnown)) {
    if (!eventDataStores.has(arn)) eventDataStores.set(arn, null);
  }
}

/** CloudTrail writes a log group's ARN with `:*` at the end, CloudWatch Logs in both ways. */
export function withoutStar(arn: string): string {
  return arn.endsWith(":*") ? arn.slice(0, -2) : arn;
}

/** A bucket in the partition of a trail: `arn:aws-us-gov:s3:::name`. */
export function bucketArn(trailArn: string, name: string): string {
  return `arn:${trailArn.split(":")[1] ?? "aws"}:s3:::${name}`;
}

/** Remembers what an account says about a region, unless an account before it knew. */
export function addOptIn(join: Join, region: string, isOptIn: Truth): void {
  const before = join.optIn.get(region);
  if (before === undefined || !isKnown(before)) join.optIn.set(region, isOptIn);
}

function place({ trails, header: { partition } }: Join) {
  return { index: trails.size, partition };
}

function addTrail(join: Join, entry: TrailEntry): void {
  const { arn, accountId } = entry.record;
  if (join.trails.has(arn)) return;
  join.trails.set(arn, entry);
  const owned = join.trailsOf.get(accountId);
  if (owned === undefined) join.trailsOf.set(accountId, [entry]);
  else owned.push(entry);
}
