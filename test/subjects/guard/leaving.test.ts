import { expect, test } from "vitest";
import type { OrganizationRecord } from "../../../src/snapshot/organization-record.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aListed,
  aSnapshot,
  MANAGEMENT,
  only,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import { deny, ROOT, scp, UNIT, withPolicies } from "./organizations.ts";

const hidden = unknown("access-denied", { action: "organizations:ListPolicies" });
const BOTH = [WORKLOAD, ARCHIVE];
const stay = (target: string, more = {}) =>
  scp("stay", [target], deny("organizations:LeaveOrganization", more));

test.for<[string, Partial<OrganizationRecord>, unknown[]]>([
  ["denied at the root", withPolicies([stay(ROOT)]), []],
  ["denied at its unit", withPolicies([stay(UNIT)]), [ARCHIVE]],
  ["denied to the management account", withPolicies([stay(MANAGEMENT)]), BOTH],
  ["denied nowhere", withPolicies([]), BOTH],
  ["denied for another resource", withPolicies([stay(ROOT, { Resource: "arn:aws:s3:::x" })]), BOTH],
  [
    "denied outside some regions, among them the one that Organizations works in",
    withPolicies([
      stay(ROOT, { Condition: { StringNotEquals: { "aws:RequestedRegion": ["us-east-1"] } } }),
    ]),
    BOTH,
  ],
  ["policies not known", withPolicies([], { serviceControlPolicies: hidden }), ["?access-denied"]],
  [
    "management account not known",
    withPolicies([stay(ROOT)], { managementAccountId: hidden }),
    ["?access-denied"],
  ],
])("leaving the organization, %s", async ([, organization, expected]) => {
  const { accountsFreeToLeave } = only(
    await subjectsOf(aSnapshot({ organization })),
    "organization",
  );
  expect(accountsFreeToLeave.map(shown)).toEqual(expected);
});

test("the management account cannot leave, and closed accounts have nothing to leave with", async () => {
  const accounts = [
    aListed(MANAGEMENT),
    aListed(WORKLOAD, { state: "SUSPENDED" }),
    aListed(ARCHIVE, { state: "CLOSED" }),
  ];
  const all = await subjectsOf(aSnapshot({ organization: withPolicies([], { accounts }) }));
  expect(only(all, "organization").accountsFreeToLeave).toEqual([]);
});

test("of many accounts the first twenty by id are told", async () => {
  const ids = Array.from({ length: 30 }, (_, index) => String(900000000029 - index));
  const accounts = [aListed(MANAGEMENT), ...ids.map((id) => aListed(id))];
  const all = await subjectsOf(aSnapshot({ organization: withPolicies([], { accounts }) }));
  expect(only(all, "organization").accountsFreeToLeave).toEqual(ids.toSorted().slice(0, 20));
});
