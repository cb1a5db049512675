import { expect, test } from "vitest";
import { matches } from "../../src/simulate/globs.ts";

test.for([
  ["*", "anything", true],
  ["cloudtrail:GetTrail", "cloudtrail:GetTrail", true],
  ["cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", false],
  ["cloudtrail:Get*", "cloudtrail:GetTrailStatus", true],
  ["*:Get*", "kms:GetKeyPolicy", true],
  ["3*", "4333", false],
  ["a.c*", "abc", false],
  ["*logs", "my-logs-2", false],
] as const)("%s against %s: %s", ([pattern, text, isMatch]) => {
  expect(matches(pattern, text)).toBe(isMatch);
});
