import { describe, expect, test } from "vitest";
import { ANY } from "../../../src/subjects/policy-document/glob.ts";
import { allows, allowsAny, judge } from "../../../src/subjects/policy-document/judge.ts";
import {
  FREE,
  type Possible,
  type Principal,
} from "../../../src/subjects/policy-document/request.ts";
import { shown } from "../a-snapshot.ts";
import { ACCOUNT, aDocument, aRequest, CLOUDTRAIL } from "./a-document.ts";

const put = { Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:PutObject" };
const everything = { Principal: "*", Action: "*", Resource: "*" };

describe("an action and a resource", () => {
  test.for<[string, object, unknown]>([
    ["named as they are", { Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" }, true],
    ["in other letters", { Action: "S3:putobject", Resource: "*" }, true],
    ["with a wildcard", { Action: ["kms:*", "s3:Put*"], Resource: "*" }, true],
    ["of another service", { Action: "kms:PutObject", Resource: "*" }, false],
    ["by a resource in other letters", { Action: "*", Resource: "arn:aws:s3:::LOGS/*" }, false],
    ["by NotAction of another", { NotAction: "s3:Get*", Resource: "*" }, true],
    ["by NotAction of itself", { NotAction: "s3:Put*", Resource: "*" }, false],
    ["by NotResource of another", { Action: "*", NotResource: "arn:aws:s3:::other/*" }, true],
    ["by NotResource of itself", { Action: "*", NotResource: "arn:aws:s3:::logs/*" }, false],
    ["without a resource", { Action: "*" }, true],
    [
      "by a resource with a variable",
      { Action: "*", Resource: "arn:aws:s3:::logs/${aws:PrincipalAccount}/*" },
      "?unsupported",
    ],
  ])("%s", ([, statement, expected]) => {
    const document = aDocument({ Principal: "*", ...statement });
    expect(shown(allows(document, aRequest()))).toBe(expected);
  });
});

const ROLE = "arn:aws:iam::222222222222:role/reader";
const asking = {
  cloudtrail: CLOUDTRAIL,
  account: ACCOUNT,
  role: { kind: "arn", arn: ROLE },
  session: { kind: "arn", arn: "arn:aws:sts::222222222222:assumed-role/reader/me" },
  anonymous: { kind: "anonymous" },
  anyone: { kind: "anyone" },
  canonical: { kind: "canonical", id: "abc" },
} satisfies Record<string, Principal>;

describe("a principal", () => {
  test.for<[object | string, keyof typeof asking, unknown, unknown]>([
    ["*", "anyone", true, true],
    ["*", "cloudtrail", true, true],
    [{ AWS: "*" }, "anonymous", true, true],
    [{ AWS: ["*"] }, "account", true, true],
    [{ Service: "cloudtrail.amazonaws.com" }, "cloudtrail", true, true],
    [{ Service: "CloudTrail.amazonaws.com.cn" }, "cloudtrail", true, true],
    [{ Service: "config.amazonaws.com" }, "cloudtrail", false, false],
    [{ Service: "cloudtrail.amazonaws.com" }, "account", false, false],
    [{ AWS: "222222222222" }, "account", true, true],
    [{ AWS: "arn:aws:iam::222222222222:root" }, "account", true, true],
    [{ AWS: "arn:aws:iam::222222222222:root" }, "role", true, true],
    [{ AWS: "222222222222" }, "anyone", false, true],
    [{ AWS: "222222222222" }, "anonymous", false, false],
    [{ AWS: "222222222222" }, "cloudtrail", false, false],
    [{ AWS: ROLE }, "role", true, true],
    [{ AWS: ROLE }, "account", false, true],
    [{ AWS: ROLE }, "session", "?unresolved", "?unresolved"],
    [{ AWS: `${ROLE}2` }, "role", false, false],
    [{ AWS: "arn:aws:iam::333333333333:role/reader" }, "account", false, false],
    [{ AWS: "AROA1234567890ABCDEFG" }, "account", false, false],
    [{ CanonicalUser: "abc" }, "canonical", true, true],
    [{ CanonicalUser: "abd" }, "canonical", false, false],
    [{ CanonicalUser: "abc" }, "account", "?unresolved", "?unresolved"],
    [{ Federated: "cognito-identity.amazonaws.com" }, "account", "?unresolved", "?unresolved"],
  ])("%j asked by %s: always %s, ever %s", ([named, who, always, ever]) => {
    const document = aDocument({ ...everything, Principal: named });
    const request = aRequest({ principal: asking[who] });
    const { allowed } = judge(document, request);
    expect([shown(allowed.always), shown(allowed.ever)]).toEqual([always, ever]);
  });

  test("NotPrincipal turns it round: all but CloudTrail are allowed", () => {
    const { Principal, ...rest } = everything;
    const document = aDocument({ ...rest, NotPrincipal: { Service: "cloudtrail.amazonaws.com" } });
    expect(allows(document, aRequest())).toBe(false);
    expect(allows(document, aRequest({ principal: ACCOUNT }))).toBe(true);
  });
});

describe("an explicit deny wins", () => {
  const deny = { ...everything, Effect: "Deny" };
  test.for<[string, object, unknown, unknown]>([
    ["of everything", deny, false, false],
    ["of another action", { ...deny, Action: "s3:DeleteObject" }, true, true],
    [
      "of a part of the objects",
      { ...deny, Resource: `${"arn:aws:s3:::logs/AWSLogs/1"}*` },
      false,
      true,
    ],
    ["by NotAction of another", { ...deny, Action: undefined, NotAction: "s3:Get*" }, false, false],
    [
      "by a condition that nobody knows",
      { ...deny, Condition: { StringEquals: { "aws:RequestTag/x": "y" } } },
      "?unresolved",
      "?unresolved",
    ],
    [
      "by an operator that nobody knows",
      { ...deny, Condition: { StringSounds: { "aws:SourceArn": "y" } } },
      "?unsupported",
      "?unsupported",
    ],
  ])("%s", ([, statement, every, some]) => {
    const document = aDocument({ ...put, Resource: "*" }, statement);
    const request = aRequest({
      resource: `arn:aws:s3:::logs/${ANY}`,
      keys: { "aws:SourceArn": ["x"] },
    });
    expect([shown(allows(document, request)), shown(allowsAny(document, request))]).toEqual([
      every,
      some,
    ]);
  });

  test("a deny that nobody can read leaves what is not allowed refused", () => {
    const document = aDocument({ ...deny, Condition: { StringSounds: { k: "y" } } });
    expect(allows(document, aRequest())).toBe(false);
    expect(allowsAny(document, aRequest())).toBe(false);
  });
});

type Row = [
  operator: string,
  values: unknown,
  key: readonly Possible[],
  always: unknown,
  ever?: unknown,
];

describe("a condition", () => {
  const trail = "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization";
  test.for<Row>([
    ["StringEquals", "a", ["a"], true],
    ["StringEquals", ["b", "a"], ["a"], true],
    ["StringEquals", "A", ["a"], false],
    ["StringEquals", "a", [null], false],
    ["StringEquals", "a", FREE, false, true],
    ["StringEquals", "a*", ["ab"], false],
    ["StringEquals", "${aws:PrincipalAccount}", ["a"], "?unsupported"],
    ["StringEqualsIfExists", "a", [null], true],
    ["StringEqualsIfExists", "a", ["b"], false],
    ["StringNotEquals", "a", ["a"], false],
    ["StringNotEquals", ["a", "b"], ["b"], false],
    ["StringNotEquals", "a", [null], true],
    ["StringEqualsIgnoreCase", "A", ["a"], true],
    ["StringNotEqualsIgnoreCase", "A", ["a"], false],
    ["StringLike", "a*", ["ab"], true],
    ["StringNotLike", "a*", ["ab"], false],
    ["StringLike", "*", [null], false],
    ["ForAllValues:StringEquals", "a", [null], true],
    ["ForAllValues:StringEquals", "a", ["b"], false],
    ["ForAllValues:StringNotEquals", "a", ["a"], false],
    ["ForAnyValue:StringEquals", "a", [null], false],
    ["ForAnyValue:StringEquals", "a", ["a"], true],
    ["ForAnyValue:StringEqualsIfExists", "a", [null], "?unsupported"],
    ["ArnLike", "arn:aws:cloudtrail:*:111111111111:trail/*", [trail], true],
    ["ArnEquals", "arn:aws:cloudtrail:*:111111111111:trail/*", [trail], true],
    ["ArnEquals", "arn:aws:cloudtrail:us-east-1:222222222222:trail/*", [trail], false],
    ["ArnNotLike", "arn:aws:cloudtrail:*:111111111111:trail/*", [trail], false],
    ["Bool", "true", ["true"], true],
    ["Bool", true, ["TRUE"], true],
    ["Bool", "false", ["true"], false],
    ["Bool", "false", ["true", "false"], false, true],
    ["Null", "true", [null], true],
    ["Null", false, ["x"], true],
    ["Null", "false", [null], false],
    ["Null", "perhaps", ["x"], "?unsupported"],
    ["NullIfExists", "true", [null], "?unsupported"],
    ["NumericLessThan", "10", ["9"], true],
    ["NumericGreaterThanEquals", 10, ["9"], false],
    ["NumericNotEquals", "10", [null], true],
    ["NumericEquals", "ten", ["10"], "?unresolved"],
    ["DateLessThan", "2026-01-01T00:00:00Z", ["2025-12-31T00:00:00Z"], true],
    ["DateGreaterThan", "1700000000", ["2025-12-31T00:00:00Z"], true],
    ["IpAddress", "10.0.0.0/8", ["10.1.2.3"], true],
    ["IpAddress", "10.0.0.1", ["10.0.0.2"], false],
    ["NotIpAddress", "10.0.0.0/8", ["10.1.2.3"], false],
    ["IpAddress", "::1/64", ["10.1.2.3"], "?unresolved"],
    ["BinaryEquals", "QQ==", ["QQ=="], "?unsupported"],
    ["stringequals", "a", ["a"], "?unsupported"],
    ["StringEquals", [], ["a"], "?unsupported"],
    ["StringEquals", "o-mine", [{ anyBut: ["o-mine"] }], false],
    ["StringEquals", "o-other", [{ anyBut: ["o-mine"] }], false, true],
    ["StringLike", "o-*", [{ anyBut: ["o-mine"] }], "?unresolved"],
    ["StringNotEquals", "o-mine", [{ anyBut: ["o-mine"] }], true],
  ])("%s %j of %j: always %s", ([operator, values, key, always, ever = always]) => {
    const document = aDocument({
      ...put,
      Resource: "*",
      Condition: { [operator]: { "AWS:SourceArn": values } },
    });
    const { allowed } = judge(document, aRequest({ keys: { "aws:sourcearn": [...key] } }));
    expect([shown(allowed.always), shown(allowed.ever)]).toEqual([always, ever]);
  });

  test("conditions that exclude each other are not taken to hold together", () => {
    const document = aDocument({
      ...put,
      Condition: { StringLike: { "s3:prefix": "a*" }, StringNotLike: { "s3:prefix": "a*" } },
    });
    const request = aRequest({ keys: { "s3:prefix": [ANY] } });
    expect(shown(allowsAny(document, request))).toBe("?unresolved");
  });

  test("two halves in two statements may be a whole", () => {
    const half = (value: string) => ({
      ...put,
      Condition: { Bool: { "aws:SecureTransport": value } },
    });
    const request = aRequest({ keys: { "aws:SecureTransport": ["true", "false"] } });
    expect(shown(allows(aDocument(half("true")), request))).toBe(false);
    expect(shown(allows(aDocument(half("true"), half("false")), request))).toBe("?unresolved");
  });

  test("a service that acts for itself is in no organization, so a deny of strangers hits it", () => {
    const deny = { ...everything, Effect: "Deny" };
    const strangers = { StringNotEquals: { "aws:PrincipalOrgID": "o-mine" } };
    const spare = { ...strangers, Bool: { "aws:PrincipalIsAWSService": "false" } };
    const allow = { ...put, Resource: "*" };
    expect(allows(aDocument(allow, { ...deny, Condition: strangers }), aRequest())).toBe(false);
    expect(allows(aDocument(allow, { ...deny, Condition: spare }), aRequest())).toBe(true);
  });
});
