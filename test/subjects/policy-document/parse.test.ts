import { expect, test } from "vitest";
import { isUnknown } from "../../../src/snapshot/unknown.ts";
import { parsePolicyDocument } from "../../../src/subjects/policy-document/parse.ts";
import { policy } from "./a-document.ts";

const allow = { Effect: "Allow", Action: "s3:GetObject" };

test("a statement is read with its lists, whether written as text or as list", () => {
  const text = policy(
    {
      Effect: "Deny",
      NotPrincipal: { AWS: "111111111111", Service: ["a.amazonaws.com", "b.amazonaws.com"] },
      NotAction: ["S3:Get*", "kms:Decrypt"],
      NotResource: "*",
      Condition: { StringLike: { "aws:PrincipalARN": ["a", "b"] }, Bool: { "aws:x": false } },
    },
    { ...allow, Sid: "Reading" },
  );
  expect(parsePolicyDocument(text)).toEqual({
    statements: [
      {
        name: "statement 1",
        effect: "Deny",
        actions: { not: true, values: ["s3:get*", "kms:decrypt"] },
        resources: { not: true, values: ["*"] },
        principals: {
          not: true,
          values: [
            { type: "AWS", value: "111111111111" },
            { type: "Service", value: "a.amazonaws.com" },
            { type: "Service", value: "b.amazonaws.com" },
          ],
        },
        conditions: [
          {
            operator: "StringLike",
            key: "aws:principalarn",
            spelled: "aws:PrincipalARN",
            values: ["a", "b"],
          },
          { operator: "Bool", key: "aws:x", spelled: "aws:x", values: ["false"] },
        ],
      },
      {
        name: "Reading",
        effect: "Allow",
        actions: { not: false, values: ["s3:getobject"] },
        resources: null,
        principals: null,
        conditions: [],
      },
    ],
  });
});

test("a single statement needs no list", () => {
  const read = parsePolicyDocument(JSON.stringify({ Statement: allow }));
  expect(isUnknown(read)).toBe(false);
});

test.for<[string, string, RegExp]>([
  ["no JSON", "Allow everything", /not JSON/],
  ["cut-off JSON", '{"Statement": [', /not JSON/],
  ["no object", "[]", /where an object belongs/],
  ["no statement", "{}", /no Statement/],
  ["1 MB of wildcards", policy({ ...allow, Resource: "*".repeat(1_048_576) }), /longer than/],
  ["60,000 brackets", "[".repeat(60_000), /deeper than 12/],
  ["nested objects", `{"Statement":${'{"a":'.repeat(5_000)}`, /deeper than 12/],
  [
    "a key twice",
    '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*"}]}',
    /Effect twice/,
  ],
  [
    "a key twice, once escaped",
    '{"Statement":[{"Effect":"Deny","\\u0045ffect":"Allow","Action":"*"}]}',
    /Effect twice/,
  ],
  [
    "a __proto__ key beside its elements",
    '{"Statement":[{"__proto__":{"Effect":"Deny"},"Effect":"Allow","Action":"*"}]}',
    /element __proto__/,
  ],
  ["a __proto__ for a statement", '{"Statement":[{"__proto__":{}}]}', /element __proto__/],
  ["a statement that is text", policy("Allow" as never), /where an object belongs/],
  ["Action and NotAction", policy({ ...allow, NotAction: "x" }), /Action and NotAction/],
  [
    "Principal and NotPrincipal",
    policy({ ...allow, Principal: "*", NotPrincipal: "*" }),
    /Principal and NotPrincipal/,
  ],
  ["a number for an action", policy({ Effect: "Allow", Action: 1 }), /where text belongs/],
  ["no action", policy({ Effect: "Allow", Resource: "*" }), /without Action/],
  ["an empty list of actions", policy({ Effect: "Allow", Action: [] }), /empty list/],
  ["an effect in lower case", policy({ ...allow, Effect: "allow" }), /Effect/],
  ["a principal of no type", policy({ ...allow, Principal: { Aws: "*" } }), /element Aws/],
  ["an empty principal", policy({ ...allow, Principal: {} }), /empty Principal/],
  ["an element of another spelling", policy({ ...allow, resource: "*" }), /element resource/],
  [
    "a condition on an object",
    policy({ ...allow, Condition: { Bool: { "aws:x": { $unknown: { reason: "timeout" } } } } }),
    /condition on no value/,
  ],
])("a document with %s is unknown as a whole, and says why", ([, text, detail]) => {
  const read = parsePolicyDocument(text);
  if (!isUnknown(read)) throw new Error("was read");
  expect(read.$unknown.reason).toBe("unsupported");
  expect(read.$unknown.detail).toMatch(detail);
});

test("two statements may each have the same keys, and text may hold braces", () => {
  const read = parsePolicyDocument(policy({ ...allow, Sid: '{"Effect": "}' }, allow));
  expect(isUnknown(read)).toBe(false);
});
