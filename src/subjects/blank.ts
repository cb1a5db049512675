import { type Unknown, unknownMore } from "../snapshot/unknown.ts";
import { blankAlarms } from "./blank-alarms.ts";
import { blankDataCoverage } from "./blank-coverage.ts";
import type { Subject, SubjectKind } from "./schema/kinds.ts";
import type { Replica } from "./schema/replica.ts";
import type { Trail } from "./schema/trail.ts";

/** The kinds whose subjects can be missing because a list could not be read. */
export type ListedKind = Exclude<SubjectKind, "organization" | "account" | "change">;

/** The fields that say which subject it is. */
export type Identity = Pick<
  Trail,
  "id" | "name" | "arn" | "accountId" | "accountName" | "ouPath" | "region" | "placeholder"
>;
/** A subject of which nothing is known but where it would be. */
export type Blank = Subject extends infer S
  ? S extends Subject
    ? Omit<S, "requestId">
    : never
  : never;

/** A subject of the kind with the marker in the place of every fact. */
export function blank(kind: ListedKind, marker: Unknown, identity: Identity): Blank {
  const trails = [unknownMore(marker)];
  switch (kind) {
    case "region":
      return {
        kind,
        fields: {
          ...identity,
          optStatus: marker,
          trails,
          coverage: {
            ...management(marker),
            globalServiceEvents: marker,
            ...blankDataCoverage(marker),
          },
          channels: [unknownMore(marker)],
        },
      };
    case "replica":
      return { kind, fields: { ...identity, ...blankReplica(marker) } };
    case "trail":
      return { kind, fields: { ...identity, ...blankTrail(marker) } };
    case "bucket":
      return { kind, fields: { ...identity, trails, ...blankBucket(marker) } };
    case "key":
      return { kind, fields: { ...identity, trails, ...blankKey(marker) } };
    case "log-group":
      return {
        kind,
        fields: {
          ...identity,
          trails,
          exists: marker,
          retentionDays: marker,
          kmsKeyArn: marker,
          logGroupClass: marker,
          deletionProtected: marker,
          recordsManagementEvents: marker,
          isPublic: marker,
          alarms: blankAlarms(marker),
          silentAlarms: [unknownMore(marker)],
        },
      };
    case "event-data-store":
      return { kind, fields: { ...identity, ...blankEventDataStore(marker) } };
  }
}

function management(marker: Unknown) {
  return {
    managementReads: marker,
    managementWrites: marker,
    excludedEventSources: [unknownMore(marker)],
  };
}

function blankReplica(marker: Unknown): Omit<Replica, keyof Identity> {
  const latest = { latestTime: marker, latestError: marker };
  return {
    trailArn: marker,
    trailAccountId: marker,
    homeRegion: marker,
    isOrganizationTrail: marker,
    isLogging: marker,
    startedAt: marker,
    stoppedAt: marker,
    s3: { ...latest, lagHours: marker },
    digest: { ...latest, expected: marker, ageHours: marker },
    cloudWatchLogs: { ...latest, configured: marker, lagHours: marker },
    notification: { ...latest, configured: marker },
  };
}

function blankTrail(marker: Unknown): Omit<Trail, keyof Identity> {
  return {
    homeRegion: marker,
    homeRegionIsOptIn: marker,
    isOrganizationTrail: marker,
    isMultiRegion: marker,
    includeGlobalServiceEvents: marker,
    recordsGlobalServiceEvents: marker,
    logFileValidationEnabled: marker,
    recursiveLogging: marker,
    role: marker,
    management: { records: marker, ...management(marker), completedByOthers: marker },
    insights: marker,
    aggregatedEvents: marker,
    tags: marker,
    missingTagKeys: [unknownMore(marker)],
    guard: {
      deniedBy: [unknownMore(marker)],
      undeniedActions: [unknownMore(marker)],
      exceptPrincipals: [unknownMore(marker)],
      beyondReach: [unknownMore(marker)],
    },
    alerting: { raised: marker, by: [unknownMore(marker)], missing: [unknownMore(marker)] },
    bucket: marker,
    kmsKey: marker,
    logGroup: marker,
    topic: marker,
  };
}

function blankBucket(marker: Unknown) {
  return {
    exists: marker,
    owner: marker,
    isPublic: marker,
    versioning: marker,
    mfaDelete: marker,
    encryption: marker,
    objectLock: marker,
    accessLogging: marker,
    hasLifecycle: marker,
    publicAccessBlocked: marker,
    aclsDisabled: marker,
    tlsOnly: marker,
    requesterPays: marker,
    admitsCloudTrail: marker,
    boundToTrails: marker,
    foreignWriters: [unknownMore(marker)],
    foreignReaders: [unknownMore(marker)],
    replicatesLogs: marker,
    retention: { days: marker, lockedDays: marker, archivedAfterDays: marker },
    history: { day: marker, present: marker },
  };
}

function blankKey(marker: Unknown) {
  return {
    exists: marker,
    owner: marker,
    enabled: marker,
    state: marker,
    deletionDate: marker,
    manager: marker,
    rotationEnabled: marker,
    isPublic: marker,
    admitsCloudTrail: marker,
    boundToTrails: marker,
    foreignUsers: [unknownMore(marker)],
  };
}

function blankEventDataStore(marker: Unknown) {
  return {
    status: marker,
    isIngesting: marker,
    isMultiRegion: marker,
    isOrganization: marker,
    couldCoverOrganization: marker,
    retentionDays: marker,
    terminationProtected: marker,
    billingMode: marker,
    kmsKeyArn: marker,
    management: { records: marker, ...management(marker) },
    foreignReaders: [unknownMore(marker)],
  };
}
