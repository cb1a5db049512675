import { expect, test } from "vitest";
import type { FieldSelector } from "../../src/snapshot/event-selectors.ts";
import type { OrganizationRecord } from "../../src/snapshot/organization-record.ts";
import type { EventDataStoreRecord } from "../../src/snapshot/resources/event-data-store.ts";
import {
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  everything,
  fieldsOf,
  MANAGEMENT,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const ARN = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:eventdatastore/1111`;

const aStore = (changes: Partial<EventDataStoreRecord> = {}): EventDataStoreRecord => ({
  kind: "resource",
  type: "event-data-store",
  arn: ARN,
  name: "organization",
  accountId: MANAGEMENT,
  region: "us-east-1",
  exists: true,
  status: "ENABLED",
  isMultiRegion: true,
  isOrganization: true,
  retentionDays: 2557,
  terminationProtected: true,
  billingMode: "EXTENDABLE_RETENTION_PRICING",
  kmsKeyArn: null,
  eventSelectors: everything(),
  policy: null,
  observations: [],
  sources: {},
  ...changes,
});

const listing = (...eventDataStores: string[]) => [
  anAccount(MANAGEMENT, [aRegion("us-east-1", [sees()], { eventDataStores })]),
  anAccount(WORKLOAD),
];

async function stores(
  record: EventDataStoreRecord | null,
  organization: Partial<OrganizationRecord> = {},
) {
  const resources = [aTrail(), ...(record === null ? [] : [record])];
  return subjectsOf(aSnapshot({ organization, resources, accounts: listing(ARN) }));
}

test("an organization without event data stores has no subject of the kind, and no placeholder", async () => {
  const all = await subjectsOf(
    aSnapshot({ accounts: [anAccount(MANAGEMENT), anAccount(WORKLOAD)] }),
  );
  expect(fieldsOf(all, "event-data-store")).toEqual({});
});

test("an event data store is told once, though several regions may list it", async () => {
  const store = only(await stores(aStore()), "event-data-store");
  expect(store).toMatchObject({
    id: ARN,
    name: "organization",
    accountId: MANAGEMENT,
    isIngesting: true,
    couldCoverOrganization: true,
    management: { records: true, managementReads: true, managementWrites: true },
  });
});

test("one that is gone has no subject, and one that nothing describes is unknown in every fact", async () => {
  expect(fieldsOf(await stores(aStore({ exists: false })), "event-data-store")).toEqual({});
  const store = only(await stores(null), "event-data-store");
  expect(store).toMatchObject({ id: ARN, accountId: MANAGEMENT, region: "us-east-1" });
  expect([store.isIngesting, store.retentionDays].map(shown)).toEqual([
    "?not-collected",
    "?not-collected",
  ]);
});

test.each([
  ["ENABLED", true],
  ["STOPPING_INGESTION", false],
  ["STOPPED_INGESTION", false],
  ["PENDING_DELETION", false],
  ["STARTING_INGESTION", "?too-young"],
  ["CREATED", "?too-young"],
  ["A_STATE_OF_TOMORROW", "?unsupported"],
])("with status %s it takes in events: %s", async (status, expected) => {
  const store = only(await stores(aStore({ status })), "event-data-store");
  expect(shown(store.isIngesting)).toBe(expected);
});

test.each<[string, Partial<OrganizationRecord>, unknown]>([
  ["the management account", {}, true],
  [
    "a delegated administrator",
    { managementAccountId: WORKLOAD, delegatedAdministrators: [MANAGEMENT] },
    true,
  ],
  ["a member", { managementAccountId: WORKLOAD }, false],
  [
    "an account of which the role is not told",
    { managementAccountId: WORKLOAD, delegatedAdministrators: denied },
    "?access-denied",
  ],
])("a store of %s could cover the organization: %s", async (_, organization, expected) => {
  const store = only(await stores(aStore(), organization), "event-data-store");
  expect(shown(store.couldCoverOrganization)).toBe(expected);
});

test.each<[string, FieldSelector, unknown[]]>([
  [
    "an identity",
    { field: "userIdentity.arn", notEquals: ["arn:aws:iam::1:role/a"] },
    [true, false],
  ],
  ["service events", { field: "eventType", notEquals: ["AwsServiceEvent"] }, [true, false]],
  [
    "console sessions",
    { field: "sessionCredentialFromConsole", notEquals: ["true"] },
    [true, false],
  ],
  ["all calls but one", { field: "eventName", equals: ["StopLogging"] }, [true, false]],
  ["nothing", { field: "readOnly", equals: ["true", "false"] }, [true, true]],
])("a store that leaves %s out of management events says so", async (_, field, expected) => {
  const record = aStore({ eventSelectors: everything(field) });
  const { management } = only(await stores(record), "event-data-store");
  expect([management.records, management.managementWrites].map(shown)).toEqual(expected);
});
