import type { Alarm, AlarmMetric, FilterMetric } from "../snapshot/resources/alarm.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../snapshot/unknown.ts";
import { compared } from "./alarms-maths.ts";
import { inPeriods } from "./alarms-periods.ts";

/** How many events that a filter catches bring an alarm to ALARM, whatever else happens. */
export type Sensitivity = {
  /** With `periods` datapoints wanted: in all of them together. Infinite: more than are looked at. */
  events: number;
  /** Why one event alone does not, as it reads after the alarm's name. */
  why: string;
};

/** Of more events than these an alarm is not asked. */
export const MOST_EVENTS = 10;

/** A filter's metric, with what the log group's other filters put into it. */
export type Fed = {
  metric: FilterMetric;
  /** What is counted where events come and none matches. */
  defaults: readonly number[];
  /** Whether another filter counts in it too, and whether what one counts may be below zero. */
  isShared: boolean;
  isLowered: boolean;
};

/** How many of the events that a filter counts set off an alarm. */
export function sensitivity(alarm: Alarm, fed: Fed): Fact<Sensitivity> {
  return mapFact(compared(alarm), ({ metric, isFilled }) => {
    const other = otherMetric(alarm, metric, fed.metric);
    if (other !== null) return other;
    const reached = eventsInPeriod(alarm, metric, fed);
    if (isUnknown(reached) || reached.events > MOST_EVENTS) return reached;
    const standing = isFilled ? [...fed.defaults, 0] : fed.defaults;
    const threshold = thresholdOf(alarm);
    if (threshold !== null && standing.some(threshold.isBreached)) {
      return doubt(alarm, "is in ALARM while nothing happens");
    }
    const silence = fed.defaults.length > 0 ? "counts at times" : "no data";
    return inPeriods(alarm, reached, isFilled ? "counts" : silence);
  });
}

const never = (why: string): Sensitivity => ({ events: Number.POSITIVE_INFINITY, why });

function doubt({ name }: Alarm, why: string): Unknown {
  return unknown("unsupported", { detail: `the alarm ${name} ${why}` });
}

/** With other dimensions, or in another unit, it is another metric: the alarm gets no data. */
function otherMetric(alarm: Alarm, looked: AlarmMetric, fed: FilterMetric) {
  if (looked.namespace !== fed.namespace || looked.name !== fed.name) {
    return never("compares another metric");
  }
  const names = ({ dimensions }: AlarmMetric | FilterMetric) =>
    JSON.stringify(dimensions.map(({ name }) => name));
  if (names(looked) !== names(fed)) return never("has other dimensions than the filter's metric");
  if (looked.unit !== null && looked.unit !== (fed.unit ?? "None")) {
    return never("looks for another unit than the filter's");
  }
  // Each value is a metric of its own: the alarm sees the events that have its values.
  return fed.dimensions.length > 0 ? doubt(alarm, "sees some values of a dimension alone") : null;
}

const UPWARD = new Map<string, (value: number, threshold: number) => boolean>([
  ["GreaterThanOrEqualToThreshold", (value, threshold) => value >= threshold],
  ["GreaterThanThreshold", (value, threshold) => value > threshold],
]);
const DOWNWARD = new Map<string, (value: number, threshold: number) => boolean>([
  ["LessThanOrEqualToThreshold", (value, threshold) => value <= threshold],
  ["LessThanThreshold", (value, threshold) => value < threshold],
]);

function thresholdOf({ comparisonOperator, threshold }: Alarm) {
  const up = UPWARD.get(comparisonOperator ?? "");
  const compare = up ?? DOWNWARD.get(comparisonOperator ?? "");
  if (compare === undefined || threshold === null) return null;
  const isBreached = (value: number) => compare(value, threshold);
  return { isBreached, isUpward: up !== undefined, text: `${comparisonOperator} ${threshold}` };
}

/** Statistics that other values in the same period cannot bring down. */
const LASTING = new Set(["Sum", "Maximum"]);

function eventsInPeriod(alarm: Alarm, looked: AlarmMetric, fed: Fed): Fact<Sensitivity> {
  const threshold = thresholdOf(alarm);
  const value = Number(fed.metric.value);
  const { statistic, period } = looked;
  const reached = reach(statistic ?? "", value);
  if (fed.metric.value.startsWith("$")) return doubt(alarm, "compares a value of the event's own");
  if (!Number.isFinite(value)) return never("looks at a metric that counts no number");
  if (threshold === null) return doubt(alarm, "compares with no fixed threshold");
  if (reached === null) return doubt(alarm, `looks at the statistic ${statistic}`);
  // CloudWatch Logs counts by the minute.
  if (period === null || period < 60) return doubt(alarm, "has periods of less than a minute");
  if (isWaiting(alarm, looked)) return never("waits for more events than one to tell a percentile");
  const spoiled = spoiling(statistic ?? "", fed);
  const events = enough((count) => threshold.isBreached(reached(count)));
  const gives = `gets ${reached(1)} from one event, which is not ${threshold.text}`;
  if (!threshold.isUpward) return falling(alarm, { events, statistic, value });
  if (events === 1 ? spoiled?.lowers : spoiled?.raises) return doubt(alarm, LOOKS_AT_OTHERS);
  return { events, why: gives };
}

/** What so many events in an otherwise quiet period come to. */
function reach(statistic: string, value: number): ((events: number) => number) | null {
  if (statistic === "Sum") return (events) => events * value;
  if (statistic === "SampleCount") return (events) => events;
  const isOfOne = /^(?:Average|Minimum|Maximum|p(?:\d{1,2}(?:\.\d{1,10})?|100))$/.test(statistic);
  return isOfOne ? () => value : null;
}

function enough(isEnough: (events: number) => boolean): number {
  for (let events = 1; events <= MOST_EVENTS; events += 1) if (isEnough(events)) return events;
  return Number.POSITIVE_INFINITY;
}

/** With so few samples the alarm's state stays what it was. */
const isWaiting = (alarm: Alarm, { statistic }: AlarmMetric) =>
  alarm.evaluateLowSampleCountPercentile === "ignore" && /^p\d/.test(statistic ?? "");

const LOOKS_AT_OTHERS = "looks at what others count too, or at the filter's default value";

/** What the default value, and other filters on the same metric, may do to one event's value. */
function spoiling(statistic: string, { defaults, isShared, isLowered }: Fed) {
  if (defaults.length > 0 && !LASTING.has(statistic)) {
    return { lowers: true, raises: statistic === "SampleCount" || isShared };
  }
  if (statistic === "Sum" && !defaults.every(isZero)) return { lowers: true, raises: true };
  if (!isShared) return null;
  // Another filter may count the same event once more, and its own take nothing away.
  return { lowers: !LASTING.has(statistic) || (statistic === "Sum" && isLowered), raises: true };
}

const isZero = (value: number) => value === 0;

/** The metric falls where events stay away; what is in ALARM at one event may leave it at two. */
function falling(
  alarm: Alarm,
  { events, statistic, value }: { events: number; statistic: string | null; value: number },
): Fact<Sensitivity> {
  const grows = statistic === "SampleCount" || (statistic === "Sum" && value > 0);
  if (events > 1 || grows) return never("goes off when the metric falls");
  return doubt(alarm, "goes off when the metric falls");
}
