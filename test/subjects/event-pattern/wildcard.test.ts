import { expect, test } from "vitest";
import { wildcardMatches } from "../../../src/subjects/event-pattern/wildcard.ts";

test.for<[string, string, boolean]>([
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["a*c", "abbc", true],
  ["a*c", "ac", true],
  ["a*c", "acb", false],
  ["*ab", "aab", true],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["a\\*c", "a*c", true],
  ["a\\*c", "abc", false],
  ["a\\\\c", "a\\c", true],
  ["a\\c", "a\\c", true],
])("%j over %j: %s", ([pattern, value, expected]) => {
  expect(wildcardMatches(pattern, value)).toBe(expected);
});
