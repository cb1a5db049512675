import { expect, test } from "vitest";
import { addressOf, addressText, stepsOf } from "../../../src/templates/plan/address.ts";

test.for([
  "aws_cloudtrail.t",
  "aws_cloudtrail.t[0]",
  'aws_cloudtrail.t["a.b"]',
  'module.a["x.y"].module.b[3].aws_cloudtrail.t["q\\"]t"]',
  'module.a["]"].data.aws_iam_policy_document.d',
  'aws_cloudtrail.t["$${x}"]',
])("the address %s is taken apart and put together again", (text) => {
  const address = addressOf(text);
  expect(address === null ? null : addressText(address)).toBe(text);
});

test("names and keys of an address are told apart", () => {
  expect(addressOf('module.a["x.y"].aws_cloudtrail.t[0]')).toEqual({
    modules: [{ name: "a", key: '["x.y"]' }],
    mode: "managed",
    type: "aws_cloudtrail",
    name: "t",
    key: "[0]",
  });
});

test.for([
  "",
  "aws_cloudtrail",
  "aws_cloudtrail.",
  "aws_cloudtrail[0].t",
  "aws_cloudtrail.t.arn",
  "aws_cloudtrail.t[",
  'aws_cloudtrail.t["a]',
  "aws_cloudtrail.t[*]",
  "module.a",
  `aws_cloudtrail.t["${"x".repeat(10_000)}"]`,
])("%s is no address", (text) => {
  expect(addressOf(text)).toBeNull();
});

test("a reference ends where an address would be followed by attributes", () => {
  expect(stepsOf("aws_kms_key.k[0].arn")?.map((each) => each.name)).toEqual([
    "aws_kms_key",
    "k",
    "arn",
  ]);
});
