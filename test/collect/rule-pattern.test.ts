import { expect, test } from "vitest";
import { mayMatchTrailChanges } from "../../src/collect/rule-pattern.ts";

test.for([
  { pattern: { source: ["aws.cloudtrail"], detail: { eventName: ["StopLogging"] } }, may: true },
  { pattern: { detail: { eventName: ["DeleteTrail", "RunInstances"] } }, may: true },
  { pattern: { source: [{ prefix: "aws." }] }, may: true },
  { pattern: { source: ["aws.ec2", { wildcard: "*trail" }] }, may: true },
  { pattern: { "detail-type": ["AWS API Call via CloudTrail"] }, may: true },
  { pattern: { account: ["111111111111"] }, may: true },
  { pattern: { detail: "cloudtrail" }, may: true },
  { pattern: { detail: { eventSource: ["cloudtrail.amazonaws.com.cn"] } }, may: true },
  { pattern: { source: ["aws.ec2"] }, may: false },
  {
    pattern: { "detail-type": ["AWS API Call via CloudTrail"], source: ["aws.s3"] },
    may: false,
  },
  { pattern: { "detail-type": ["EC2 Instance State-change Notification"] }, may: false },
  { pattern: { detail: { eventSource: ["iam.amazonaws.com"] } }, may: false },
  { pattern: { detail: { eventName: ["RunInstances"] } }, may: false },
])("the pattern $pattern may match a change of a trail: $may", ({ pattern, may }) => {
  expect(mayMatchTrailChanges(JSON.stringify(pattern))).toBe(may);
});

test.for(["", "{", "null", "[]", `{"source":["${"x".repeat(9000)}"]}`])(
  "a pattern that cannot be read may match: %s",
  (pattern) => {
    expect(mayMatchTrailChanges(pattern)).toBe(true);
  },
);
