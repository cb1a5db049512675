import { expect, test } from "vitest";
import { anyText } from "../../../src/snapshot/stand-in.ts";
import { isUnknown, unknown } from "../../../src/snapshot/unknown.ts";
import { documentText } from "../../../src/templates/records/documents.ts";
import { worldOf } from "../../../src/templates/records/world.ts";
import { a } from "./planned.ts";

const resources = [a("aws_cloudtrail", "aws_cloudtrail.main", { name: "main" })];
const world = worldOf([{ stack: "prod", state: { assuming: null, resources, open: null } }]);
const principal = (text: string) => `{"Statement":[{"Principal":"${text}"}]}`;

test.each([
  [principal("\\ue004mine\\ue005"), true],
  [principal("\\u0061"), false],
])("whether the policy document %s is unreadable: %s", (text, expected) => {
  const [planned] = world.planned;
  if (planned === undefined) throw new Error("a trail is planned");
  expect(isUnknown(documentText(world, planned, text))).toBe(expected);
});

test("what is not known of a document that an encoder wrote is any text, also of another resource", () => {
  const [planned] = world.planned;
  if (planned === undefined) throw new Error("a trail is planned");
  const value = { $reference: { address: 'aws_ssm_parameter.p["a"]', attribute: "value" } };
  const $text = ['{"a":"', unknown("unresolved", { detail: 'var.a["b"]' }), '","b":"', value, '"}'];
  expect(isUnknown(documentText(world, planned, { $text }))).toBe(true);
  const found = documentText(world, planned, { $text, isJson: true });
  expect(JSON.parse(String(found))).toEqual({
    a: anyText('1 var.a["b"]'),
    b: anyText('prod#aws_ssm_parameter.p["a"].value'),
  });
});
