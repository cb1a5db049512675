import { expect, test } from "vitest";
import { throttler } from "../../src/simulate/throttles.ts";

const call = (service: string, operation: string, place = {}) => ({
  service,
  operation,
  account: "111111111111",
  region: "us-east-1",
  ...place,
});

/** How many of so many calls at the times given are let through. */
function passing(each: ReturnType<typeof call>, times: number[], isWithinRate = throttler()) {
  return times.filter((time) => isWithinRate(each, time)).length;
}

const at = (time: number, calls: number): number[] => Array.from({ length: calls }, () => time);

test.for([
  ["cloudtrail", "DescribeTrails", 10, 10],
  ["cloudtrail", "GetTrailStatus", 10, 10],
  ["organizations", "ListAccounts", 12, 8],
  ["organizations", "DescribeOrganization", 2, 1],
  ["organizations", "ListParents", 8, 5],
  ["organizations", "ListAWSServiceAccessForOrganization", 3, 1],
  ["organizations", "DescribePolicy", 2, 2],
  ["organizations", "ListTargetsForPolicy", 8, 5],
  ["cloudtrail", "ListEventDataStores", 10, 10],
  ["logs", "DescribeMetricFilters", 5, 5],
  ["cloudwatch", "DescribeAlarms", 9, 9],
] as const)(
  "%s:%s lets %s calls pass at once and %s more in the next second",
  ([service, operation, burst, rate]) => {
    const isWithinRate = throttler();
    expect(passing(call(service, operation), at(0, 50), isWithinRate)).toBe(burst);
    expect(passing(call(service, operation), at(1000, 50), isWithinRate)).toBe(rate);
  },
);

test("CloudTrail's rate is each account's, region's and operation's own", () => {
  const isWithinRate = throttler();
  const drained = call("cloudtrail", "GetTrailStatus");
  expect(passing(drained, at(0, 11), isWithinRate)).toBe(10);
  expect(passing({ ...drained, region: "eu-west-1" }, at(0, 11), isWithinRate)).toBe(10);
  expect(passing({ ...drained, account: "222222222222" }, at(0, 11), isWithinRate)).toBe(10);
  expect(passing({ ...drained, operation: "GetTrail" }, at(0, 11), isWithinRate)).toBe(10);
});

test("Organizations counts an account's calls whatever region they are signed for", () => {
  const isWithinRate = throttler();
  const first = call("organizations", "ListRoots");
  expect(passing(first, at(0, 3), isWithinRate)).toBe(2);
  expect(passing({ ...first, region: "eu-west-1" }, at(0, 3), isWithinRate)).toBe(0);
});

test("a service whose rates AWS does not publish is not throttled", () => {
  expect(passing(call("kms", "DescribeKey"), at(0, 500))).toBe(500);
});
