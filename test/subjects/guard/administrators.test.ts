import { expect, test } from "vitest";
import type { AccountRecord, IdentityPolicy } from "../../../src/snapshot/account-record.ts";
import { isUnknown, unknown } from "../../../src/snapshot/unknown.ts";
import {
  anAccount,
  aSnapshot,
  CONTEXT,
  MANAGEMENT,
  only,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import { allow, deny } from "./organizations.ts";

const arn = (path: string) => `arn:aws:iam::${WORKLOAD}:${path}`;
const DEVELOPER = arn("role/developer");
const hidden = unknown("access-denied", { action: "iam:GetPolicyVersion" });

const policy = (statements: object[], on = [DEVELOPER]): IdentityPolicy => ({
  name: "own",
  document: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  on,
});

async function unnamed(
  identityPolicies: AccountRecord["identityPolicies"],
  cloudTrailAdministrators: string[] | null = ["arn:aws:iam::*:role/trail-*"],
) {
  const accounts = [anAccount(MANAGEMENT), anAccount(WORKLOAD, [], { identityPolicies })];
  const wanted = { ...CONTEXT.wanted, cloudTrailAdministrators };
  const all = await subjectsOf(aSnapshot({ accounts }), { wanted });
  const answer = only(all, "account", WORKLOAD).unnamedCloudTrailAdministrators;
  return answer === null || isUnknown(answer) ? shown(answer) : answer.map(shown);
}

test.for<[string, object[], unknown]>([
  ["stopping trails", [allow("cloudtrail:StopLogging")], [DEVELOPER]],
  ["everything", [allow("*")], [DEVELOPER]],
  ["all but IAM", [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }], [DEVELOPER]],
  [
    "deleting one trail",
    [allow("cloudtrail:Delete*", { Resource: "arn:aws:cloudtrail:*:*:trail/x" })],
    [DEVELOPER],
  ],
  [
    "stopping trails with MFA",
    [allow("cloudtrail:*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
    [DEVELOPER],
  ],
  ["reading trails", [allow(["cloudtrail:Get*", "cloudtrail:LookupEvents"])], []],
  ["another service", [allow("s3:*")], []],
  ["what is no trail", [allow("cloudtrail:*", { Resource: "arn:aws:s3:::*" })], []],
  ["everything but what stops trails", [allow("*"), deny("cloudtrail:*")], []],
  [
    "everything but stopping one trail",
    [allow("*"), deny("cloudtrail:*", { Resource: "arn:aws:cloudtrail:*:*:trail/x" })],
    [DEVELOPER],
  ],
  [
    "everything to those with a tag",
    [allow("*", { Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } })],
    ["?unresolved"],
  ],
])("a policy of a role that allows %s", async ([, statements, expected]) => {
  expect(await unnamed([policy(statements)])).toEqual(expected);
});

const everything = (...on: string[]) => policy([allow("*")], on);

test("named principals, by a pattern or as they are, are none of those looked for", async () => {
  const roles = everything(arn("role/trail-manager"), DEVELOPER, arn("user/ann"));
  expect(await unnamed([roles])).toEqual([DEVELOPER, arn("user/ann")]);
  expect(await unnamed([roles], [DEVELOPER, "arn:aws:iam::*:role/trail-*"])).toEqual([
    arn("user/ann"),
  ]);
  expect(await unnamed([roles], ["*"])).toEqual([]);
});

test("roles of IAM Identity Center count, service-linked roles do not", async () => {
  const people = arn("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1");
  const service = arn("role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");
  expect(await unnamed([everything(people, service)])).toEqual([people]);
});

test("a deny in one policy takes back what another policy of the same principal allows", async () => {
  const ann = arn("user/ann");
  const policies = [everything(DEVELOPER, ann), policy([deny("cloudtrail:*")], [ann])];
  expect(await unnamed(policies)).toEqual([DEVELOPER]);
});

test("a policy that cannot be read may allow it; it changes nothing for who is allowed by another", async () => {
  const secret = { ...policy([], [arn("user/ann")]), document: hidden };
  expect(await unnamed([everything(DEVELOPER), secret])).toEqual([DEVELOPER, "?access-denied"]);
});

test("nothing is asked without the parameter, and nothing known where nobody looked", async () => {
  expect(await unnamed([everything(DEVELOPER)], null)).toBeNull();
  expect(await unnamed(null)).toBe("?not-collected");
  expect(await unnamed(hidden)).toBe("?access-denied");
});
