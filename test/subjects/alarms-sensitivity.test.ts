import { expect, test } from "vitest";
import type {
  Alarm,
  AlarmMetric,
  FilterMetric,
  MetricFilter,
} from "../../src/snapshot/resources/alarm.ts";
import { type Fact, isUnknown } from "../../src/snapshot/unknown.ts";
import { alarmsOnCalls } from "../../src/subjects/alarms-working.ts";
import { aFilterMetric, anAlarmMetric } from "./a-metric.ts";
import { shown } from "./a-snapshot.ts";
import {
  aFilter,
  alarmOn,
  anAlarm,
  aTopic,
  filterOf,
  judged,
  topics,
  watched,
} from "./an-alarm.ts";
import { SECURITY_HUB } from "./filter-pattern/cis-patterns.ts";

const counting = (changes: Partial<FilterMetric>) => aFilter({ metrics: [aFilterMetric(changes)] });
const looking = (changes: Partial<AlarmMetric>, alarm: Partial<Alarm> = {}) =>
  anAlarm({ metrics: [anAlarmMetric(changes)], ...alarm });

/** Whether a change to the trail raises it, and how the alarm is said not to, or why it is not known. */
function raised(alarm: Alarm, ...metricFilters: MetricFilter[]) {
  const filters = metricFilters.length > 0 ? metricFilters : [aFilter()];
  const group = { metricFilters: filters, alarms: [alarm] };
  const { raised: isRaised, insensitive } = judged(group).alarms.cloudTrailChanges;
  const call = alarmsOnCalls(watched(group), topics(aTopic()))("cloudtrail", "StopLogging");
  expect(shown(call.raised)).toBe(shown(isRaised));
  return [said(isRaised), ...insensitive.map(said)];
}

const said = <T>(fact: Fact<T>) =>
  isUnknown(fact) ? `?${fact.$unknown.detail?.replace(/^the alarm trail-alarm /, "")}` : fact;

const RAISED = [true];
const not = (why: string) => [false, `trail-alarm: ${why}`];
const unclear = (why: string) => [`?${why}`, `?${why}`];

const none = { defaultValue: null };
const AVERAGE = { statistic: "Average" };
const AT_LEAST = "GreaterThanOrEqualToThreshold";
const ABOVE = "GreaterThanThreshold";
const others = "looks at what others count too, or at the filter's default value";

test.each<[number, string, string, unknown[]]>([
  [1, AT_LEAST, "1", RAISED],
  [0, ABOVE, "1", RAISED],
  [0.5, AT_LEAST, "1", RAISED],
  [1, ABOVE, "1", not("gets 1 from one event, which is not GreaterThanThreshold 1")],
  [2, AT_LEAST, "1", not("gets 1 from one event, which is not GreaterThanOrEqualToThreshold 2")],
  [2, AT_LEAST, "2", RAISED],
  [
    1e6,
    AT_LEAST,
    "1",
    not("gets 1 from one event, which is not GreaterThanOrEqualToThreshold 1000000"),
  ],
  [1e6, AT_LEAST, "1e6", RAISED],
  [1, AT_LEAST, "one", not("looks at a metric that counts no number")],
  [1, AT_LEAST, "Infinity", not("looks at a metric that counts no number")],
  [1, AT_LEAST, "$.count", unclear("compares a value of the event's own")],
  [1, AT_LEAST, "$count", unclear("compares a value of the event's own")],
  [0, AT_LEAST, "1", unclear("is in ALARM while nothing happens")],
  [-1, ABOVE, "1", unclear("is in ALARM while nothing happens")],
])("a threshold of %d, %s, where an event counts %s", (threshold, operator, value, told) => {
  const alarm = anAlarm({ threshold, comparisonOperator: operator });
  expect(raised(alarm, counting({ value }))).toEqual(told);
});

test.each<[string, number | null, unknown[]]>([
  ["LessThanThreshold", 1, not("goes off when the metric falls")],
  ["LessThanOrEqualToThreshold", 0, not("goes off when the metric falls")],
  ["LessThanOrEqualToThreshold", 1, not("goes off when the metric falls")],
  ["GreaterThanUpperThreshold", null, unclear("compares with no fixed threshold")],
  ["LessThanLowerOrGreaterThanUpperThreshold", null, unclear("compares with no fixed threshold")],
  [AT_LEAST, null, unclear("compares with no fixed threshold")],
  ["__proto__", 1, unclear("compares with no fixed threshold")],
])("the operator %s with the threshold %s", (comparisonOperator, threshold, told) => {
  expect(raised(anAlarm({ comparisonOperator, threshold }))).toEqual(told);
});

test("an alarm on a maximum that is low is in doubt: the metric has no such value without events", () => {
  const alarm = looking(
    { statistic: "Maximum" },
    { comparisonOperator: "LessThanThreshold", threshold: 2 },
  );
  expect(raised(alarm, counting(none))).toEqual(unclear("goes off when the metric falls"));
});

const gets = (value: number, threshold: number) =>
  not(`gets ${value} from one event, which is not ${AT_LEAST} ${threshold}`);

test.each<[string | null, Partial<FilterMetric>, number, unknown[]]>([
  ["Sum", { value: "5" }, 5, RAISED],
  ["Sum", { value: "5" }, 6, gets(5, 6)],
  ["Sum", { defaultValue: 0.1 }, 1, unclear(others)],
  ["Sum", { defaultValue: -1 }, 1, unclear(others)],
  ["Maximum", { value: "5" }, 5, RAISED],
  ["Maximum", { value: "5" }, 6, gets(5, 6)],
  ["Maximum", { value: "5", defaultValue: 4 }, 5, RAISED],
  ["Maximum", { value: "5", defaultValue: 5 }, 5, unclear("is in ALARM while nothing happens")],
  ["SampleCount", { value: "5", ...none }, 1, RAISED],
  ["SampleCount", { value: "5", ...none }, 5, gets(1, 5)],
  ["SampleCount", {}, 1, unclear(others)],
  ["SampleCount", {}, 2, unclear(others)],
  ["Average", none, 1, RAISED],
  ["Average", {}, 1, unclear(others)],
  ["Average", {}, 2, gets(1, 2)],
  ["Minimum", none, 1, RAISED],
  ["Minimum", {}, 1, unclear(others)],
  ["p99", none, 1, RAISED],
  ["p99.9", none, 1, RAISED],
  ["p100", none, 1, RAISED],
  ["p99", none, 2, gets(1, 2)],
  ["p99", {}, 1, unclear(others)],
  ["p101", none, 1, unclear("looks at the statistic p101")],
  ["tm90", none, 1, unclear("looks at the statistic tm90")],
  ["PR(1:)", none, 1, unclear("looks at the statistic PR(1:)")],
  [null, none, 1, unclear("looks at the statistic null")],
])("the statistic %s of %j against %d", (statistic, metric, threshold, told) => {
  expect(raised(looking({ statistic }, { threshold }), counting(metric))).toEqual(told);
});

test.each<[string, string | null, unknown[]]>([
  ["p90", "evaluate", RAISED],
  ["p90", null, RAISED],
  ["p90", "ignore", not("waits for more events than one to tell a percentile")],
  ["Sum", "ignore", RAISED],
])("the statistic %s where few samples are to %s", (statistic, few, told) => {
  const alarm = looking({ statistic }, { evaluateLowSampleCountPercentile: few });
  expect(raised(alarm, counting(none))).toEqual(told);
});

test.each<[number | null, unknown[]]>([
  [60, RAISED],
  [86_400, RAISED],
  [30, unclear("has periods of less than a minute")],
  [null, unclear("has periods of less than a minute")],
])("a period of %s seconds", (period, told) => {
  expect(raised(looking({ period }))).toEqual(told);
});

const after = (datapoints: number) => not(`wants events in ${datapoints} periods`);
const passed = unclear("may pass over periods without data");

test.each<[number | null, number | null, string | null, number | null, unknown[]]>([
  [1, null, null, 0, RAISED],
  [1, 1, null, 0, RAISED],
  [5, 1, null, 0, RAISED],
  [5, 1, null, null, RAISED],
  [3, 2, null, 0, after(2)],
  [3, null, null, 0, after(3)],
  [3, 3, "notBreaching", null, after(3)],
  [3, 3, null, null, passed],
  [3, 2, "missing", null, passed],
  [1, 1, "notBreaching", null, RAISED],
  [1, 1, "missing", null, RAISED],
  [1, 1, "ignore", 0, RAISED],
  [1, 1, "ignore", null, unclear("stays in ALARM after the first event")],
  [1, 1, "breaching", 0, unclear("is in ALARM while no data comes")],
  [1, 1, "breaching", null, unclear("is in ALARM while no data comes")],
  [null, null, null, 0, unclear("wants no known number of datapoints")],
  [0, 0, null, 0, unclear("wants no known number of datapoints")],
])(
  "%s periods, %s datapoints, missing data %s, a default value of %s",
  (evaluationPeriods, datapointsToAlarm, treatMissingData, defaultValue, told) => {
    const alarm = anAlarm({ evaluationPeriods, datapointsToAlarm, treatMissingData });
    expect(raised(alarm, counting({ defaultValue }))).toEqual(told);
  },
);

const byRegion = [{ name: "region", value: "$.awsRegion" }];
const inOne = [{ name: "region", value: "us-east-1" }];
const otherDimensions = not("has other dimensions than the filter's metric");

test.each<[string, Partial<FilterMetric>, Partial<AlarmMetric>, unknown[]]>([
  ["the alarm's alone", {}, { dimensions: inOne }, otherDimensions],
  ["the filter's alone", { dimensions: byRegion, ...none }, {}, otherDimensions],
  [
    "another name for each",
    { dimensions: byRegion, ...none },
    { dimensions: [{ name: "account", value: "1" }] },
    otherDimensions,
  ],
  [
    "one more of the alarm",
    { dimensions: byRegion, ...none },
    { dimensions: [{ name: "account", value: "1" }, ...inOne] },
    otherDimensions,
  ],
  [
    "the same of both",
    { dimensions: byRegion, ...none },
    { dimensions: inOne },
    unclear("sees some values of a dimension alone"),
  ],
])("dimensions: %s", (_, metric, looked, told) => {
  expect(raised(looking(looked), counting(metric))).toEqual(told);
});

const otherUnit = not("looks for another unit than the filter's");

test.each<[string | null, string | null, unknown[]]>([
  [null, null, RAISED],
  ["Count", null, RAISED],
  ["Count", "Count", RAISED],
  [null, "None", RAISED],
  [null, "Count", otherUnit],
  ["Count", "None", otherUnit],
])("the filter's unit %s and the alarm's %s", (unit, looked, told) => {
  expect(raised(looking({ unit: looked }), counting({ unit }))).toEqual(told);
});

const maths = (compared: string | null, ...expressions: [string, string][]) =>
  anAlarm({
    metrics: [
      anAlarmMetric({ id: "m" }),
      anAlarmMetric({ id: "other", name: "another" }),
      anAlarmMetric({ id: "dear", statistic: "Average" }),
    ],
    expressions: expressions.map(([id, expression]) => ({ id, expression })),
    compared,
  });
const undecided = unclear("what the alarm trail-alarm makes of its metrics");

test.each<[string, Alarm, unknown[]]>([
  ["the metric itself", maths("m"), RAISED],
  ["another metric beside it", maths("other"), not("compares another metric")],
  ["an id", maths("e", ["e", " m "]), RAISED],
  ["an id of an id", maths("f", ["e", "m"], ["f", "e"]), RAISED],
  ["zeros in the gaps", maths("e", ["e", "FILL(m, 0)"]), RAISED],
  ["the id of another metric", maths("e", ["e", "other"]), not("compares another metric")],
  ["ones in the gaps", maths("e", ["e", "FILL(m, 1)"]), undecided],
  ["a sum", maths("e", ["e", "SUM(m, 0)"]), undecided],
  ["a multiple", maths("e", ["e", "m * 2"]), undecided],
  ["a condition", maths("e", ["e", "IF(m > 1000, 1, 0)"]), undecided],
  ["an id that nothing has", maths("e", ["e", "n"]), undecided],
  ["no id", maths(null), undecided],
  ["itself", maths("e", ["e", "f"], ["f", "e"]), undecided],
  ["a band", maths("e", ["e", "ANOMALY_DETECTION_BAND(m, 2)"]), undecided],
  ["a statistic that zeros bring down", maths("dear"), unclear(others)],
])("maths that compares %s", (_, alarm, told) => {
  expect(raised(alarm)).toEqual(told);
});

test("zeros in the gaps are counts: no data is missing, and more periods want more events", () => {
  const filled = maths("e", ["e", "FILL(m, 0)"]);
  const quiet = counting(none);
  expect(raised({ ...filled, treatMissingData: "breaching" }, quiet)).toEqual(RAISED);
  expect(raised({ ...filled, evaluationPeriods: 2 }, quiet)).toEqual(after(2));
  expect(raised({ ...filled, threshold: 0 }, quiet)).toEqual(
    unclear("is in ALARM while nothing happens"),
  );
});

test("an alarm on a query that names the metric may see it, whatever its dimensions", () => {
  const query = anAlarm({
    metrics: [],
    expressions: [{ id: "q", expression: 'SELECT SUM("trail-changes") FROM CIS' }],
    compared: "q",
  });
  expect(raised(query)).toEqual(undecided);
  expect(raised(query, filterOf("others", SECURITY_HUB.cloudTrailChanges))).toEqual([false]);
});

const other = (changes: Partial<FilterMetric>) =>
  aFilter({ name: "z", pattern: "{ $.eventName = Z }", metrics: [aFilterMetric(changes)] });

test.each<[string, Alarm, Partial<FilterMetric>, unknown[]]>([
  ["a sum", anAlarm(), none, RAISED],
  ["a sum with what is not zero", anAlarm(), { defaultValue: 3 }, unclear(others)],
  ["a sum with what may be less", anAlarm(), { value: "-1" }, unclear(others)],
  ["a sum that takes two", anAlarm({ threshold: 2 }), none, unclear(others)],
  ["an average", looking(AVERAGE), none, unclear(others)],
  ["a maximum", looking({ statistic: "Maximum" }), none, RAISED],
])("two filters count in one metric, of which the alarm looks at %s", (_, alarm, second, told) => {
  expect(raised(alarm, counting(none), other(second))).toEqual(told);
});

test("one of two alarms that goes off is enough, and the other is told", () => {
  const deaf = anAlarm({ name: "deaf", threshold: 1e6 });
  const {
    raised: isRaised,
    alarm,
    insensitive,
  } = judged({ alarms: [deaf, anAlarm()] }).alarms.cloudTrailChanges;
  expect([isRaised, alarm]).toEqual([true, "deaf, trail-alarm"]);
  expect(insensitive).toEqual([
    "deaf: gets 1 from one event, which is not GreaterThanOrEqualToThreshold 1000000",
  ]);
});

const signIn = (alarm: Partial<Alarm>, metric: Partial<FilterMetric> = {}) =>
  ["consoleSignInFailures", "unauthorizedApiCalls", "rootUsage"].map((name) => {
    const cis = name as keyof typeof SECURITY_HUB;
    const filter = aFilter({
      name,
      pattern: SECURITY_HUB[cis],
      metrics: [aFilterMetric({ name, ...metric })],
    });
    return shown(
      judged({ metricFilters: [filter], alarms: [alarmOn(name, alarm)] }).alarms[cis].raised,
    );
  });

test.each<[string, Partial<Alarm>, boolean[]]>([
  ["one event", {}, [true, true, true]],
  ["three events", { threshold: 3 }, [true, true, false]],
  ["ten events", { threshold: 10 }, [true, true, false]],
  ["more than nine events", { threshold: 9, comparisonOperator: ABOVE }, [true, true, false]],
  ["eleven events", { threshold: 11 }, [false, false, false]],
  ["five events twice", { threshold: 5, evaluationPeriods: 2 }, [true, true, false]],
  ["five events three times", { threshold: 5, evaluationPeriods: 3 }, [false, false, false]],
])(
  "an alarm at %s: failed sign-ins and refused calls may take ten, root's use one",
  (_, alarm, told) => {
    expect(signIn(alarm)).toEqual(told);
  },
);

test("one alarm may be soon enough for some events of its filter and too late for others", () => {
  const pattern = `{ $.errorMessage = "Failed authentication" || $.userIdentity.type = Root }`;
  const { alarms } = judged({
    metricFilters: [aFilter({ pattern })],
    alarms: [anAlarm({ threshold: 3 })],
  });
  expect(alarms.consoleSignInFailures).toMatchObject({ raised: true, insensitive: [] });
  expect(alarms.rootUsage.raised).toBe(false);
  expect(alarms.rootUsage.insensitive).toHaveLength(1);
});

test("three events of two each are enough for five", () => {
  expect(signIn({ threshold: 20 }, { value: "2" })).toEqual([true, true, false]);
  expect(signIn({ threshold: 21 }, { value: "2" })).toEqual([false, false, false]);
});

test("an alarm that one event does not set off is not silent, and speaks for no silent one", () => {
  const deaf = anAlarm({ name: "deaf", threshold: 3 });
  const quiet = anAlarm({ name: "quiet", actions: [] });
  expect(judged({ alarms: [{ ...deaf, actions: [] }] }).silentAlarms).toEqual([]);
  expect(judged({ alarms: [deaf, quiet] }).silentAlarms).toEqual(["quiet"]);
  expect(judged({ alarms: [deaf, anAlarm()] }).silentAlarms).toEqual([]);
  const deafer = { ...deaf, threshold: 11, actions: [] };
  expect(judged({ alarms: [deafer, quiet] }).silentAlarms).toEqual(["quiet"]);
});

test("of the alarms on a call those are named that it sets off", () => {
  const alarms = [anAlarm(), anAlarm({ name: "deaf", threshold: 3 })];
  const told = alarmsOnCalls(watched({ alarms }), topics(aTopic()))("cloudtrail", "StopLogging");
  expect(told).toEqual({ raised: true, by: ["trail-alarm"] });
});

test("a composite alarm whose actions another alarm keeps back may be heard", () => {
  const quiet = anAlarm({ actions: [] });
  const above = anAlarm({
    name: "above",
    kind: "composite",
    metrics: [],
    rule: "ALARM(trail-alarm)",
  });
  const kept = { ...above, actionsSuppressor: "maintenance" };
  expect(judged({ alarms: [quiet, above] }).silentAlarms).toEqual([]);
  expect(judged({ alarms: [quiet, kept] }).silentAlarms.map(shown)).toEqual(["?unsupported"]);
  const unheard = judged({ alarms: [quiet, { ...kept, actions: [] }] });
  expect(unheard.silentAlarms).toEqual(["trail-alarm"]);
});
