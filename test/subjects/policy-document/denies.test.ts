import { describe, expect, test } from "vitest";
import { denies } from "../../../src/subjects/policy-document/denies.ts";
import { ANY } from "../../../src/subjects/policy-document/glob.ts";
import { shown } from "../a-snapshot.ts";
import { ACCOUNT, aDocument, aRequest } from "./a-document.ts";

const TRAIL = "arn:aws:cloudtrail:us-east-1:222222222222:trail/local";
const stop = aRequest({ action: "cloudtrail:StopLogging", resource: TRAIL, principal: ACCOUNT });
const deny = { Effect: "Deny", Action: "cloudtrail:StopLogging", Resource: "*" };
const but = (operator: string, key: string, ...values: string[]) => ({
  Condition: { [operator]: { [key]: values } },
});
const ADMIN = "arn:aws:iam::*:role/security-admin";

describe("a service control policy denies StopLogging", () => {
  test.for<[string, object[], unknown, string[]?]>([
    ["by name", [deny], true],
    ["by wildcard", [{ ...deny, Action: "cloudtrail:Stop*" }], true],
    ["in other letters", [{ ...deny, Action: "CLOUDTRAIL:stoplogging" }], true],
    ["with everything", [{ ...deny, Action: "*" }], true],
    ["by NotAction", [{ ...deny, Action: undefined, NotAction: ["iam:*"] }], true],
    [
      "not by NotAction of cloudtrail",
      [{ ...deny, Action: undefined, NotAction: "cloudtrail:*" }],
      false,
    ],
    ["not where it allows", [{ ...deny, Effect: "Allow" }], false],
    ["not for another trail", [{ ...deny, Resource: `${TRAIL}2` }], false],
    ["by the trail's pattern", [{ ...deny, Resource: "arn:aws:cloudtrail:*:*:trail/*" }], true],
    [
      "but for a role",
      [{ ...deny, ...but("ArnNotLike", "aws:PrincipalArn", ADMIN) }],
      true,
      [ADMIN],
    ],
    [
      "but for roles, compared as text, if the key is there",
      [{ ...deny, ...but("StringNotLikeIfExists", "aws:principalARN", ADMIN, `${ADMIN}-2`) }],
      true,
      [ADMIN, `${ADMIN}-2`],
    ],
    [
      "not where the role left out is everybody",
      [{ ...deny, ...but("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::222222222222:*") }],
      false,
    ],
    [
      "not where all are left out",
      [{ ...deny, ...but("StringNotLike", "aws:PrincipalArn", "*") }],
      false,
    ],
    [
      "to everybody where the role left out is of another account",
      [{ ...deny, ...but("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::333333333333:role/x") }],
      true,
    ],
    [
      "unclear where whom it leaves out depends on who asks",
      [
        {
          ...deny,
          ...but(
            "StringNotLike",
            "aws:PrincipalArn",
            "arn:aws:iam::${aws:PrincipalAccount}:role/x",
          ),
        },
      ],
      "?unsupported",
    ],
    [
      "unclear where it may leave out the whole organization",
      [{ ...deny, ...but("StringNotEquals", "aws:PrincipalOrgID", "o-mine") }],
      "?unresolved",
    ],
    [
      "but for those with a tag",
      [{ ...deny, ...but("StringNotEquals", "aws:PrincipalTag/team", "security") }],
      true,
      ["aws:PrincipalTag/team security"],
    ],
    ["not but to one role", [{ ...deny, ...but("ArnLike", "aws:PrincipalArn", ADMIN) }], false],
    [
      "unclear in some regions",
      [{ ...deny, ...but("StringNotEquals", "aws:RequestedRegion", "us-east-1") }],
      "?unresolved",
    ],
    [
      "by one statement without exceptions",
      [{ ...deny, ...but("ArnNotLike", "aws:PrincipalArn", ADMIN) }, deny],
      true,
    ],
    [
      "but for those whom both statements leave out",
      [
        { ...deny, ...but("ArnNotLike", "aws:PrincipalArn", ADMIN, "arn:aws:iam::*:role/one") },
        {
          ...deny,
          ...but("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::222222222222:role/security-*"),
        },
      ],
      true,
      [ADMIN],
    ],
  ])("%s", ([, statements, denied, exceptPrincipals = []]) => {
    const found = denies(aDocument(...statements), stop);
    expect(shown(found.denied)).toBe(denied);
    expect(found.exceptPrincipals).toEqual(exceptPrincipals);
    expect(found.by.length > 0).toBe(denied === true);
  });

  test("for one role, it says yes or no, without exceptions", () => {
    const document = aDocument({ ...deny, ...but("ArnNotLike", "aws:PrincipalArn", ADMIN) });
    const as = (name: string) =>
      denies(document, {
        ...stop,
        principal: { kind: "arn", arn: `arn:aws:iam::222222222222:role/${name}` },
      });
    expect(as("security-admin")).toMatchObject({ denied: false, exceptPrincipals: [] });
    expect(as("other")).toMatchObject({ denied: true, exceptPrincipals: [] });
  });

  test("for every account and any trail", () => {
    const everywhere = {
      ...stop,
      resource: `arn:aws:cloudtrail:${ANY}:${ANY}:trail/${ANY}`,
      principal: { kind: "account" as const, id: ANY, partition: "aws" },
    };
    expect(denies(aDocument(deny), everywhere).denied).toBe(true);
    expect(denies(aDocument({ ...deny, Resource: TRAIL }), everywhere).denied).toBe(false);
  });
});
