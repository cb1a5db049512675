import { expect, test } from "vitest";
import { ENCODINGS } from "../../../src/templates/hcl/functions-encoding.ts";
import { settled } from "../../../src/templates/hcl/term.ts";

const yamldecode = new Map(ENCODINGS).get("yamldecode");

const member = (text: string, name: string): unknown => {
  const read = settled(yamldecode?.([text]) ?? null);
  return read instanceof Map ? read.get(name) : read;
};

test.for([
  ["logging: on", true],
  ["logging: Yes", true],
  ["logging: y", true],
  ["logging: off", false],
  ["logging: NO", false],
  ["logging: n", false],
  ["logging: true", true],
  ["logging: 'off'", "off"],
  ['logging: "yes"', "yes"],
  ["logging: oFF", "oFF"],
  ["logging: only", "only"],
  ["words: [no, off]\nlogging: on", true],
] as const)("%j says %j to Terraform", ([text, value]) => {
  expect(member(text, "logging")).toBe(value);
});

test("what is merged into a map is in it, but for what the map says itself", () => {
  const text = "all: &all { logging: off, name: a }\nmain: { <<: *all, name: b }";
  const main = member(text, "main");
  expect(Object.fromEntries(main instanceof Map ? main : [])).toEqual({
    logging: false,
    name: "b",
  });
});
