import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";
import { worldFile } from "../world-files.ts";

const OWNER = "111111111111";
const ARN = `arn:aws:logs:us-east-1:${OWNER}:log-group:organization-trail`;

const logs = async (region = "us-east-1") =>
  (await simulated("every-kind-of-resource")).as(OWNER, region).logs;

test("a prefix finds every group that begins with it, described in full", async () => {
  const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: "organization-trail" });
  const { logGroups } = await (await logs()).send(command);
  expect(logGroups?.map((each) => each.logGroupName)).toEqual([
    "organization-trail",
    "organization-trail-old",
  ]);
  expect(logGroups?.[0]).toEqual({
    logGroupName: "organization-trail",
    creationTime: Date.parse("2024-01-15T09:00:00Z"),
    retentionInDays: 365,
    metricFilterCount: 1,
    arn: `${ARN}:*`,
    logGroupArn: ARN,
    storedBytes: 0,
    logGroupClass: "STANDARD",
    deletionProtectionEnabled: false,
  });
  expect(logGroups?.[1]?.retentionInDays).toBeUndefined();
});

test.for([["organization-trail"], [ARN]] as const)(
  "the identifier %s finds just that group",
  async ([identifier]) => {
    const command = new DescribeLogGroupsCommand({ logGroupIdentifiers: [identifier] });
    const { logGroups } = await (await logs()).send(command);
    expect(logGroups?.map((each) => each.logGroupName)).toEqual(["organization-trail"]);
  },
);

test("groups come page by page, and only of the region that is asked", async () => {
  const client = await logs();
  const first = await client.send(new DescribeLogGroupsCommand({ limit: 1 }));
  const { nextToken } = first;
  const second = await client.send(new DescribeLogGroupsCommand({ limit: 1, nextToken }));
  expect([first.logGroups?.length, second.logGroups?.[0]?.logGroupName, second.nextToken]).toEqual([
    1,
    "organization-trail-old",
    undefined,
  ]);
  const elsewhere = await (await logs("eu-west-1")).send(new DescribeLogGroupsCommand());
  expect(elsewhere.logGroups).toEqual([]);
});

test("metric filters are told with their transformations, and a missing group is an error", async () => {
  const client = await logs();
  const of = (logGroupName: string) =>
    client.send(new DescribeMetricFiltersCommand({ logGroupName }));
  expect((await of("organization-trail")).metricFilters).toMatchObject([
    {
      filterName: "trail-changes",
      filterPattern: "{($.eventName=StopLogging)}",
      metricTransformations: [
        { metricName: "TrailChanges", metricNamespace: "Audit", metricValue: "1" },
      ],
    },
  ]);
  expect((await of("organization-trail-old")).metricFilters).toEqual([]);
  expect((await refusal(of("gone"))).name).toBe("ResourceNotFoundException");
});

test("a metric filter says whom it leaves out and what it reads, and filters come page by page", async () => {
  const filter = { filterPattern: "", metricName: "M", metricNamespace: "N" };
  const metricFilters = [
    { ...filter, filterName: "plain" },
    {
      ...filter,
      filterName: "narrowed",
      metricValue: "$.bytes",
      fieldSelectionCriteria: '@aws.region = "us-east-1"',
      applyOnTransformedLogs: true,
    },
  ];
  const group = { name: "group", account: OWNER, region: "us-east-1", metricFilters };
  const world = { ...worldFile("every-kind-of-resource"), logGroups: [group] };
  const client = (await simulated(world)).as(OWNER).logs;
  const page = (nextToken?: string) =>
    client.send(new DescribeMetricFiltersCommand({ logGroupName: "group", limit: 1, nextToken }));
  const first = await page();
  const second = await page(first.nextToken);
  const [plain] = first.metricFilters ?? [];
  const [narrowed] = second.metricFilters ?? [];
  expect(plain).toMatchObject({ filterName: "plain", applyOnTransformedLogs: false });
  expect(plain?.fieldSelectionCriteria).toBeUndefined();
  expect(narrowed).toMatchObject({
    filterName: "narrowed",
    fieldSelectionCriteria: '@aws.region = "us-east-1"',
    applyOnTransformedLogs: true,
    metricTransformations: [{ metricValue: "$.bytes" }],
  });
  expect(second.nextToken).toBeUndefined();
});

test("resource policies are those of the account and region, or of the log group that is named", async () => {
  const policy = '{"Statement": []}';
  const place = { account: OWNER, region: "us-east-1", policy };
  const logResourcePolicies = [
    { ...place, name: "one" },
    { ...place, name: "two" },
    { ...place, name: "of-group", resourceArn: ARN },
    { ...place, name: "elsewhere", region: "eu-west-1" },
  ];
  const world = { ...worldFile("every-kind-of-resource"), logResourcePolicies };
  const client = (await simulated(world)).as(OWNER).logs;
  const ask = (input: object) => client.send(new DescribeResourcePoliciesCommand(input));
  const first = await ask({ limit: 1 });
  const second = await ask({ limit: 1, nextToken: first.nextToken });
  expect(
    [first, second].map((each) => each.resourcePolicies?.map((one) => one.policyName)),
  ).toEqual([["one"], ["two"]]);
  expect(second.nextToken).toBeUndefined();
  expect(first.resourcePolicies?.[0]).toEqual({
    policyName: "one",
    policyDocument: policy,
    policyScope: "ACCOUNT",
    lastUpdatedTime: Date.parse("2024-01-15T09:00:00Z"),
  });
  expect((await ask({ resourceArn: ARN })).resourcePolicies).toMatchObject([
    { policyName: "of-group", policyScope: "RESOURCE", resourceArn: ARN },
  ]);
});
