import type { CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { alarmsAbove, alarmsNamedIn, alarmsOf } from "../../src/collect/alarms.ts";
import type { Ask, Place } from "../../src/collect/call.ts";
import { unknown } from "../../src/snapshot/unknown.ts";

const ACCOUNT = "111111111111";
const place = { caller: { accountId: ACCOUNT }, region: "us-east-1" } as Place;
const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${name}`;

const named = (name: string) => ({
  AlarmName: name,
  AlarmArn: arn(name),
  ActionsEnabled: true,
  AlarmActions: [],
});
const on = (name: string, changes: Partial<MetricAlarm> = {}): MetricAlarm => ({
  ...named(name),
  Namespace: "Audit",
  MetricName: "Changes",
  ...changes,
});
const maths = (name: string, AccountId?: string): MetricAlarm => ({
  ...named(name),
  Metrics: [
    { Id: "sum", Expression: "a + 0" },
    {
      Id: "a",
      AccountId,
      MetricStat: {
        Metric: { Namespace: "Audit", MetricName: "Changes" },
        Period: 60,
        Stat: "Sum",
      },
    },
  ],
});
const asking = (name: string, metric: string): MetricAlarm => ({
  ...named(name),
  Metrics: [{ Id: "q", Expression: `SELECT SUM(${metric}) FROM Audit`, Period: 60 }],
});
const above = (name: string, rule: string): CompositeAlarm => ({ ...named(name), AlarmRule: rule });

type Page = { MetricAlarms?: MetricAlarm[]; CompositeAlarms?: CompositeAlarm[] };

/** CloudWatch, giving these pages, and then perhaps a refusal. */
function cloudwatch(pages: Page[], refusal = false) {
  const asked: unknown[] = [];
  const ask = async (_: string, __: Place, input: { NextToken?: string }) => {
    asked.push(input);
    const index = Number(input.NextToken ?? 0);
    const page = pages[index];
    if (page === undefined) return { ok: false, unknown: unknown("throttled"), evidence: null };
    const isLast = index === pages.length - 1 && !refusal;
    return {
      ok: true,
      value: { ...page, NextToken: isLast ? undefined : `${index + 1}` },
      evidence: null,
    };
  };
  return { ask: ask as unknown as Ask, asked };
}

const filter = {
  name: "changes",
  pattern: "",
  narrowed: false,
  transformed: false,
  metrics: [
    {
      ...{ namespace: "Audit", name: "Changes", dimensions: [], unit: null },
      ...{ value: "1", defaultValue: null },
    },
  ],
};

async function found(...pages: Page[]) {
  const { items, cut } = await alarmsOf(cloudwatch(pages).ask, place);
  expect(cut).toBeNull();
  return alarmsAbove(items, [filter]).map(({ name }) => name);
}

test("metric and composite alarms are asked for, page by page", async () => {
  const { ask, asked } = cloudwatch([{ MetricAlarms: [] }, { MetricAlarms: [on("one")] }]);
  const { items } = await alarmsOf(ask, place);
  expect(alarmsAbove(items, [filter])).toHaveLength(1);
  expect(asked).toEqual([
    { AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100, NextToken: undefined },
    { AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100, NextToken: "1" },
  ]);
});

test.each<[string, Page, string[]]>([
  ["an alarm on the metric", { MetricAlarms: [on("one")] }, ["one"]],
  ["an alarm on another metric", { MetricAlarms: [on("one", { MetricName: "Others" })] }, []],
  ["an alarm on another namespace", { MetricAlarms: [on("one", { Namespace: "Others" })] }, []],
  [
    "an alarm on the metric with a dimension",
    { MetricAlarms: [on("one", { Dimensions: [{ Name: "account", Value: "1" }] })] },
    ["one"],
  ],
  [
    "an alarm on a query that names the metric, and not one that names another",
    { MetricAlarms: [asking("one", "Changes"), asking("two", "Others")] },
    ["one"],
  ],
  ["an alarm on maths over the metric", { MetricAlarms: [maths("one")] }, ["one"]],
  [
    "an alarm on this account's metric, said so",
    { MetricAlarms: [maths("one", ACCOUNT)] },
    ["one"],
  ],
  [
    "an alarm on another account's metric of that name",
    { MetricAlarms: [maths("one", "222222222222")] },
    [],
  ],
  [
    "a composite alarm above it, by name",
    { MetricAlarms: [on("one")], CompositeAlarms: [above("any", 'ALARM("one") OR ALARM("x")')] },
    ["any", "one"],
  ],
  [
    "a composite alarm above it, by ARN",
    { MetricAlarms: [on("one")], CompositeAlarms: [above("any", `ALARM(${arn("one")})`)] },
    ["any", "one"],
  ],
  [
    "a composite alarm above a composite alarm, and not one beside",
    {
      MetricAlarms: [on("one"), on("two", { MetricName: "Others" })],
      CompositeAlarms: [
        above("top", "ALARM(middle)"),
        above("middle", 'NOT OK("one")'),
        above("beside", "ALARM(two)"),
      ],
    },
    ["middle", "one", "top"],
  ],
  [
    "composite alarms that stand on each other",
    {
      MetricAlarms: [on("one")],
      CompositeAlarms: [above("a", "ALARM(b) OR ALARM(one)"), above("b", "ALARM(a)")],
    },
    ["a", "b", "one"],
  ],
])("kept of %s", async (_, page, names) => {
  expect(await found(page)).toEqual(names);
});

test("a list that ends in a refusal is cut", async () => {
  const { cut } = await alarmsOf(cloudwatch([{ MetricAlarms: [on("one")] }], true).ask, place);
  expect(cut).toEqual(unknown("throttled"));
});

test("a list that never ends is cut after two hundred pages", async () => {
  const { ask, asked } = cloudwatch(Array.from({ length: 500 }, () => ({ MetricAlarms: [] })));
  const { cut } = await alarmsOf(ask, place);
  expect(cut?.$unknown.reason).toBe("unsupported");
  expect(asked).toHaveLength(200);
});

test("an alarm that has no name makes the list one that may have more", async () => {
  const nameless = { ...on("one"), AlarmName: undefined };
  const { cut } = await alarmsOf(cloudwatch([{ MetricAlarms: [nameless] }]).ask, place);
  expect(cut?.$unknown.reason).toBe("unsupported");
});

test.each<[string, string[]]>([
  ["", []],
  ["TRUE", []],
  ["ALARM(one)", ["one"]],
  ["ALARM( one two )", ["one two"]],
  ['ALARM("one") AND NOT (OK("two") OR INSUFFICIENT_DATA(three))', ["one", "two", "three"]],
  ['ALARM("with (brackets)")', ["with (brackets)"]],
  ['ALARM("with \\"quotes\\"")', ['with "quotes"']],
  ["ALARM(one) OR ALARM(one)", ["one"]],
  ["ALARM(never closed", []],
  ['ALARM("never closed', []],
])("the rule %s names %j", (rule, names) => {
  expect(alarmsNamedIn(rule)).toEqual(names);
});

test("a long rule that is none is read in one go", () => {
  expect(alarmsNamedIn(`ALARM(${" ".repeat(200_000)}`)).toEqual([]);
  expect(alarmsNamedIn('ALARM("'.repeat(50_000))).toEqual(["ALARM("]);
});

async function recorded(alarm: MetricAlarm) {
  const { items } = await alarmsOf(cloudwatch([{ MetricAlarms: [alarm] }]).ask, place);
  return alarmsAbove(items, [filter])[0];
}

test("an alarm is kept with what it compares, and how", async () => {
  const compares = {
    comparisonOperator: "GreaterThanThreshold",
    threshold: 3,
    evaluationPeriods: 5,
    datapointsToAlarm: 2,
    treatMissingData: "ignore",
    evaluateLowSampleCountPercentile: "ignore",
  };
  const alarm = await recorded(
    on("one", {
      ExtendedStatistic: "p99",
      Period: 300,
      Unit: "Count",
      Dimensions: [
        { Name: "region", Value: "r" },
        { Name: "account", Value: "1" },
      ],
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 3,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 2,
      TreatMissingData: "ignore",
      EvaluateLowSampleCountPercentile: "ignore",
    }),
  );
  expect(alarm).toMatchObject({ ...compares, compared: null, expressions: [] });
  expect(alarm?.metrics).toEqual([
    {
      ...{ id: null, namespace: "Audit", name: "Changes", statistic: "p99", period: 300 },
      unit: "Count",
      dimensions: [
        { name: "account", value: "1" },
        { name: "region", value: "r" },
      ],
    },
  ]);
});

test("what an alarm does not say is not made up", async () => {
  expect(await recorded(on("one"))).toMatchObject({
    metrics: [{ statistic: null, period: null, unit: null, dimensions: [] }],
    comparisonOperator: null,
    threshold: null,
    evaluationPeriods: null,
    datapointsToAlarm: null,
    treatMissingData: null,
    evaluateLowSampleCountPercentile: null,
  });
});

test.each<[string, MetricAlarm["Metrics"], string | null]>([
  ["the one that returns data", [{ Id: "e", Expression: "a" }], "e"],
  [
    "none where two return data",
    [
      { Id: "e", Expression: "a" },
      { Id: "f", Expression: "e" },
    ],
    null,
  ],
  ["none where none does", [{ Id: "e", Expression: "a", ReturnData: false }], null],
])("of an alarm's maths is compared: %s", async (_, queries = [], compared) => {
  const stat = { Metric: { Namespace: "Audit", MetricName: "Changes" }, Period: 60, Stat: "Sum" };
  const Metrics = [...queries, { Id: "a", MetricStat: stat, ReturnData: false }];
  const alarm = await recorded({ ...named("one"), Metrics });
  expect(alarm?.compared).toBe(compared);
  expect(alarm?.expressions).toEqual(
    queries.map(({ Id, Expression }) => ({ id: Id, expression: Expression })),
  );
  expect(alarm?.metrics).toMatchObject([{ id: "a", statistic: "Sum", period: 60 }]);
});

test("an alarm on a band has no threshold, whatever number AWS tells", async () => {
  const alarm = await recorded(on("one", { Threshold: 0, ThresholdMetricId: "band" }));
  expect(alarm?.threshold).toBeNull();
});

test("what keeps a composite alarm's actions back is kept", async () => {
  const kept = { ...above("any", "ALARM(one)"), ActionsSuppressor: "maintenance" };
  const page = { MetricAlarms: [on("one")], CompositeAlarms: [kept] };
  const { items } = await alarmsOf(cloudwatch([page]).ask, place);
  expect(alarmsAbove(items, [filter]).map((each) => each.actionsSuppressor)).toEqual([
    "maintenance",
    null,
  ]);
});
