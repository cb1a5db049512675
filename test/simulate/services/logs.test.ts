import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";

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
