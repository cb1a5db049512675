import type { Request } from "../answers.ts";
import { type Answer, epochSeconds, given, givenNumber, page, Refusal } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { queryCompatibleJson } from "../protocols/json.ts";
import type { Alarm, AlarmMetric, CompositeAlarm } from "../schema/alarms.ts";
import type { Service } from "./service.ts";

const MADE = epochSeconds(Date.parse("2024-01-15T09:00:00Z"));
const LARGEST_PAGE = 100;
const PERIOD = 300;

export const cloudwatch: Service = {
  name: "cloudwatch",
  protocol: queryCompatibleJson,
  resourceParameters: ["AlarmNames"],
  operations: { DescribeAlarms: describeAlarms },
};

/** Metric alarms, unless other types are asked for. A page counts alarms of all types together. */
function describeAlarms(request: Request, world: IndexedWorld): Answer {
  const { input } = request;
  const types: unknown[] = Array.isArray(input.AlarmTypes) ? input.AlarmTypes : ["MetricAlarm"];
  const { alarms = [], compositeAlarms = [] } = world.world;
  const found = [
    ...(types.includes("MetricAlarm") ? alarms.filter(asked(request)) : []),
    ...(types.includes("CompositeAlarm") ? compositeAlarms.filter(asked(request)) : []),
  ].sort((left, right) => (left.name < right.name ? -1 : 1));
  const { items, next } = page(
    found,
    { token: given(input, "NextToken"), size: size(input) },
    () => {
      return new Refusal("InvalidNextToken", "The next token specified is invalid.");
    },
  );
  const MetricAlarms = items.flatMap((each) => ("rule" in each ? [] : metricAlarm(world, each)));
  const CompositeAlarms = items.flatMap((each) => ("rule" in each ? composite(world, each) : []));
  return { body: { MetricAlarms, CompositeAlarms, NextToken: next } };
}

function size(input: Request["input"]): number {
  const records = givenNumber(input, "MaxRecords") ?? LARGEST_PAGE;
  if (records >= 1 && records <= LARGEST_PAGE) return records;
  throw new Refusal("ValidationError", `Value '${records}' at 'maxRecords' is out of range.`);
}

function asked({ input, caller, region }: Request) {
  const prefix = given(input, "AlarmNamePrefix") ?? "";
  const names: unknown = input.AlarmNames;
  return (each: { name: string; account: string; region: string }): boolean =>
    each.account === caller.accountId &&
    each.region === region &&
    each.name.startsWith(prefix) &&
    (!Array.isArray(names) || names.length === 0 || names.includes(each.name));
}

function alarm({ partition }: IndexedWorld, each: Alarm | CompositeAlarm): object {
  const { name, account, region } = each;
  return {
    AlarmName: name,
    AlarmArn: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`,
    AlarmConfigurationUpdatedTimestamp: MADE,
    ActionsEnabled: each.actionsEnabled ?? true,
    OKActions: [],
    AlarmActions: each.alarmActions ?? [],
    InsufficientDataActions: [],
    StateValue: "OK",
    StateReason: "Unchecked: Initial alarm creation",
    StateUpdatedTimestamp: MADE,
  };
}

const composite = (world: IndexedWorld, each: CompositeAlarm): object => ({
  ...alarm(world, each),
  AlarmRule: each.rule,
  ActionsSuppressor: each.actionsSuppressor,
});

const metricAlarm = (world: IndexedWorld, each: Alarm): object => ({
  ...alarm(world, each),
  ...(each.metrics === undefined ? ofOneMetric(each) : maths(each, each.metrics)),
  EvaluationPeriods: each.evaluationPeriods ?? 1,
  DatapointsToAlarm: each.datapointsToAlarm,
  Threshold: each.thresholdMetricId === undefined ? (each.threshold ?? 1) : undefined,
  ThresholdMetricId: each.thresholdMetricId,
  ComparisonOperator: each.comparisonOperator ?? "GreaterThanOrEqualToThreshold",
  TreatMissingData: each.treatMissingData ?? "notBreaching",
  EvaluateLowSampleCountPercentile: each.evaluateLowSampleCountPercentile,
});

const STATISTICS = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];

/** Percentiles and the like have a field of their own. */
function ofOneMetric({ statistic = "Sum", period = PERIOD, ...each }: Alarm): object {
  const isExtended = !STATISTICS.includes(statistic);
  return {
    MetricName: each.metricName,
    Namespace: each.namespace,
    [isExtended ? "ExtendedStatistic" : "Statistic"]: statistic,
    Dimensions: dimensionsOf(each),
    Period: period,
    Unit: each.unit,
  };
}

const dimensionsOf = ({ dimensions = {} }: Pick<Alarm, "dimensions">): object[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

/** An alarm on maths has neither metric nor period of its own, and no dimensions. */
const maths = ({ period = PERIOD }: Alarm, metrics: readonly AlarmMetric[]): object => ({
  Dimensions: [],
  Metrics: metrics.map((each) => ({
    Id: each.id,
    Expression: each.expression,
    MetricStat:
      each.metricName === undefined
        ? undefined
        : {
            Metric: {
              Namespace: each.namespace,
              MetricName: each.metricName,
              Dimensions: dimensionsOf(each),
            },
            Period: period,
            Stat: each.statistic ?? "Sum",
            Unit: each.unit,
          },
    ReturnData: each.returnData ?? true,
    AccountId: each.accountId,
  })),
});
