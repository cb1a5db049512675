import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import { isUnknown } from "../../src/snapshot/unknown.ts";
import { account, MANAGEMENT, organization, organizationTrail } from "../needs/worlds.ts";
import { scanned } from "./scanned.ts";

const WORKLOAD = "333333333333";
const place = (owner = MANAGEMENT) => ({ account: owner, region: "us-east-1" });
const groupArn = (owner: string, name = "trail") =>
  `arn:aws:logs:us-east-1:${owner}:log-group:${name}:*`;
const topicArn = (name: string) => `arn:aws:sns:us-east-1:${MANAGEMENT}:${name}`;

const aFilter = (metricName: string) => ({
  filterName: metricName,
  filterPattern: "{ $.eventName = StopLogging }",
  metricName,
  metricNamespace: "Audit",
});
const aGroup = (name = "trail", owner = MANAGEMENT) => ({
  name,
  ...place(owner),
  metricFilters: [aFilter("Changes")],
});
const anAlarm = (name: string, owner = MANAGEMENT) => ({
  name,
  ...place(owner),
  metricName: "Changes",
  namespace: "Audit",
});
const delivers = (name = "trail") => ({
  cloudWatchLogsLogGroupArn: groupArn(MANAGEMENT, name),
  cloudWatchLogsRoleArn: `arn:aws:iam::${MANAGEMENT}:role/logs`,
});

const ofOne = (differences: Partial<World>) =>
  scanned(account([delivers()], { logGroups: [aGroup()], ...differences }), { scope: "accounts" });

test("a log group is told with its filters, its settings and its alarms, after the topics they notify", async () => {
  const { logGroup, topic, records } = await ofOne({
    logGroups: [{ ...aGroup(), deletionProtectionEnabled: true }],
    alarms: [
      { ...anAlarm("changes"), alarmActions: [topicArn("night"), "arn:aws:lambda:x"] },
      { ...anAlarm("others"), metricName: "Others", alarmActions: [topicArn("others")] },
    ],
    compositeAlarms: [
      { name: "any", ...place(), rule: "ALARM(changes)", alarmActions: [topicArn("day")] },
    ],
    topics: ["night", "day", "others"].map((name) => ({
      arn: topicArn(name),
      subscriptions: [
        { protocol: "email", endpoint: "a@example.com" },
        { protocol: "email", endpoint: "b@example.com", confirmed: false },
      ],
    })),
  });
  expect(logGroup("log-group:trail:*")).toMatchObject({
    deletionProtected: true,
    metricFilters: [
      {
        name: "Changes",
        pattern: "{ $.eventName = StopLogging }",
        narrowed: false,
        transformed: false,
        metrics: [{ namespace: "Audit", name: "Changes", value: "1" }],
      },
    ],
    alarms: [
      { name: "any", kind: "composite", rule: "ALARM(changes)", metrics: [] },
      { name: "changes", kind: "metric", metrics: [{ namespace: "Audit", name: "Changes" }] },
    ],
    resourcePolicies: [],
  });
  expect(topic("night")).toMatchObject({ exists: true, subscriptionsConfirmed: 1 });
  const resources = records.filter((each) => each.kind === "resource");
  const types = resources.map(({ type }) => type);
  const topics = resources.flatMap(({ type, arn }) => (type === "topic" ? [arn] : []));
  // The one that the trail itself notifies is no alarm's.
  expect(topics.sort()).toEqual(["day", "deliveries", "night"].map(topicArn));
  expect(types.lastIndexOf("topic")).toBeLessThan(types.indexOf("log-group"));
});

test("a topic that is gone is told as gone", async () => {
  const { topic } = await ofOne({
    alarms: [{ ...anAlarm("changes"), alarmActions: [topicArn("gone")] }],
  });
  expect(topic("gone").exists).toBe(false);
});

test("filters that leave accounts out, or read transformed events, say so", async () => {
  const narrowed = { ...aFilter("Changes"), fieldSelectionCriteria: '@aws.account = "1"' };
  const transformed = { ...aFilter("Others"), applyOnTransformedLogs: true };
  const { logGroup } = await ofOne({
    logGroups: [{ ...aGroup(), metricFilters: [narrowed, transformed] }],
  });
  expect(logGroup("trail:*").metricFilters).toMatchObject([
    { narrowed: true, transformed: false },
    { narrowed: false, transformed: true },
  ]);
});

test("a filter's metric is told with its value, default, unit and dimensions", async () => {
  const plain = { ...aFilter("Changes"), metricValue: "2", defaultValue: null, unit: "Count" };
  const split = {
    ...aFilter("Others"),
    dimensions: { service: "$.eventSource" },
    emitSystemFieldDimensions: ["@aws.account"],
  };
  const { logGroup } = await ofOne({ logGroups: [{ ...aGroup(), metricFilters: [plain, split] }] });
  const { metricFilters } = logGroup("trail:*");
  const metrics = isUnknown(metricFilters) ? [] : metricFilters.flatMap((each) => each.metrics);
  expect(metrics).toMatchObject([
    { value: "2", defaultValue: null, unit: "Count", dimensions: [] },
    {
      ...{ value: "1", defaultValue: null, unit: null },
      dimensions: [
        { name: "@aws.account", value: "@aws.account" },
        { name: "service", value: "$.eventSource" },
      ],
    },
  ]);
});

test("an alarm is told with its threshold, periods and maths", async () => {
  const compares = {
    ...{ threshold: 3, comparisonOperator: "GreaterThanThreshold", treatMissingData: "ignore" },
    ...{ evaluationPeriods: 5, datapointsToAlarm: 2, evaluateLowSampleCountPercentile: "ignore" },
  };
  const own = { metricName: "Changes", namespace: "Audit" };
  const metrics = [
    { id: "m", ...own, statistic: "p90", unit: "Count", dimensions: { a: "1" }, returnData: false },
    { id: "foreign", ...own, accountId: WORKLOAD, returnData: false },
    { id: "e", expression: "m" },
  ];
  const { logGroup } = await ofOne({
    alarms: [
      { name: "maths", ...place(), metrics, thresholdMetricId: "band" },
      { ...anAlarm("plain"), ...compares, statistic: "p99", unit: "None", dimensions: { b: "2" } },
    ],
    compositeAlarms: [
      { name: "kept", ...place(), rule: "ALARM(plain)", actionsSuppressor: "maintenance" },
    ],
  });
  expect(logGroup("trail:*").alarms).toMatchObject([
    { name: "kept", actionsSuppressor: "maintenance" },
    {
      name: "maths",
      metrics: [
        { id: "m", statistic: "p90", unit: "Count", dimensions: [{ name: "a", value: "1" }] },
      ],
      expressions: [{ id: "e", expression: "m" }],
      compared: "e",
      threshold: null,
    },
    {
      ...compares,
      name: "plain",
      metrics: [
        { statistic: "p99", unit: "None", period: 300, dimensions: [{ name: "b", value: "2" }] },
      ],
    },
  ]);
});

test("policies of the account and of the group itself are told, not those of other groups", async () => {
  const policy = { Version: "2012-10-17", Statement: [] };
  const { logGroup } = await ofOne({
    logResourcePolicies: [
      { name: "account-wide", ...place(), policy },
      { name: "own", ...place(), policy, resourceArn: groupArn(MANAGEMENT) },
      { name: "other", ...place(), policy, resourceArn: groupArn(MANAGEMENT, "other") },
      { name: "elsewhere", ...place(WORKLOAD), policy },
    ],
  });
  const { resourcePolicies } = logGroup("trail:*");
  expect(resourcePolicies).toMatchObject([{ name: "account-wide" }, { name: "own" }]);
});

test("alarms and account-wide policies are asked once for all groups of an account's region", async () => {
  const names = ["one", "two", "three"];
  const { count } = await scanned(
    account(names.map(delivers), { logGroups: names.map((name) => aGroup(name)) }),
    { scope: "accounts" },
  );
  expect(count("logs:DescribeLogGroups")).toBe(3);
  expect(count("logs:DescribeMetricFilters")).toBe(3);
  expect(count("cloudwatch:DescribeAlarms")).toBe(1);
  expect(count("logs:DescribeResourcePolicies")).toBe(1 + 3);
});

test("a group without a metric filter needs no alarms to be asked for", async () => {
  const { count, logGroup } = await ofOne({ logGroups: [{ ...aGroup(), metricFilters: [] }] });
  expect(logGroup("trail:*")).toMatchObject({ metricFilters: [], alarms: [] });
  expect(count("cloudwatch:DescribeAlarms")).toBe(0);
});

test("another account's filters and alarms count nothing, though group, metric and alarm have the same names", async () => {
  const own = {
    name: "own",
    account: WORKLOAD,
    homeRegion: "us-east-1",
    s3BucketName: "organization-logs",
    cloudWatchLogsLogGroupArn: groupArn(WORKLOAD),
    cloudWatchLogsRoleArn: `arn:aws:iam::${WORKLOAD}:role/logs`,
  };
  const trail = { ...organizationTrail, ...delivers() };
  const { logGroup } = await scanned(
    organization({
      trails: [trail, own],
      logGroups: [aGroup(), aGroup("trail", WORKLOAD)],
      alarms: [anAlarm("changes")],
    }),
  );
  expect(logGroup(`${MANAGEMENT}:log-group:trail:*`).alarms).toHaveLength(1);
  expect(logGroup(`${WORKLOAD}:log-group:trail:*`).alarms).toEqual([]);
});
