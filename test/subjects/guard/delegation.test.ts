import { expect, test } from "vitest";
import type { OrganizationRecord } from "../../../src/snapshot/organization-record.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aSnapshot,
  MANAGEMENT,
  only,
  STRANGER,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import { allow, deny, withPolicies } from "./organizations.ts";

const hidden = unknown("access-denied", { action: "organizations:DescribeResourcePolicy" });

async function organizationOf(changes: Partial<OrganizationRecord>, named: string[] = []) {
  const organization = withPolicies([], changes);
  return only(await subjectsOf(aSnapshot({ organization }), { named }), "organization");
}

test("delegated administrators that the config does not name are told apart", async () => {
  const delegatedAdministrators = [ARCHIVE, WORKLOAD];
  const fields = await organizationOf({ delegatedAdministrators }, [ARCHIVE]);
  expect(fields).toMatchObject({
    delegatedAdministrators,
    unnamedDelegatedAdministrators: [WORKLOAD],
  });
});

test("delegated administrators that may not be listed are not known to be named", async () => {
  const fields = await organizationOf({ delegatedAdministrators: hidden });
  expect(fields.delegatedAdministrators.map(shown)).toEqual(["?access-denied"]);
  expect(fields.unnamedDelegatedAdministrators.map(shown)).toEqual(["?access-denied"]);
});

const everyone = { Principal: "*" };
const SERVICE_ROLE =
  "arn:aws:iam::*:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail";

test.for<[string, object[], unknown]>([
  [
    "allows one account to list",
    [allow("organizations:List*", { Principal: { AWS: ARCHIVE } })],
    false,
  ],
  ["denies everyone to list", [deny("organizations:List*", everyone)], true],
  ["denies everyone everything", [deny("*", everyone)], true],
  [
    "denies everyone what CloudTrail never asks",
    [deny("organizations:ListPolicies", everyone)],
    false,
  ],
  ["denies changes", [deny(["organizations:Attach*", "organizations:Update*"], everyone)], false],
  [
    "denies a member as a whole",
    [deny("organizations:Describe*", { Principal: { AWS: `arn:aws:iam::${WORKLOAD}:root` } })],
    true,
  ],
  [
    "denies the management account",
    [deny("organizations:Describe*", { Principal: { AWS: MANAGEMENT } })],
    true,
  ],
  ["denies a stranger", [deny("organizations:Describe*", { Principal: { AWS: STRANGER } })], false],
  [
    "denies another role of a member",
    [deny("organizations:*", { Principal: { AWS: `arn:aws:iam::${WORKLOAD}:role/x` } })],
    false,
  ],
  [
    "spares the service-linked role",
    [
      deny("organizations:List*", {
        ...everyone,
        Condition: { ArnNotLike: { "aws:PrincipalArn": SERVICE_ROLE } },
      }),
    ],
    false,
  ],
  [
    "denies strangers to the organization",
    [
      deny("organizations:List*", {
        ...everyone,
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
      }),
    ],
    false,
  ],
  [
    "denies where something else holds",
    [
      deny("organizations:List*", {
        ...everyone,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ],
    "?unresolved",
  ],
])("a delegation policy that %s", async ([, Statement, expected]) => {
  const delegationPolicy = JSON.stringify({ Version: "2012-10-17", Statement });
  expect(shown((await organizationOf({ delegationPolicy })).delegationPolicyDenies)).toBe(expected);
});

test("no delegation policy denies nothing; one that is not seen or cannot be read may", async () => {
  const denies = async (delegationPolicy: OrganizationRecord["delegationPolicy"]) =>
    shown((await organizationOf({ delegationPolicy })).delegationPolicyDenies);
  expect(await denies(null)).toBe(false);
  expect(await denies(hidden)).toBe("?access-denied");
  expect(await denies("{")).toBe("?unsupported");
});

test("service control policies are on as the root says", async () => {
  const enabled = async (changes: Partial<OrganizationRecord>) =>
    shown((await organizationOf(changes)).serviceControlPoliciesEnabled);
  expect(await enabled({})).toBe(true);
  expect(await enabled({ serviceControlPolicies: { enabled: false, policies: [] } })).toBe(false);
  expect(await enabled({ serviceControlPolicies: hidden })).toBe("?access-denied");
});
