import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountRecord, RegionRecord } from "../../src/snapshot/account-record.ts";
import type { EventSelectors, FieldSelector } from "../../src/snapshot/event-selectors.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import type { BucketRecord } from "../../src/snapshot/resources/bucket.ts";
import type { EventDataStoreRecord } from "../../src/snapshot/resources/event-data-store.ts";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import { isOpenEnd, isUnknown, unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import type { Subject } from "../../src/subjects/schema/kinds.ts";
import {
  ARCHIVE,
  aBucket,
  aKey,
  aLocalTrail,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aStatus,
  aTrail,
  CONTEXT,
  everything,
  hoursAgo,
  KEY,
  LOCAL_TRAIL,
  MANAGEMENT,
  management,
  ORG_TRAIL,
  STRANGER,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const hidden = unknown("access-denied", { action: "iam:Anything" });

const flag = fc.boolean();
const ago = fc.constantFrom(null, hoursAgo(0.2), hoursAgo(2), hoursAgo(10), hoursAgo(500));
const problem = fc.constantFrom(null, null, null, "AccessDenied");

const status = fc
  .record({
    isLogging: fc.constantFrom(true, true, false),
    startLoggingTime: ago,
    latestDeliveryTime: ago,
    latestDeliveryError: problem,
    latestDigestDeliveryTime: ago,
    latestDigestDeliveryError: problem,
    latestCloudWatchLogsDeliveryTime: ago,
  })
  .map(aStatus);

const dataOf = (arns: string[]) => ({
  basic: [
    {
      readWriteType: "All",
      includeManagementEvents: false,
      excludeManagementEventSources: [],
      dataResources: [{ type: "AWS::S3::Object", values: arns }],
    },
  ],
  advanced: [],
});

const objectsBut = (narrowed: FieldSelector): EventSelectors => ({
  basic: [],
  advanced: [
    {
      name: null,
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
        narrowed,
      ],
    },
  ],
});

const eventSelectors = fc.constantFrom<EventSelectors>(
  management(),
  management(),
  management({ readWriteType: "ReadOnly" }),
  management({ excludeManagementEventSources: ["kms.amazonaws.com"] }),
  dataOf(["arn:aws:s3:::logs/"]),
  dataOf(["arn:aws:s3"]),
  everything(),
  objectsBut({ field: "resources.ARN", notStartsWith: ["arn:aws:s3:::another-bucket/"] }),
  objectsBut({ field: "eventName", notEquals: ["PutObject"] }),
  objectsBut({ field: "eventName", equals: ["PutObject"] }),
  {
    basic: [],
    advanced: [
      {
        name: null,
        fieldSelectors: [
          { field: "eventCategory", equals: ["Management"] },
          { field: "eventSource", notStartsWith: ["k"] },
        ],
      },
    ],
  },
);

const trailFacts = fc.record({
  isMultiRegion: flag,
  isOrganizationTrail: flag,
  includeGlobalServiceEvents: flag,
  logFileValidationEnabled: flag,
  kmsKeyArn: fc.constantFrom(null, KEY),
  logGroupArn: fc.constantFrom(null, "arn:aws:logs:us-east-1:111111111111:log-group:trail:*"),
  bucketName: fc.constantFrom("example-trail-logs", "another-bucket"),
  bucketPrefix: fc.constantFrom(null, null, "archive"),
  eventSelectors,
});

const prefix = fc.constantFrom(
  null,
  "AWSLogs/",
  "AWSLogs/o-exampleorgid/",
  `AWSLogs/${WORKLOAD}/`,
  `AWSLogs/${WORKLOAD}/CloudTrail/us-east-1/`,
  "archive/",
);
const days = fc.constantFrom(null, 30, 100);

const lifecycleRule = fc.record({
  id: fc.constant(null),
  enabled: fc.constantFrom(true, true, false),
  prefix,
  otherFilter: fc.constantFrom(false, false, true),
  expirationDays: days,
  noncurrentExpirationDays: days,
  newerNoncurrentVersions: fc.constantFrom(null, 1),
  transitions: fc.subarray([
    { days: 60, storageClass: "GLACIER" },
    { days: 0, storageClass: "INTELLIGENT_TIERING" },
  ]),
});

const replicationRule = fc.record({
  id: fc.constant(null),
  enabled: fc.constantFrom(true, true, false),
  prefix,
  otherFilter: fc.constantFrom(false, false, true),
  kmsEncrypted: flag,
  destinationBucket: fc.constant("arn:aws:s3:::copies"),
  destinationAccountId: fc.constant(null),
});

const THIRD_TRAIL = `arn:aws:cloudtrail:us-east-1:${WORKLOAD}:trail/third`;

const resources = fc.tuple(
  trailFacts.map((facts) => aTrail(facts)),
  trailFacts.map((facts) => aLocalTrail(facts)),
  trailFacts.map((facts) =>
    aLocalTrail({ ...facts, arn: THIRD_TRAIL, name: "third", homeRegion: "us-east-1" }),
  ),
  fc
    .record({
      exists: flag,
      accountId: fc.constantFrom(MANAGEMENT, WORKLOAD, ARCHIVE, STRANGER, "elsewhere"),
      publicAccessBlock: fc.constantFrom(null, {
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      }),
      policyIsPublic: flag,
      aclGrants: fc.constantFrom<BucketRecord["aclGrants"]>(
        [],
        [{ grantee: "AllUsers", permission: "READ" }],
      ),
      objectOwnership: fc.constantFrom(null, "BucketOwnerEnforced"),
      versioning: fc.constantFrom(null, "Enabled" as const, "Suspended" as const),
      objectLock: fc.constantFrom(null, { mode: "COMPLIANCE", days: 50 }),
      lifecycleRules: fc.array(lifecycleRule, { maxLength: 4 }),
      replicationRules: fc.array(replicationRule, { maxLength: 2 }),
      history: fc.constantFrom(
        null,
        ...[true, false].map((found) => ({
          accountId: MANAGEMENT,
          region: "us-east-1",
          day: hoursAgo(72).slice(0, 10),
          found,
        })),
      ),
    })
    .map(possibleBucket),
  fc.constant(aBucket({ name: "another-bucket", arn: "arn:aws:s3:::another-bucket" })),
  fc.record({ enabled: flag }).map((facts) => aKey(facts)),
  fc.constant(aLogGroup()),
  fc
    .record({
      status: fc.constantFrom("ENABLED", "STOPPED_INGESTION"),
      isMultiRegion: flag,
      isOrganization: flag,
      retentionDays: fc.constantFrom(7, 2557),
      terminationProtected: flag,
      eventSelectors,
    })
    .map(aStore),
);

const STORE = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:eventdatastore/1111`;
const CHANNEL = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:channel/2222`;

function aStore(facts: Partial<EventDataStoreRecord>): EventDataStoreRecord {
  return {
    kind: "resource",
    type: "event-data-store",
    arn: STORE,
    name: "store",
    accountId: MANAGEMENT,
    region: "us-east-1",
    exists: true,
    status: "ENABLED",
    isMultiRegion: true,
    isOrganization: true,
    retentionDays: 2557,
    terminationProtected: true,
    billingMode: null,
    kmsKeyArn: null,
    eventSelectors: everything(),
    policy: null,
    observations: [],
    sources: {},
    ...facts,
  };
}

/** Only a bucket that exists has an owner or is public. */
function possibleBucket(facts: Partial<BucketRecord>): BucketRecord {
  if (facts.accountId !== "elsewhere") return aBucket({ ...facts, exists: true });
  return aBucket(
    facts.exists === true ? facts : { ...facts, policyIsPublic: false, aclGrants: [] },
  );
}

const trailsSeen = fc
  .tuple(
    fc.subarray([ORG_TRAIL, LOCAL_TRAIL, THIRD_TRAIL]),
    fc.array(status, { minLength: 3, maxLength: 3 }),
  )
  .map(([arns, statuses]) =>
    arns.map((arn, index) => ({ arn, status: statuses[index] ?? aStatus() })),
  );

const regions = fc
  .tuple(
    trailsSeen,
    trailsSeen,
    trailsSeen,
    fc.constantFrom("ENABLED" as const, "ENABLING" as const),
  )
  .map(([first, second, third, optStatus]) => [
    aRegion("us-east-1", first, {
      eventDataStores: [STORE],
      channels: [{ arn: CHANNEL, name: "channel", policy: null }],
    }),
    aRegion("eu-west-1", second),
    aRegion("eu-south-1", third, { optStatus }),
  ]);

const snapshot = fc.tuple(resources, regions, regions).map(([own, first, second]) =>
  aSnapshot({
    resources: [...own],
    accounts: [anAccount(MANAGEMENT, first), anAccount(WORKLOAD, second)],
  }),
);

/** What identifies a record or proves where it comes from; everything else may be hidden. */
const KEPT = new Set([
  ...["kind", "type", "arn", "name", "observations", "sources", "id", "homeRegion"],
  ...["accounts", "featureSet", "delegatedAdministrators"],
]);

type Hide = () => boolean;

const veiled = <T extends object>(record: T, hide: Hide, kept: (key: string) => boolean): T =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, !kept(key) && hide() ? hidden : value]),
  ) as T;

function veiledRegion(region: RegionRecord, hide: Hide): RegionRecord {
  const trails = region.trails.map((seen) => {
    if (isUnknown(seen) || isUnknown(seen.status)) return seen;
    return { arn: seen.arn, status: hide() ? hidden : veiled(seen.status, hide, () => false) };
  });
  return {
    name: region.name,
    optStatus: hide() ? hidden : region.optStatus,
    trails: hide() ? [...trails.slice(0, 1), unknownMore(hidden)] : trails,
    eventDataStores: hide() ? [unknownMore(hidden)] : region.eventDataStores,
    channels: hide() ? [unknownMore(hidden)] : region.channels,
  };
}

function veiledAccount(account: AccountRecord, hide: Hide): AccountRecord {
  if (hide() && hide()) return { ...account, unreachable: hidden, regions: [unknownMore(hidden)] };
  const shown = account.regions.map((each) => (isUnknown(each) ? each : veiledRegion(each, hide)));
  return { ...account, regions: hide() ? [...shown.slice(0, 1), unknownMore(hidden)] : shown };
}

function veiledRecord(record: SnapshotRecord, hide: Hide): SnapshotRecord {
  if (record.kind === "header" || record.kind === "end") return record;
  if (record.kind === "account") return veiledAccount(record, hide);
  const ownAccount = (key: string) =>
    key === "accountId" && record.kind === "resource" && record.type !== "bucket";
  const kept = (key: string) => KEPT.has(key) || ownAccount(key) || keyPlace(record, key);
  return veiled(record, hide, kept);
}

const keyPlace = (record: { kind: string; type?: ResourceRecord["type"] }, key: string) =>
  key === "region" && record.type !== "bucket";

/** Where the veiled answer says something else than the full one. */
function contradictions(full: unknown, veil: unknown, at: string): string[] {
  if (isUnknown(veil) || at.endsWith("/accountName") || at === "/organization/name") return [];
  if (isUnknown(full)) return [`${at}: ${JSON.stringify(veil)} where the truth is not known`];
  if (Array.isArray(full) && Array.isArray(veil)) return contradictedList(full, veil, at);
  if (isObject(full) && isObject(veil)) {
    const ownerIsOfSeenTrails = Array.isArray(veil.trails) && isOpenEnd(veil.trails.at(-1));
    return Object.keys(full)
      .filter((key) => !(key === "owner" && ownerIsOfSeenTrails))
      .flatMap((key) => contradictions(full[key], veil[key], `${at}/${key}`));
  }
  return Object.is(full, veil)
    ? []
    : [`${at}: ${JSON.stringify(veil)}, not ${JSON.stringify(full)}`];
}

function contradictedList(full: unknown[], veil: unknown[], at: string): string[] {
  const isOpen = isOpenEnd(veil.at(-1));
  const known = isOpen ? veil.slice(0, -1) : veil;
  const surplus = known.length > full.length || (!isOpen && known.length < full.length);
  const name = (item: unknown) => (isObject(item) ? (item.arn ?? item.type ?? item.key) : item);
  return [
    ...(surplus && !isOpenEnd(full.at(-1))
      ? [`${at}: ${known.length} items, not ${full.length}`]
      : []),
    ...known.flatMap((item) => {
      const same = full.find((other) => name(other) === name(item));
      if (same === undefined)
        return isOpenEnd(full.at(-1)) ? [] : [`${at}: ${JSON.stringify(item)}`];
      return contradictions(same, item, `${at}/${String(name(item))}`);
    }),
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const WANTED = {
  wanted: {
    ...CONTEXT.wanted,
    dataEventResourceTypes: ["AWS::S3::Object", "AWS::SNS::Topic"],
    networkActivityEventSources: ["kms.amazonaws.com"],
  },
};

const keyOf = ({ kind, fields }: Subject) => `${kind} ${fields.id}`;

test("whatever is hidden, a fact that is still told is the true one, and what is missing has a placeholder", async () => {
  const mask = fc.array(fc.nat(9), { minLength: 60, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(snapshot, mask, async (records, bits) => {
      let turn = 0;
      const hide = () => bits[turn++ % bits.length] === 0;
      const full = await subjectsOf(records, WANTED);
      const veil = await subjectsOf(
        records.map((record) => veiledRecord(record, hide)),
        WANTED,
      );
      const found = new Map(veil.map((subject) => [keyOf(subject), subject]));
      const kinds = new Set(
        veil.filter(({ fields }) => fields.placeholder).map(({ kind }) => kind),
      );
      for (const subject of full) {
        const same = found.get(keyOf(subject));
        if (same === undefined) expect([...kinds], keyOf(subject)).toContain(subject.kind);
        else expect(contradictions(subject.fields, same.fields, `/${subject.kind}`)).toEqual([]);
      }
    }),
    { numRuns: 400, seed: 7 },
  );
});
