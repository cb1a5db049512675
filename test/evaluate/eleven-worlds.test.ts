import { expect, test } from "vitest";
import { notes } from "../../src/report/notes.ts";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import {
  aBucket,
  aKey,
  aLogGroup,
  aRole,
  aTrail,
  aTrailTopic,
  everything,
  hoursAgo,
  itsResources,
  MANAGEMENT,
} from "../subjects/a-snapshot.ts";
import {
  alarmsIn,
  alertsIn,
  bucketPolicyFor,
  keyPolicyFor,
  rolePolicyFor,
  topicPolicyFor,
} from "../subjects/well-kept.ts";
import { ACCOUNTS, judged, type World, worldOf } from "./eleven-worlds.ts";

const BROKEN = {
  latestDeliveryError: "AccessDenied",
  latestDigestDeliveryError: "AccessDenied",
  latestDigestDeliveryTime: hoursAgo(30),
};
const [, MEMBER = ""] = ACCOUNTS;

/** A good multi-region trail of an account's own. */
const ownTrail = (account: string, changes: Partial<TrailRecord> = {}): TrailRecord =>
  aTrail({
    arn: `arn:aws:cloudtrail:us-east-1:${account}:trail/own`,
    name: "own",
    accountId: account,
    isOrganizationTrail: false,
    bucketName: `logs-${account}`,
    kmsKeyArn: ownKey(account),
    logGroupArn: ownGroup(account),
    logsRoleArn: ownRole(account),
    topicArn: ownTopic(account),
    ...changes,
  });

const ownKey = (account: string) => `arn:aws:kms:us-east-1:${account}:key/own`;
const ownGroup = (account: string) => `arn:aws:logs:us-east-1:${account}:log-group:own`;
const ownRole = (account: string) => `arn:aws:iam::${account}:role/own`;
const ownTopic = (account: string) => `arn:aws:sns:us-east-1:${account}:own`;

/** All that the good trail of an account needs. */
function ownResources(accountId: string): ResourceRecord[] {
  const trail = ownTrail(accountId);
  const place = { account: accountId, region: "us-east-1", trailArn: trail.arn };
  const name = `logs-${accountId}`;
  const bucket = { name, arn: `arn:aws:s3:::${name}`, policy: bucketPolicyFor(name, place) };
  const topic = ownTopic(accountId);
  return [
    trail,
    aBucket({ ...bucket, accountId }),
    aKey({ arn: ownKey(accountId), accountId, policy: keyPolicyFor(place) }),
    aLogGroup({ arn: ownGroup(accountId), accountId, ...alarmsIn(place) }),
    aRole({
      arn: ownRole(accountId),
      accountId,
      policies: [{ name: "write-logs", document: rolePolicyFor("own", place) }],
    }),
    aTrailTopic({ arn: topic, accountId, policy: topicPolicyFor(topic, place) }),
    aTrailTopic({ arn: alertsIn(place), accountId, policy: null }),
  ];
}

const MEMBERS = ACCOUNTS.filter((id) => id !== MANAGEMENT);
const careless = { kmsKeyArn: null, logFileValidationEnabled: false, logGroupArn: null };
const forgotten = (id: string) => ownTrail(id, { ...careless, topicArn: null, tags: [] });

/** Each member has a trail that repeats the organization's, into a bucket as the console made it. */
const forgottenTrails: World = {
  own: (id) => (id === MANAGEMENT ? [] : [forgotten(id)]),
  resources: [
    aTrail(),
    ...itsResources(),
    aBucket({ accountId: MANAGEMENT }),
    ...MEMBERS.flatMap((id) => [
      forgotten(id),
      ...ownResources(id)
        .filter(({ type }) => type === "bucket")
        .map((bucket) => ({ ...bucket, versioning: null, objectLock: null, replicationRules: [] })),
    ]),
  ],
};

const worlds: { flaw: string; world: World; alerts: string[]; notes?: string[] }[] = [
  { flaw: "no flaw at all", world: {}, alerts: [] },
  {
    flaw: "the organization trail is stopped",
    world: { status: () => ({ isLogging: false }) },
    alerts: ["trail-is-logging 800"],
  },
  {
    flaw: "the organization trail leaves KMS events out",
    world: {
      trail: {
        eventSelectors: everything({ field: "eventSource", notEquals: ["kms.amazonaws.com"] }),
      },
    },
    alerts: ["trail-management-events-not-excluded 800"],
  },
  {
    flaw: "the bucket policy is broken",
    world: { status: () => BROKEN },
    alerts: ["trail-s3-delivery-working 800"],
  },
  {
    flaw: "the bucket policy is broken for one member's prefix",
    world: { status: (account) => (account === MEMBER ? BROKEN : {}) },
    alerts: ["trail-s3-delivery-working 1"],
  },
  {
    flaw: "the organization trail is single-region",
    world: {
      trail: { isMultiRegion: false },
      status: (_, region) => (region === "us-east-1" ? {} : null),
    },
    alerts: ["trail-is-multi-region 800"],
  },
  {
    flaw: "log file validation is off",
    world: {
      trail: { logFileValidationEnabled: false },
      status: () => ({ latestDigestDeliveryTime: null }),
    },
    alerts: ["trail-log-file-validation-enabled 1"],
  },
  {
    flaw: "no organization trail, but each account has a good one of its own",
    world: {
      status: () => null,
      resources: ACCOUNTS.flatMap(ownResources),
      own: (id) => [ownTrail(id)],
    },
    alerts: ["organization-trail-covers-every-account 1"],
  },
  {
    flaw: "no trail anywhere",
    world: { status: () => null, resources: [] },
    alerts: ["organization-trail-covers-every-account 800"],
  },
  {
    flaw: "a good organization trail, and 799 forgotten trails that nobody cares for",
    world: forgottenTrails,
    alerts: [],
    // They repeat what others record: one note for all of them.
    notes: ["redundant-trails 799"],
  },
  {
    flaw: "the role is missing in 60 accounts",
    world: {
      account: (record) =>
        ACCOUNTS.indexOf(record.id) < 740
          ? record
          : {
              ...record,
              regions: [],
              unreachable: unknown("account-unreachable", { action: "sts:AssumeRole" }),
            },
    },
    alerts: ["account-audited 61"],
  },
  {
    flaw: "one account's opt-in region is being enabled",
    world: {
      account: (record) =>
        record.id !== MEMBER
          ? record
          : {
              ...record,
              regions: [
                ...record.regions,
                {
                  name: "af-south-1",
                  optStatus: "ENABLING",
                  trails: [],
                  eventDataStores: [],
                  channels: [],
                },
              ],
            },
    },
    alerts: [],
  },
];

test.for(worlds)("$flaw: $alerts", async ({ world, alerts, notes: expected = [] }) => {
  const told = await judged(worldOf(world));
  const seen = told.findings.map(({ policy, affects }) => `${policy} ${affects.accounts}`);
  expect(seen.slice(0, 10)).toEqual(alerts);
  const redundant = notes(told).filter(({ id }) => id === "redundant-trails");
  expect(redundant.map(({ id, accounts }) => `${id} ${accounts}`)).toEqual(expected);
});

test("mending the root shows what stood behind it, and nothing else", async () => {
  const kmsLeftOut = everything({ field: "eventSource", notEquals: ["kms.amazonaws.com"] });
  const both = {
    accounts: 20,
    trail: { eventSelectors: kmsLeftOut },
    status: () => ({ isLogging: false }),
  };
  expect(await policiesIn(both)).toEqual([
    "trail-is-logging",
    "trail-management-events-not-excluded",
  ]);
  expect(await policiesIn({ ...both, status: () => ({}) })).toEqual([
    "trail-management-events-not-excluded",
  ]);
  expect(await policiesIn({ accounts: 20, status: both.status })).toEqual(["trail-is-logging"]);
});

test("a member whose copy fails with another error than the owner's has a cause of its own", async () => {
  const world = worldOf({
    accounts: 20,
    status: (account) =>
      account === MEMBER ? { ...BROKEN, latestDeliveryError: "NoSuchBucket" } : BROKEN,
  });
  const { findings } = await judged(world);
  expect(findings.map(({ policy, affects }) => `${policy} ${affects.accounts}`)).toEqual([
    "trail-s3-delivery-working 19",
    "trail-s3-delivery-working 1",
  ]);
});

test("the root gates by the worst of what it explains", async () => {
  const { findings } = await judged(
    worldOf({
      accounts: 20,
      trail: { isMultiRegion: false },
      status: (_, region) => (region === "us-east-1" ? {} : null),
    }),
  );
  expect(findings[0]).toMatchObject({ severity: "medium", gateSeverity: "critical" });
});

test("accounts read in another order give the same findings", async () => {
  const world = worldOf({
    accounts: 20,
    status: (_, region) => ({ isLogging: region !== "eu-west-1" }),
  });
  const accounts = world.filter(({ kind }) => kind === "account");
  const others = world.filter(({ kind }) => kind !== "account" && kind !== "end");
  const [one, other] = await Promise.all([
    judged([...others, ...accounts]),
    judged([...others, ...accounts.reverse()]),
  ]);
  expect(other.findings).toEqual(one.findings);
  expect(other.explained).toEqual(one.explained);
});

async function policiesIn(world: World): Promise<string[]> {
  const { findings } = await judged(worldOf(world));
  return findings.map(({ policy }) => policy).sort();
}
