import { expect, test } from "vitest";
import { safePattern } from "../../src/policy/pattern.ts";

test.each([
  "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$",
  "(?:prod|dev)-[0-9]{2,3}?",
  "(ab){3}",
  "([a-z]{2})+",
  "[(+*]+\\)+",
  "(a+)?b",
  "\\p{Lu}+",
  "^(?=a)(?<name>b)+$",
])("%s is accepted", (source) => {
  expect(safePattern(source)).toEqual(new RegExp(source, "u"));
});

test.each([
  ["(a+)+", "repeats"],
  ["((a+)b)*", "repeats"],
  ["(a|aa)*", "alternatives"],
  ["(a?){50}", "repeats"],
  ["(a{1,9}){2,}", "repeats"],
  ["(?:x(y*)z){2}", "repeats"],
  ["(?<n>a*)+?", "repeats"],
  ["(a)\\1", "refers back"],
  ["(?<n>a)\\k<n>", "refers back"],
  ["(", "Unterminated group"],
  ["a{2,1}", "out of order"],
  ["a".repeat(201), "longer than 200"],
])("%s is refused because it says: %s", (source, why) => {
  expect(() => safePattern(source)).toThrow(new RegExp(why));
});
