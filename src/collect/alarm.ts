import type {
  CompositeAlarm,
  Dimension,
  MetricAlarm,
  MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import type { Alarm, AlarmMetric } from "../snapshot/resources/alarm.ts";

/** A metric alarm of this account, as DescribeAlarms tells it. */
export const metricAlarm =
  (accountId: string) =>
  (alarm: MetricAlarm): Alarm => ({
    ...common(alarm),
    kind: "metric",
    metrics: [
      ...ownMetric(alarm),
      ...(alarm.Metrics ?? []).flatMap((query) => metricIn(query, accountId)),
    ],
    expressions: (alarm.Metrics ?? []).flatMap(({ Id, Expression }) =>
      Id === undefined || Expression === undefined ? [] : [{ id: Id, expression: Expression }],
    ),
    compared: compared(alarm.Metrics ?? []),
    comparisonOperator: alarm.ComparisonOperator ?? null,
    // Without one it is compared with a band, which an expression gives.
    threshold: alarm.ThresholdMetricId === undefined ? (alarm.Threshold ?? null) : null,
    evaluationPeriods: alarm.EvaluationPeriods ?? null,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? null,
    treatMissingData: alarm.TreatMissingData ?? null,
    evaluateLowSampleCountPercentile: alarm.EvaluateLowSampleCountPercentile ?? null,
    rule: null,
    actionsSuppressor: null,
  });

/** A composite alarm, as DescribeAlarms tells it. */
export const compositeAlarm = (alarm: CompositeAlarm): Alarm => ({
  ...common(alarm),
  kind: "composite",
  metrics: [],
  expressions: [],
  compared: null,
  comparisonOperator: null,
  threshold: null,
  evaluationPeriods: null,
  datapointsToAlarm: null,
  treatMissingData: null,
  evaluateLowSampleCountPercentile: null,
  rule: alarm.AlarmRule ?? "",
  actionsSuppressor: alarm.ActionsSuppressor ?? null,
});

function common({ AlarmArn, AlarmName, ActionsEnabled, AlarmActions }: MetricAlarm) {
  return {
    arn: AlarmArn ?? "",
    name: AlarmName ?? "",
    actionsEnabled: ActionsEnabled === true,
    actions: AlarmActions ?? [],
  };
}

/** The only query that returns data; AWS wants it said of one alone, but of a band, where it is two. */
function compared(queries: readonly MetricDataQuery[]): string | null {
  const [only, ...others] = queries.filter(({ ReturnData }) => ReturnData !== false);
  return others.length > 0 ? null : (only?.Id ?? null);
}

function ownMetric(alarm: MetricAlarm): AlarmMetric[] {
  const { ExtendedStatistic, Statistic = ExtendedStatistic } = alarm;
  return metricOf(alarm, { Period: alarm.Period, Stat: Statistic, Unit: alarm.Unit });
}

/** A monitoring account's alarm may look at another account's metric of the same name. */
function metricIn({ Id, MetricStat: stat, AccountId }: MetricDataQuery, accountId: string) {
  if (stat === undefined || (AccountId !== undefined && AccountId !== accountId)) return [];
  return metricOf(stat.Metric ?? {}, { ...stat, Id });
}

type Metric = {
  Namespace?: string | undefined;
  MetricName?: string | undefined;
  Dimensions?: Dimension[] | undefined;
};
type Stat = {
  Id?: string | undefined;
  Period: number | undefined;
  Stat: string | undefined;
  Unit?: string | undefined;
};

function metricOf({ Namespace, MetricName, Dimensions }: Metric, stat: Stat): AlarmMetric[] {
  if (Namespace === undefined || MetricName === undefined) return [];
  const dimensions = (Dimensions ?? [])
    .map(({ Name = "", Value = "" }) => ({ name: Name, value: Value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    {
      id: stat.Id ?? null,
      namespace: Namespace,
      name: MetricName,
      dimensions,
      statistic: stat.Stat ?? null,
      period: stat.Period ?? null,
      unit: stat.Unit ?? null,
    },
  ];
}
