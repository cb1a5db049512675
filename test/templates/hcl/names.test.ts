import { expect, test } from "vitest";
import { takeName } from "../../../src/templates/hcl/cursor.ts";

const NAMES: [title: string, text: string, name: string | null][] = [
  ["letters, digits, dashes and underscores", "log-bucket_2 = 1", "log-bucket_2"],
  ["a name that ends with the text", "trail", "trail"],
  ["a name that ends before a bracket", "trail[0]", "trail"],
  ["a name of other letters from its first", "ünlü.arn", "ünlü"],
  ["a name with another letter at its end", "café]", "café"],
  ["a name with another letter in its middle", "naïve-trail.arn", "naïve-trail"],
  ["a name that ends before a sign that no name has", "trail→", "trail"],
  ["a digit", "2trail", null],
  ["a dash", "-trail", null],
];

test.for(NAMES)("%s", ([, text, name]) => {
  const source = { file: "main.tf", text };
  const cursor = { source, at: 0, newlineIsSpace: false, depth: 0 };
  expect(takeName(cursor)).toBe(name);
  expect(cursor.at).toBe(name?.length ?? 0);
});
