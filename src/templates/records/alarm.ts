import type {
  Alarm,
  AlarmMetric,
  FilterMetric,
  MetricFilter,
} from "../../snapshot/resources/alarm.ts";
import { type Fact, isUnknown, mapFact } from "../../snapshot/unknown.ts";
import { allKnown, flag, given, isValues, numeral, objects, type Values } from "./read.ts";
import { each, texts } from "./selectors.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

type At = { world: World; planned: Planned };

const textsOf =
  (at: At) =>
  (values: Values, ...names: string[]) =>
    textIn(at.world, at.planned, given(values, ...names));
const orEmpty = (text: Fact<string | null>): Fact<string> => mapFact(text, (known) => known ?? "");

/** A metric filter of a log group. */
export function metricFilter(at: At): Fact<MetricFilter> {
  const { values } = at.planned;
  const text = textsOf(at);
  const isNarrowed = text(values, "field_selection_criteria", "FieldSelectionCriteria");
  return allKnown({
    name: nameOf(at.world, at.planned),
    planned: placeIn(at),
    pattern: orEmpty(text(values, "pattern", "FilterPattern")),
    narrowed: mapFact(isNarrowed, (criteria) => criteria !== null),
    transformed: flag(values, ["apply_on_transformed_logs", "ApplyOnTransformedLogs"], false),
    metrics: each(objects(values, "metric_transformation", "MetricTransformations"), (one) =>
      filterMetric(at, one),
    ),
  });
}

function filterMetric(at: At, values: Values): Fact<FilterMetric> {
  const text = textsOf(at);
  return allKnown({
    namespace: orEmpty(text(values, "namespace", "MetricNamespace")),
    name: orEmpty(text(values, "name", "MetricName")),
    dimensions: dimensions(at, values),
    unit: text(values, "unit", "Unit"),
    value: orEmpty(text(values, "value", "MetricValue")),
    defaultValue: numeral(values, "default_value", "DefaultValue"),
  });
}

/** Terraform writes them as an object, CloudFormation as a list; of a filter the value is a field. */
function dimensions(at: At, values: Values): Fact<{ name: string; value: string }[]> {
  const text = textsOf(at);
  const found = given(values, "dimensions", "Dimensions");
  if (isUnknown(found)) return found;
  if (isValues(found)) {
    return each(Object.keys(found), (name) =>
      mapFact(orEmpty(text(found, name)), (value) => ({ name, value })),
    );
  }
  return each(objects(values, "dimensions", "Dimensions"), (one) =>
    allKnown({ name: orEmpty(text(one, "Name", "Key")), value: orEmpty(text(one, "Value")) }),
  );
}

/** A metric alarm. */
export function metricAlarm(at: At): Fact<Alarm> {
  const { values } = at.planned;
  const text = textsOf(at);
  const queries = objects(values, "metric_query", "Metrics");
  const own = each(ownMetrics(values), () => alarmMetric(at, values, null));
  const queried = each(queries, (query) => queryMetric(at, query));
  return allKnown({
    ...named(at),
    actions: texts(at, values, "alarm_actions", "AlarmActions"),
    actionsEnabled: flag(values, ["actions_enabled", "ActionsEnabled"], true),
    kind: "metric" as const,
    metrics: isUnknown(own) ? own : mapFact(queried, (all) => [...own, ...all.flat()]),
    expressions: expressions(at, queries),
    compared: compared(at, queries),
    comparisonOperator: text(values, "comparison_operator", "ComparisonOperator"),
    threshold:
      given(values, "threshold_metric_id", "ThresholdMetricId") === null
        ? numeral(values, "threshold", "Threshold")
        : null,
    evaluationPeriods: numeral(values, "evaluation_periods", "EvaluationPeriods"),
    datapointsToAlarm: numeral(values, "datapoints_to_alarm", "DatapointsToAlarm"),
    treatMissingData: text(values, "treat_missing_data", "TreatMissingData"),
    evaluateLowSampleCountPercentile: text(
      values,
      "evaluate_low_sample_count_percentiles",
      "EvaluateLowSampleCountPercentile",
    ),
    rule: null,
    actionsSuppressor: null,
  });
}

/** A composite alarm. */
export function compositeAlarm(at: At): Fact<Alarm> {
  const { values } = at.planned;
  const text = textsOf(at);
  return allKnown({
    ...named(at),
    actions: texts(at, values, "alarm_actions", "AlarmActions"),
    actionsEnabled: flag(values, ["actions_enabled", "ActionsEnabled"], true),
    kind: "composite" as const,
    metrics: [],
    expressions: [],
    compared: null,
    comparisonOperator: null,
    threshold: null,
    evaluationPeriods: null,
    datapointsToAlarm: null,
    treatMissingData: null,
    evaluateLowSampleCountPercentile: null,
    rule: orEmpty(text(values, "alarm_rule", "AlarmRule")),
    actionsSuppressor: text(values, "ActionsSuppressor"),
  });
}

const named = ({ world, planned }: At) => ({
  arn: arnOf(world, planned),
  name: nameOf(world, planned),
  planned: placeIn({ world, planned }),
});

const placeIn = ({ planned }: At) => ({
  stack: planned.stack,
  address: planned.resource.address,
});

const ownMetrics = (values: Values): Values[] =>
  given(values, "metric_name", "MetricName") === null ? [] : [values];

function alarmMetric(at: At, values: Values, id: Fact<string | null>): Fact<AlarmMetric> {
  const text = textsOf(at);
  const statistic = text(values, "statistic", "stat", "Statistic", "Stat");
  return allKnown({
    namespace: orEmpty(text(values, "namespace", "Namespace")),
    name: orEmpty(text(values, "metric_name", "MetricName")),
    dimensions: dimensions(at, values),
    unit: text(values, "unit", "Unit"),
    id,
    statistic:
      statistic === null ? text(values, "extended_statistic", "ExtendedStatistic") : statistic,
    period: numeral(values, "period", "Period"),
  });
}

/** A query of a metric; one of another account's metric, or an expression, gives none. */
function queryMetric(at: At, query: Values): Fact<AlarmMetric[]> {
  if (given(query, "account_id", "AccountId") !== null) return [];
  const metric = objects(query, "metric", "MetricStat");
  const id = textsOf(at)(query, "id", "Id");
  return each(metric, (stat) => {
    const inner = objects(stat, "Metric");
    if (isUnknown(inner)) return inner;
    return alarmMetric(at, { ...stat, ...inner[0] }, id);
  });
}

type Queries = Fact<Values[]>;

function expressions(at: At, queries: Queries): Fact<Alarm["expressions"]> {
  const text = textsOf(at);
  const written = mapFact(queries, (all) =>
    all.filter((query) => given(query, "expression", "Expression") !== null),
  );
  return each(written, (query) =>
    allKnown({
      id: orEmpty(text(query, "id", "Id")),
      expression: orEmpty(text(query, "expression", "Expression")),
    }),
  );
}

/** The query whose data the alarm compares; Terraform returns data only where it says so. */
function compared(at: At, queries: Queries): Fact<string | null> {
  const isTerraform = at.planned.resource.dialect === "terraform";
  const returning = each(queries, (query) =>
    mapFact(flag(query, ["return_data", "ReturnData"], !isTerraform), (returns) => ({
      query,
      returns,
    })),
  );
  return mapFact(returning, (all) => {
    const [only, ...others] = all.filter(({ returns }) => returns);
    if (only === undefined || others.length > 0) return null;
    return textsOf(at)(only.query, "id", "Id");
  });
}
