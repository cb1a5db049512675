import type {
  Alarm,
  AlarmMetric,
  FilterMetric,
  MetricFilter,
} from "../../snapshot/resources/alarm.ts";
import { metricKey } from "../../snapshot/resources/metric-key.ts";
import { isQuery } from "../../snapshot/resources/metrics-query.ts";
import { withoutMarks } from "../../snapshot/stand-in.ts";
import { isKnown, isSameFact, isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { sharing } from "../alarms-filter.ts";
import { type Sensitivity, sensitivity } from "../alarms-sensitivity.ts";
import { type Held, known } from "./held.ts";

/** Whether an alarm looks at a metric that a filter counts in. */
export const isOn = (alarm: Alarm, { metrics }: MetricFilter): boolean =>
  metrics.some((metric) => looksAt(alarm, metric));

const looksAt = (alarm: Alarm, metric: FilterMetric): boolean =>
  alarm.metrics.some((each) => isOne(each, metric)) ||
  alarm.expressions.some((each) => isQuery(each) && each.expression.includes(metric.name));

/** With other dimensions, or in another unit, it is another metric. */
function isOne(looked: AlarmMetric, counted: FilterMetric): boolean {
  const names = ({ dimensions }: AlarmMetric | FilterMetric) =>
    JSON.stringify(dimensions.map(({ name }) => name).sort());
  return (
    metricKey(looked) === metricKey(counted) &&
    names(looked) === names(counted) &&
    (looked.unit === null || looked.unit === (counted.unit ?? "None"))
  );
}

/** Whether two states of an alarm ask the same of the same metrics. */
export const isSameQuestion = (one: Alarm, other: Alarm): boolean =>
  isSameFact(questionOf(one), questionOf(other));

function questionOf({ arn, name, planned, actions, actionsEnabled, ...question }: Alarm) {
  return question;
}

/** An alarm on what a filter counts. */
export type Pair = { alarm: Alarm; held: Held };

/** Why more events are needed to set it off than before; a marker: whether they are is not known; null: they are not. */
export function harder(was: Pair, now: Pair): string | Unknown | null {
  const [before, after] = [leastFor(was), leastFor(now)];
  if (before === null || isUnknown(before) || after === null) return null;
  if (!Number.isFinite(before.events)) return null;
  if (isUnknown(after)) return after;
  if (after.events <= before.events) return null;
  const events = before.events === 1 ? "1 event" : `${before.events} events`;
  return `${shownName(now.alarm)} went off at ${events}, and ${after.why}`;
}

/** Whether an alarm of the same log group sees what a filter counts no later than such a pair did, and acts. */
export function standsIn(was: Pair, { group, filter }: Held): boolean {
  const isHeard = was.alarm.actions.length > 0 && was.alarm.actionsEnabled;
  return known(group.alarms).some((alarm) => {
    if (!isOn(alarm, filter)) return false;
    if (isHeard && (alarm.actions.length === 0 || !alarm.actionsEnabled)) return false;
    return harder(was, { alarm, held: { group, filter } }) === null;
  });
}

function leastFor({ alarm, held: { filter, group } }: Pair): Sensitivity | Unknown | null {
  const shared = sharing(known(group.metricFilters));
  const all = filter.metrics
    .filter((metric) => looksAt(alarm, metric))
    .map((metric) => sensitivity(alarm, shared(metric)));
  const [least] = all.filter(isKnown).sort((a, b) => a.events - b.events);
  return least ?? all[0] ?? null;
}

const shownName = ({ name, planned }: Alarm): string =>
  planned?.address ?? withoutMarks(name).slice(0, 100);

/** What an alarm looks at, in words. */
export function metricsText({
  metrics,
  expressions,
}: Pick<Alarm, "metrics" | "expressions">): string {
  const texts = metrics.map(({ namespace, name, dimensions, unit }) => {
    const by = dimensions.map((each) => `${each.name}=${each.value}`).join(", ");
    return `${namespace}/${name}${by === "" ? "" : ` (${by})`}${unit === null ? "" : ` in ${unit}`}`;
  });
  const all = [...texts, ...expressions.map(({ expression }) => expression)];
  return bounded(all.length === 0 ? "none" : all.join(", "));
}

const LONGEST = 200;

/** A text of the inputs, short enough to be told. */
export function bounded(text: string): string {
  const shown = withoutMarks(text);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
