import type { AccountRecord, TrailStatus } from "../snapshot/account-record.ts";
import type { Truth } from "../snapshot/logic.ts";
import { decided, withoutMarks } from "../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, type Unknown } from "../snapshot/unknown.ts";
import { cloudWatchLogsLagHours, digestAgeHours, s3LagHours } from "./freshness.ts";
import { bucketArn, type Join, withoutStar } from "./join.ts";
import { naming, shownArn, subjectId } from "./naming.ts";
import { type Origin, requestIds } from "./request-id.ts";
import type { Repairs, Subject } from "./schema/kinds.ts";
import type { Replica } from "./schema/replica.ts";
import type { SeenAccount, SeenRegion, Sighting } from "./sightings.ts";
import type { TrailEntry } from "./trail-entry.ts";

/** A trail as one account's one region sees it. */
export function replicaSubject(
  join: Join,
  { record: account, belonging }: SeenAccount,
  { region, sighting }: { region: SeenRegion; sighting: Sighting },
): Subject {
  const { id, ...told } = toldOf(sighting.trail);
  const name = region.record.name;
  return {
    kind: "replica",
    fields: {
      ...told,
      id: withoutMarks(`${id}@${account.id}/${name}`),
      ...belonging,
      region: decided(name),
      placeholder: false,
      ...deliveries(join, region, sighting),
    },
    requestId: (pointer) => requestIds(origins(account, { region, sighting }))(pointer),
    repairs: () => replicaRelations(sighting.trail, account.id),
  };
}

type Told = ReturnType<typeof ofTrail>;

const known = new WeakMap<TrailEntry, Told>();

/** What every replica of a trail says of it, worked out once for the thousands of an organization trail. */
function toldOf(trail: TrailEntry): Told {
  const before = known.get(trail);
  if (before !== undefined) return before;
  const told = ofTrail(trail);
  known.set(trail, told);
  return told;
}

const ofTrail = ({ record }: TrailEntry) => ({
  ...naming(record, record.name),
  id: subjectId(record),
  trailArn: shownArn(record.arn, record),
  trailAccountId: decided(record.accountId),
  homeRegion: decided(record.homeRegion),
  isOrganizationTrail: record.isOrganizationTrail,
});

/** What a trail's deliveries hang on; no repair is worked out, the delivery's error is the proof. */
function replicaRelations({ index, record }: TrailEntry, account: string): Repairs {
  const { arn, kmsKeyArn, bucketName, logGroupArn } = record;
  const known = (kind: "key" | "bucket" | "log-group", id: Fact<string | null>) =>
    isUnknown(id) || id === null ? {} : { [kind]: id };
  return {
    situation: `${index} ${account === record.accountId ? "at its owner" : "in a member"}`,
    causes: [],
    related: {
      trail: arn,
      replica: `${arn}@{account}/{region}`,
      ...known("key", kmsKeyArn),
      ...known(
        "bucket",
        mapFact(bucketName, (name) => name && bucketArn(arn, name)),
      ),
      ...known(
        "log-group",
        mapFact(logGroupArn, (group) => group && withoutStar(group)),
      ),
    },
    repaired: () => ({}),
  };
}

function origins(
  account: AccountRecord,
  { region, sighting }: { region: SeenRegion; sighting: Sighting },
): Origin[] {
  const { record: trail } = sighting.trail;
  const status = `/regions/${region.index}/trails/${sighting.index}/status`;
  return [
    { at: "", record: trail, pointer: "" },
    ...Object.entries(STATUS_FACTS).map(([at, name]) => ({
      at,
      record: account,
      pointer: `${status}/${name}`,
    })),
    { at: "/digest/expected", record: trail, pointer: "/logFileValidationEnabled" },
    { at: "/cloudWatchLogs/configured", record: trail, pointer: "/logGroupArn" },
    { at: "/notification/configured", record: trail, pointer: "/topicArn" },
  ];
}

/** Parts of a replica, and the field of the status that told them. */
const STATUS_FACTS = {
  "/isLogging": "isLogging",
  "/startedAt": "startLoggingTime",
  "/stoppedAt": "stopLoggingTime",
  "/s3": "latestDeliveryTime",
  "/s3/latestError": "latestDeliveryError",
  "/digest": "latestDigestDeliveryTime",
  "/digest/latestError": "latestDigestDeliveryError",
  "/cloudWatchLogs": "latestCloudWatchLogsDeliveryTime",
  "/cloudWatchLogs/latestError": "latestCloudWatchLogsDeliveryError",
  "/notification": "latestNotificationTime",
  "/notification/latestError": "latestNotificationError",
} satisfies Record<string, keyof TrailStatus>;

type Deliveries = Pick<
  Replica,
  "isLogging" | "startedAt" | "stoppedAt" | "s3" | "digest" | "cloudWatchLogs" | "notification"
>;

function deliveries(join: Join, { young }: SeenRegion, { trail, status }: Sighting): Deliveries {
  const expected = trail.record.logFileValidationEnabled;
  const configured = mapFact(trail.record.logGroupArn, (arn) => arn !== null);
  const notifies = mapFact(trail.record.topicArn, (arn) => arn !== null);
  if (isUnknown(status)) return unseen(status, { expected, configured, notifies });
  const aged = { status, young, limits: join.context.limits };
  return {
    isLogging: loggingIn(status, young),
    startedAt: status.startLoggingTime,
    stoppedAt: status.stopLoggingTime,
    s3: {
      latestTime: status.latestDeliveryTime,
      latestError: status.latestDeliveryError,
      lagHours: s3LagHours(aged),
    },
    digest: {
      expected,
      latestTime: status.latestDigestDeliveryTime,
      latestError: status.latestDigestDeliveryError,
      ageHours: digestAgeHours(aged),
    },
    cloudWatchLogs: {
      configured,
      latestTime: status.latestCloudWatchLogsDeliveryTime,
      latestError: status.latestCloudWatchLogsDeliveryError,
      lagHours: mapFact(configured, (is) => (is ? cloudWatchLogsLagHours(aged) : null)),
    },
    notification: {
      configured: notifies,
      latestTime: status.latestNotificationTime,
      latestError: status.latestNotificationError,
    },
  };
}

/** A copy that AWS is still making in a new region does not log yet. */
function loggingIn({ isLogging }: TrailStatus, young: Unknown | null): Truth {
  return young !== null && isLogging === false ? young : isLogging;
}

function unseen(
  marker: Unknown,
  known: Record<"expected" | "configured" | "notifies", Truth>,
): Deliveries {
  const latest = { latestTime: marker, latestError: marker };
  return {
    isLogging: marker,
    startedAt: marker,
    stoppedAt: marker,
    s3: { ...latest, lagHours: marker },
    digest: { ...latest, expected: known.expected, ageHours: marker },
    cloudWatchLogs: {
      ...latest,
      configured: known.configured,
      lagHours: mapFact(known.configured, (is) => (is ? marker : null)),
    },
    notification: { ...latest, configured: known.notifies },
  };
}
