import { expect, test } from "vitest";
import { isUnknown } from "../../../src/snapshot/unknown.ts";
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
