import { expect, test } from "vitest";
import type { OrganizationRecord } from "../../../src/snapshot/organization-record.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { aSnapshot, fieldsOf, MANAGEMENT, shown, subjectsOf, WORKLOAD } from "../a-snapshot.ts";
import { deny, ROOT, scp, UNIT, withPolicies } from "./organizations.ts";

const hidden = unknown("access-denied", { action: "organizations:ListPolicies" });
const stay = (target: string, more = {}) =>
  scp("stay", [target], deny("organizations:LeaveOrganization", more));

test.for<[string, Partial<OrganizationRecord>, unknown]>([
  ["denied at the root", withPolicies([stay(ROOT)]), true],
  ["denied at its unit", withPolicies([stay(UNIT)]), true],
  ["denied to the management account", withPolicies([stay(MANAGEMENT)]), false],
  ["denied nowhere", withPolicies([]), false],
  [
    "denied for another resource",
    withPolicies([stay(ROOT, { Resource: "arn:aws:s3:::x" })]),
    false,
  ],
  [
    "denied outside some regions, among them the one that Organizations works in",
    withPolicies([
      stay(ROOT, { Condition: { StringNotEquals: { "aws:RequestedRegion": ["us-east-1"] } } }),
    ]),
    false,
  ],
  ["policies not known", withPolicies([], { serviceControlPolicies: hidden }), "?access-denied"],
  [
    "management account not known",
    withPolicies([stay(ROOT)], { managementAccountId: hidden }),
    "?access-denied",
  ],
])("leaving the organization, %s", async ([, organization, expected]) => {
  const accounts = fieldsOf(await subjectsOf(aSnapshot({ organization })), "account");
  expect(shown(accounts[WORKLOAD]?.leavingOrganizationDenied)).toBe(expected);
});

test("the management account cannot leave, whatever is denied", async () => {
  const all = await subjectsOf(aSnapshot({ organization: withPolicies([stay(ROOT)]) }));
  expect(fieldsOf(all, "account")[MANAGEMENT]?.leavingOrganizationDenied).toBeNull();
});
