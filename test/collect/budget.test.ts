import { expect, test } from "vitest";
import { CALLS } from "../../src/collect/calls.ts";
import { generateWorld } from "../../src/simulate/generate.ts";
import { worldFile } from "../simulate/world-files.ts";
import { scanned } from "./scanned.ts";

const KEY = "arn:aws:kms:us-east-1:100000000000:key/organization-trail";

test("one account of seventeen regions takes no more calls than its budget", async () => {
  const world = generateWorld({ accounts: 1 });
  world.trails?.forEach((trail) => {
    trail.cloudWatchLogsLogGroupArn =
      "arn:aws:logs:us-east-1:100000000000:log-group:organization-trail:*";
    trail.snsTopicArn = "arn:aws:sns:us-east-1:100000000000:trail";
  });
  const { count, key } = await scanned(
    { ...world, topics: [{ arn: "arn:aws:sns:us-east-1:100000000000:trail" }] },
    { scope: "accounts" },
  );
  expect(key(KEY).exists).toBe(true);
  expect({
    regions: count("cloudtrail:DescribeTrails"),
    statuses: count("cloudtrail:GetTrailStatus"),
    selectors: count("cloudtrail:Get*Selectors"),
    bucket: count("s3:*"),
    account:
      count("sts:*") +
      count("account:*") +
      count("ec2:*") +
      count("s3-control:*") +
      count("s3control:*"),
    key: count("kms:*"),
    logGroup: count("logs:*") + count("cloudwatch:*"),
    topic: count("sns:*"),
  }).toEqual({
    regions: 17,
    statuses: 17,
    selectors: 2,
    // An organization's log files are not looked for by an account that does not know its id.
    bucket: 13,
    account: 3,
    key: 3,
    logGroup: 5,
    // The trail's, and the one that an alarm notifies.
    topic: 2,
  });
});

test("an organization is asked once for each shared trail, bucket and key, and enters an account once", async () => {
  const world = generateWorld({ accounts: 12, regions: ["us-east-1", "eu-west-1"] });
  const { count, calls } = await scanned(world, { named: ["100000000001"] });
  expect(count("cloudtrail:DescribeTrails")).toBe(24);
  expect(count("cloudtrail:GetTrailStatus")).toBe(24);
  expect(count("cloudtrail:GetEventSelectors")).toBe(1);
  expect(count("cloudtrail:GetInsightSelectors")).toBe(1);
  expect(count("kms:*")).toBe(3);
  expect(count("sts:AssumeRole")).toBe(11);
  const inMember = calls.filter(({ accountId }) => accountId === "100000000007");
  expect(inMember.map(({ operation }) => operation).sort()).toEqual([
    "account:ListRegions",
    "cloudtrail:DescribeTrails",
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetTrailStatus",
    "cloudtrail:GetTrailStatus",
    "cloudtrail:ListChannels",
    "cloudtrail:ListChannels",
    "cloudtrail:ListEventDataStores",
    "cloudtrail:ListEventDataStores",
  ]);
});

test("GetEventSelectors is asked once a trail, the broken one included", async () => {
  const { count } = await scanned("five-trails-one-broken", { scope: "accounts" });
  expect(count("cloudtrail:GetEventSelectors")).toBe(5);
});

test("every call that reaches AWS is one of the table, and a full scan makes each", async () => {
  const world = worldFile("every-kind-of-resource");
  const first = await scanned(
    {
      ...world,
      organization: { managementAccount: "111111111111", ...world.organization, listsPaths: false },
      faults: [{ operation: "account:ListRegions", kind: "access-denied", times: 1 }],
    },
    { identityPolicies: true },
  );
  const made = new Set(first.calls.map(({ operation }) => operation));
  expect([...made].sort()).toEqual(Object.keys(CALLS).sort());
});

test("SecurityAudit's regions come from EC2, and no region is asked that is not enabled", async () => {
  const world = worldFile("opt-in-region-needs-regional-tokens");
  const faults = [{ operation: "account:ListRegions", kind: "access-denied" as const }];
  const { calls, account } = await scanned({ ...world, faults });
  expect(account("222222222222").regionsFrom).toBe("ec2:DescribeRegions");
  expect([...new Set(calls.map(({ region }) => region))].sort()).toEqual([
    "me-south-1",
    "us-east-1",
  ]);
});

test("a region filter asks those regions, and the trail's home region for its configuration", async () => {
  const { calls, account, trail } = await scanned("every-kind-of-resource", {
    regions: ["eu-west-1"],
  });
  expect(account("222222222222")).toMatchObject({
    regions: [{ name: "eu-west-1" }],
    regionsOutsideScope: ["us-east-1"],
  });
  expect(trail("organization-trail").homeRegion).toBe("us-east-1");
  const views = calls.filter(({ operation }) => operation === "cloudtrail:DescribeTrails");
  expect(
    views.filter(({ region }) => region === "us-east-1").map((each) => each.accountId),
  ).toEqual(["111111111111"]);
});

test("a trail's selectors are asked by its owner in its home region, wherever it was seen", async () => {
  const { calls } = await scanned("every-kind-of-resource", { regions: ["eu-west-1"] });
  const asked = calls.filter(({ operation }) => /Selectors$/.test(operation));
  expect(asked.map(({ accountId, region }) => [accountId, region])).toEqual([
    ["111111111111", "us-east-1"],
    ["111111111111", "us-east-1"],
  ]);
});
