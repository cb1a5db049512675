import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";
import { worldFile } from "../world-files.ts";

const OWNER = "111111111111";

test("an alarm is told with its metric and its actions", async () => {
  const { cloudwatch } = (await simulated("every-kind-of-resource")).as(OWNER);
  const { MetricAlarms, CompositeAlarms } = await cloudwatch.send(new DescribeAlarmsCommand());
  expect(CompositeAlarms).toEqual([]);
  expect(MetricAlarms).toMatchObject([
    {
      AlarmName: "trail-changes",
      AlarmArn: `arn:aws:cloudwatch:us-east-1:${OWNER}:alarm:trail-changes`,
      AlarmConfigurationUpdatedTimestamp: new Date("2024-01-15T09:00:00Z"),
      ActionsEnabled: true,
      AlarmActions: ["arn:aws:sns:us-east-1:111111111111:trail-deliveries"],
      MetricName: "TrailChanges",
      Namespace: "Audit",
      Statistic: "Sum",
      Period: 300,
      Threshold: 1,
    },
  ]);
});

test("metric alarms are left out where only other types are asked for, and elsewhere there are none", async () => {
  const { as } = await simulated("every-kind-of-resource");
  const composite = new DescribeAlarmsCommand({ AlarmTypes: ["CompositeAlarm"] });
  expect((await as(OWNER).cloudwatch.send(composite)).MetricAlarms).toEqual([]);
  const all = new DescribeAlarmsCommand();
  expect((await as(OWNER, "eu-west-1").cloudwatch.send(all)).MetricAlarms).toEqual([]);
});

test("alarms come a hundred a page", async () => {
  const world = worldFile("every-kind-of-resource");
  const [alarm] = world.alarms ?? [];
  const alarms = Array.from({ length: 101 }, (_, index) => ({
    ...Object(alarm),
    name: `alarm-${index}`,
  }));
  const { cloudwatch } = (await simulated({ ...world, alarms })).as(OWNER);
  const first = await cloudwatch.send(new DescribeAlarmsCommand());
  const { NextToken } = first;
  const second = await cloudwatch.send(new DescribeAlarmsCommand({ NextToken }));
  expect([first.MetricAlarms?.length, second.MetricAlarms?.length]).toEqual([100, 1]);
  const foreign = cloudwatch.send(new DescribeAlarmsCommand({ NextToken: "forged" }));
  expect((await refusal(foreign)).name).toBe("InvalidNextToken");
});

test("a composite alarm is told with its rule, where its type is asked for", async () => {
  const { cloudwatch } = (await simulated("every-kind-of-resource")).as(OWNER);
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  const told = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes }));
  expect(told.MetricAlarms?.map((each) => each.AlarmName)).toEqual(["trail-changes"]);
  expect(told.CompositeAlarms).toMatchObject([
    {
      AlarmName: "any-change",
      AlarmArn: `arn:aws:cloudwatch:us-east-1:${OWNER}:alarm:any-change`,
      AlarmRule: 'ALARM("trail-changes")',
      ActionsEnabled: true,
      AlarmActions: ["arn:aws:sns:us-east-1:111111111111:trail-deliveries"],
    },
  ]);
});

test("an alarm on maths names its metrics one by one, and has none of its own", async () => {
  const metrics = [
    { id: "m", metricName: "Changes", namespace: "Audit", returnData: false },
    { id: "e", expression: "m * 2" },
  ];
  const alarms = [{ name: "maths", account: OWNER, region: "us-east-1", metrics }];
  const world = { ...worldFile("every-kind-of-resource"), alarms };
  const { cloudwatch } = (await simulated(world)).as(OWNER);
  const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand());
  expect(MetricAlarms?.[0]?.MetricName).toBeUndefined();
  expect(MetricAlarms?.[0]?.Metrics).toEqual([
    {
      Id: "m",
      MetricStat: {
        Metric: { Namespace: "Audit", MetricName: "Changes", Dimensions: [] },
        Period: 300,
        Stat: "Sum",
      },
      ReturnData: false,
    },
    { Id: "e", Expression: "m * 2", ReturnData: true },
  ]);
});

test("a page counts alarms of both types together, and holds a hundred at most", async () => {
  const { cloudwatch } = (await simulated("every-kind-of-resource")).as(OWNER);
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  const page = (MaxRecords: number, NextToken?: string) =>
    cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes, MaxRecords, NextToken }));
  const first = await page(1);
  const second = await page(1, first.NextToken);
  const sizes = [first, second].map((each) => [
    each.CompositeAlarms?.length,
    each.MetricAlarms?.length,
  ]);
  expect([sizes, second.NextToken]).toEqual([
    [
      [1, 0],
      [0, 1],
    ],
    undefined,
  ]);
  expect((await refusal(page(101))).name).toBe("ValidationException");
  const named = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ["other"] }));
  expect(named.MetricAlarms).toEqual([]);
});
