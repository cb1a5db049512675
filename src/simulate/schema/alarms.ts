import { type Static, Type } from "typebox";
import { accountId, closed, flag, text, texts } from "./fields.ts";

const place = {
  name: text("Its name."),
  account: accountId("The owner."),
  region: text("Where it is."),
  actionsEnabled: flag("Default true."),
  alarmActions: texts("ARNs of what is told on ALARM."),
};
const dimensions = Type.Optional(
  Type.Record(Type.String(), Type.String(), { description: "Values by name. Default none." }),
);
const optionalText = (description: string) => Type.Optional(Type.String({ description }));

export const AlarmMetricSchema = Type.Object(
  {
    id: text("By which expressions name it."),
    metricName: optionalText("With namespace: a metric."),
    namespace: optionalText("With metricName: a metric."),
    dimensions,
    statistic: optionalText("Default Sum."),
    unit: optionalText("Default any."),
    accountId: optionalText("Whose metric. Default the alarm's own account."),
    expression: optionalText("In place of a metric: maths over the others."),
    returnData: flag("Whether the alarm looks at it. Default true."),
  },
  closed,
);
export type AlarmMetric = Static<typeof AlarmMetricSchema>;

/** A CloudWatch metric alarm: on one metric, or on maths over several. */
export const AlarmSchema = Type.Object(
  {
    ...place,
    metricName: optionalText("With namespace: the one metric that it looks at."),
    namespace: optionalText("With metricName."),
    dimensions,
    statistic: optionalText("Such as Sum or p99. Default Sum."),
    unit: optionalText("Default any."),
    metrics: Type.Optional(
      Type.Array(AlarmMetricSchema, { description: "In place of metricName and namespace." }),
    ),
    threshold: Type.Optional(Type.Number({ description: "Default 1." })),
    thresholdMetricId: optionalText("In place of a threshold: the expression that gives a band."),
    comparisonOperator: optionalText("Default GreaterThanOrEqualToThreshold."),
    period: Type.Optional(Type.Integer({ description: "Seconds. Default 300." })),
    evaluationPeriods: Type.Optional(Type.Integer({ description: "Default 1." })),
    datapointsToAlarm: Type.Optional(Type.Integer({ description: "Default evaluationPeriods." })),
    treatMissingData: optionalText("Default notBreaching."),
    evaluateLowSampleCountPercentile: optionalText("With a percentile. Default evaluate."),
  },
  closed,
);
export type Alarm = Static<typeof AlarmSchema>;

/** A CloudWatch composite alarm. */
export const CompositeAlarmSchema = Type.Object(
  {
    ...place,
    rule: text('Its rule: `ALARM("one") OR ALARM("other")`.'),
    actionsSuppressor: optionalText("The alarm that keeps its actions back."),
  },
  closed,
);
export type CompositeAlarm = Static<typeof CompositeAlarmSchema>;
