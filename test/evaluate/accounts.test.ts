import { expect, test } from "vitest";
import { accountOutcomes, accountReading } from "../../src/evaluate/accounts.ts";
import type {
  AccountRecord,
  RegionRecord,
  TrailStatus,
} from "../../src/snapshot/account-record.ts";
import type { OrganizationRecord } from "../../src/snapshot/organization-record.ts";
import { type Unknown, unknown, unknownMore } from "../../src/snapshot/unknown.ts";

const ID = "222222222222";
const denied = unknown("access-denied", { action: "cloudtrail:DescribeTrails", detail: "no" });
const hidden = unknown("denied-by-scp", { action: "cloudtrail:DescribeTrails" });

const organization = (skipped: string | null = null): OrganizationRecord => ({
  kind: "organization",
  id: "o-1",
  managementAccountId: "111111111111",
  featureSet: "ALL",
  trustedAccess: true,
  delegatedAdministrators: [],
  delegationPolicy: null,
  serviceControlPolicies: { enabled: true, policies: [] },
  accounts: [
    { id: ID, name: "payments", state: "ACTIVE", ouPath: "Root", parents: ["r-root"], skipped },
  ],
  observations: [],
  sources: {},
});

const account = (difference: Partial<AccountRecord>): AccountRecord => ({
  kind: "account",
  id: ID,
  unreachable: null,
  identityPolicies: null,
  regionsFrom: "account:ListRegions",
  regions: [],
  regionsOutsideScope: [],
  observations: [],
  sources: {},
  ...difference,
});

const region = (...trails: RegionRecord["trails"]): RegionRecord => ({
  name: "eu-west-1",
  optStatus: "ENABLED_BY_DEFAULT",
  trails,
  eventDataStores: [],
  channels: [],
});

const seen = (status: TrailStatus | Unknown) => ({
  arn: "arn:aws:cloudtrail:us-east-1:1:trail/a",
  status,
});

test.for<[string, Partial<AccountRecord>, string, string | null]>([
  ["everything read", { regions: [region()] }, "audited", null],
  [
    "the role refused",
    { unreachable: unknown("account-unreachable", { action: "sts:AssumeRole" }) },
    "unreachable",
    "account-unreachable (sts:AssumeRole)",
  ],
  [
    "regions not listed",
    { regions: [unknownMore(denied)] },
    "partial",
    "access-denied (cloudtrail:DescribeTrails: no) in its list of regions",
  ],
  [
    "trails of one region not listed",
    { regions: [region(unknownMore(denied))] },
    "partial",
    "access-denied (cloudtrail:DescribeTrails: no) in eu-west-1",
  ],
  [
    "one status not read",
    { regions: [region(seen(denied))] },
    "partial",
    "access-denied (cloudtrail:DescribeTrails: no) in eu-west-1",
  ],
  [
    "two gaps",
    { regions: [region(seen(denied), seen(denied))] },
    "partial",
    "access-denied (cloudtrail:DescribeTrails: no) in eu-west-1 (and 1 more)",
  ],
  [
    "a region that turned out disabled",
    { regions: [region(unknownMore(unknown("region-disabled")))] },
    "audited",
    null,
  ],
])("%s", ([, difference, state, why]) => {
  const readings = new Map([[ID, accountReading(account(difference))]]);
  expect(accountOutcomes(organization(), readings, new Set())).toEqual([
    { id: ID, name: "payments", ouPath: "Root", state, why },
  ]);
});

test("a region hidden by policy is a gap, unless a multi-region trail is proven there", () => {
  const readings = new Map([
    [ID, accountReading(account({ regions: [region(unknownMore(hidden))] }))],
  ]);
  const stateOf = (proven: Set<string>) =>
    accountOutcomes(organization(), readings, proven)[0]?.state;
  expect(stateOf(new Set())).toBe("partial");
  expect(stateOf(new Set([ID]))).toBe("audited");
});

test("a listed account without a record is unreachable; a skipped one is skipped, with why", () => {
  expect(accountOutcomes(organization(), new Map(), new Set())[0]?.state).toBe("unreachable");
  expect(accountOutcomes(organization("SUSPENDED"), new Map(), new Set())[0]).toMatchObject({
    state: "skipped",
    why: "SUSPENDED",
  });
});
