import fc from "fast-check";
import type { Bucket } from "../../src/simulate/schema/buckets.ts";
import type { EventDataStore } from "../../src/simulate/schema/lake.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";

const MANAGEMENT = "111111111111";
const STRANGER = "999999999999";
const OF_A_STRANGER = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
      Action: ["s3:GetObject", "s3:PutObject", "kms:Decrypt", "sns:Publish", "cloudtrail:*"],
      Resource: "*",
    },
  ],
};

const keeping = fc.constantFrom<Partial<Bucket>>(
  {},
  { lifecycle: [{ expirationDays: 30, noncurrentExpirationDays: 1 }] },
  { lifecycle: [{ expirationDays: 3000, transitions: [{ days: 7, storageClass: "GLACIER" }] }] },
  { objectLock: {}, mfaDelete: false, replication: [] },
  { replication: [{ destinationBucket: "arn:aws:s3:::copy" }], requestPayer: "Requester" },
  { policy: OF_A_STRANGER, logFiles: [] },
);

const stores = fc.array(
  fc
    .record({
      account: fc.constantFrom(MANAGEMENT, "222222222222"),
      region: fc.constantFrom("us-east-1", "eu-west-1"),
      status: fc.constantFrom("ENABLED", "STOPPED_INGESTION", "PENDING_DELETION"),
      multiRegionEnabled: fc.boolean(),
      retentionPeriod: fc.constantFrom(30, 2557),
      terminationProtectionEnabled: fc.boolean(),
      policy: fc.constantFrom(undefined, OF_A_STRANGER),
      fields: fc.constantFrom(undefined, "true"),
    })
    .map(
      ({ policy, fields, ...rest }): EventDataStore => ({
        name: "store",
        ...rest,
        ...(policy === undefined ? {} : { policy }),
        ...(fields === undefined
          ? {}
          : {
              advancedEventSelectors: [
                {
                  fieldSelectors: [
                    { field: "eventCategory", equals: ["Management"] },
                    { field: "readOnly", equals: [fields] },
                  ],
                },
              ],
            }),
      }),
    ),
  { maxLength: 1 },
);

/** Which parts of a well-kept world are there, each by itself, so that one does not hide another. */
export const parts = fc.record({
  alarms: fc.boolean(),
  eventRules: fc.boolean(),
  roles: fc.constantFrom("kept", "emptied", "gone"),
  topics: fc.constantFrom("kept", "closed", "gone", "open"),
  keys: fc.constantFrom("kept", "open", "default"),
  guarded: fc.constantFrom("root", "one-account", "nowhere", "disabled"),
  delegates: fc.boolean(),
  bare: fc.boolean(),
  keeping,
  stores,
});
type Parts = typeof parts extends fc.Arbitrary<infer P> ? P : never;

/** The world with these parts alone. */
export function withParts(world: OrganizationWorld, chosen: Parts): OrganizationWorld {
  const ids = new Set(world.accounts.map(({ id }) => id));
  return {
    ...world,
    ...(chosen.alarms ? {} : { alarms: [] }),
    ...(chosen.eventRules ? {} : { eventRules: [] }),
    identities: identitiesOf(world, chosen),
    topics: topicsOf(world, chosen),
    keys: keysOf(world, chosen),
    organization: organizationOf(world, chosen),
    trails: (world.trails ?? []).map((trail) => (chosen.bare ? bare(trail) : trail)),
    buckets: (world.buckets ?? []).map((bucket) => ({ ...bucket, ...chosen.keeping })),
    eventDataStores: chosen.stores.filter(({ account }) => ids.has(account)),
  };
}

function bare({ tags, insightTypes, snsTopicArn, ...trail }: Trail): Trail {
  return trail;
}

function identitiesOf({ identities = [] }: OrganizationWorld, { roles }: Parts) {
  if (roles === "gone") return [];
  if (roles === "kept") return identities;
  return identities.map((identity) => ({ ...identity, inlinePolicies: {} }));
}

function topicsOf({ topics = [] }: OrganizationWorld, { topics: how }: Parts) {
  if (how === "kept") return topics;
  if (how === "gone") return [];
  return topics.map(({ policy, ...topic }) =>
    how === "open" ? { ...topic, policy: OF_A_STRANGER } : topic,
  );
}

function keysOf({ keys = [] }: OrganizationWorld, { keys: how }: Parts) {
  if (how === "kept") return keys;
  return keys.map(({ policy, ...key }) =>
    how === "open" ? { ...key, policy: OF_A_STRANGER } : key,
  );
}

function organizationOf(
  { organization, accounts }: OrganizationWorld,
  { guarded, delegates }: Parts,
): OrganizationWorld["organization"] {
  const member = accounts.find(({ id, outside }) => id !== MANAGEMENT && outside !== true);
  const targets = guarded === "root" ? ["root"] : [member?.id ?? MANAGEMENT];
  return {
    ...organization,
    serviceControlPolicies:
      guarded === "nowhere"
        ? []
        : (organization.serviceControlPolicies ?? []).map((each) => ({ ...each, targets })),
    ...(guarded === "disabled" ? { serviceControlPolicyStatus: "DISABLED" as const } : {}),
    ...(delegates && member !== undefined
      ? { delegatedAdministrators: { "cloudtrail.amazonaws.com": [member.id] } }
      : {}),
  };
}
