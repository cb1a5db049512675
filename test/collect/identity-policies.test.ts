import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { reasonOf, scanned } from "./scanned.ts";

const kinds = worldFile("every-kind-of-resource");
const ACCOUNT = "222222222222";
const iam = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;
const allow = (Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const world: World = {
  ...kinds,
  identities: [
    {
      arn: iam("user/ann"),
      inlinePolicies: { stop: allow("cloudtrail:Stop*"), ec2: allow("ec2:*") },
    },
    { arn: iam("group/admins"), attachedPolicies: [iam("policy/all")] },
    {
      arn: iam("role/deploy"),
      attachedPolicies: [iam("policy/all"), "arn:aws:iam::aws:policy/AdministratorAccess"],
    },
  ],
  managedPolicies: [
    { arn: iam("policy/all"), policy: allow("*") },
    { arn: iam("policy/nobody-has"), policy: allow("*") },
    { arn: "arn:aws:iam::aws:policy/AdministratorAccess", policy: allow("*") },
  ],
};

test("an account's own policies that may concern CloudTrail are told with who has them", async () => {
  const { account } = await scanned(world, { identityPolicies: true });
  expect(account(ACCOUNT).identityPolicies).toEqual([
    { name: "stop", document: expect.stringContaining("cloudtrail:Stop*"), on: [iam("user/ann")] },
    {
      name: "all",
      document: expect.stringContaining('"*"'),
      on: [iam("group/admins"), iam("role/deploy")],
    },
  ]);
  expect(account("333333333333").identityPolicies).toEqual([]);
});

test("a scan that is not asked for them makes no such call", async () => {
  const { account, count } = await scanned(world);
  expect(account(ACCOUNT).identityPolicies).toBeNull();
  expect(count("iam:GetAccountAuthorizationDetails")).toBe(0);
});

test("a list that breaks off after a page is not known at all", async () => {
  const identities = Array.from({ length: 450 }, (_, index) => ({
    arn: iam(`user/user-${index}`),
    inlinePolicies: { stop: allow("cloudtrail:*") },
  }));
  const whole = await scanned({ ...world, identities }, { identityPolicies: true });
  expect(whole.account(ACCOUNT).identityPolicies).toHaveLength(450);
  const operation = "iam:GetAccountAuthorizationDetails";
  const faults = [{ operation, account: ACCOUNT, kind: "access-denied" as const, after: 1 }];
  const cut = await scanned({ ...world, identities, faults }, { identityPolicies: true });
  expect(reasonOf(cut.account(ACCOUNT).identityPolicies)).toBe("access-denied");
});
