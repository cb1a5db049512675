import { type Static, Type } from "typebox";
import { PlannedSchema } from "../planned.ts";
import { orNull } from "../unknown-schema.ts";
import { closed } from "./fields.ts";

const text = (description: string) => orNull(Type.String(), { description });
const number = (description: string) => orNull(Type.Number(), { description });

const metric = {
  namespace: Type.String(),
  name: Type.String(),
  dimensions: Type.Array(Type.Object({ name: Type.String(), value: Type.String() }, closed), {
    description: "By name. Of a filter: the field that gives the value, as in $.awsRegion.",
  }),
  unit: text("Null: of a filter None, of an alarm any."),
};

const FilterMetricSchema = Type.Object(
  {
    ...metric,
    value: Type.String({ description: "What an event counts: a number, or a field as in $.size." }),
    defaultValue: number("What is counted where events come and none matches; null: nothing."),
  },
  closed,
);
/** A metric that a filter counts in. */
export type FilterMetric = Static<typeof FilterMetricSchema>;

export const MetricFilterSchema = Type.Object(
  {
    name: Type.String(),
    planned: Type.Optional(PlannedSchema),
    pattern: Type.String({ description: "The filter pattern, as text; empty: every event." }),
    narrowed: Type.Boolean({
      description: "Whether field selection criteria leave out accounts or regions.",
    }),
    transformed: Type.Boolean({
      description: "Whether it reads transformed events, whose fields are others.",
    }),
    metrics: Type.Array(FilterMetricSchema),
  },
  closed,
);
export type MetricFilter = Static<typeof MetricFilterSchema>;

const AlarmMetricSchema = Type.Object(
  {
    ...metric,
    id: text("The name that maths has for it; null: the alarm's one metric, without maths."),
    statistic: text("As in Sum or p99."),
    period: number("In seconds."),
  },
  closed,
);
/** A metric that an alarm looks at. */
export type AlarmMetric = Static<typeof AlarmMetricSchema>;

/** A CloudWatch alarm, of any kind. */
export const AlarmSchema = Type.Object(
  {
    arn: Type.String(),
    name: Type.String(),
    planned: Type.Optional(PlannedSchema),
    kind: Type.Enum(["metric", "composite"]),
    actionsEnabled: Type.Boolean(),
    actions: Type.Array(Type.String(), { description: "ARNs of the actions on ALARM." }),
    metrics: Type.Array(AlarmMetricSchema, {
      description:
        "What a metric alarm looks at in its own account, its maths included; none for a composite one.",
    }),
    expressions: Type.Array(Type.Object({ id: Type.String(), expression: Type.String() }, closed), {
      description: "Maths and queries.",
    }),
    compared: text(
      "The id of the metric or expression that is compared; null: the one without id, or several.",
    ),
    comparisonOperator: text("As in GreaterThanOrEqualToThreshold."),
    threshold: number("Null: none, or a band."),
    evaluationPeriods: number("Of so many periods…"),
    datapointsToAlarm: number("… so many must breach; null: all."),
    treatMissingData: text("Null: missing."),
    evaluateLowSampleCountPercentile: text("Null: evaluate."),
    rule: text("A composite alarm's rule, as text."),
    actionsSuppressor: text("The alarm that keeps a composite alarm's actions back; null: none."),
  },
  closed,
);
export type Alarm = Static<typeof AlarmSchema>;
