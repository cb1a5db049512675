import { and, any, type Truth } from "../snapshot/logic.ts";
import type { Alarm, FilterMetric, MetricFilter } from "../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { metricKey } from "../snapshot/resources/metric-key.ts";
import { isQuery } from "../snapshot/resources/metrics-query.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import { ALARM_EVENTS, EVERYDAY } from "./alarms-events.ts";
import { notifying, type Topics } from "./alarms-notify.ts";
import { latest } from "./alarms-often.ts";
import { type Fed, type Sensitivity, sensitivity } from "./alarms-sensitivity.ts";
import type { EventClass } from "./filter-pattern/event.ts";
import { type Judged, judgedPattern } from "./filter-pattern/judged.ts";

/** A metric filter with what depends on the log group alone. */
export type Watch = {
  name: string;
  /** Whether it catches every event of a class. */
  catches: (event: EventClass) => Truth;
  /** The events of the fifteen alarms that it may catch. */
  about: readonly EventClass[];
  /** Whether it catches some event of a class. */
  catchesSome: (event: EventClass) => Truth;
  /** Whether an alarm goes off on what it counts for such events. */
  feeds: (event: EventClass) => Truth;
  /** Whether somebody hears of one of those alarms. */
  notifies: (event: EventClass) => Truth;
  /** The alarms on its metrics, by name. */
  alarms: Fact<WatchAlarm[]>;
};

/** An alarm on a filter's metric. */
export type WatchAlarm = {
  name: string;
  /** Whether somebody hears of it. */
  hears: Truth;
  needs: Fact<Sensitivity>;
};

/** Only this class of log groups has metric filters. */
const WITH_FILTERS = "STANDARD";

/** The log group's metric filters, with the alarms on them. */
export function watches(group: LogGroupRecord, topics: Topics): Fact<Watch[]> {
  const { logGroupClass, metricFilters } = group;
  if (!isUnknown(logGroupClass) && logGroupClass !== WITH_FILTERS) return [];
  return mapFact(metricFilters, (filters) => {
    // A filter that leaves out accounts or regions catches every event of nothing.
    const whole = filters.filter(({ narrowed }) => !narrowed);
    if (whole.length > 0 && isUnknown(logGroupClass)) return logGroupClass;
    const looking = mapFact(group.alarms, (alarms) => onMetrics(alarms, topics));
    const shared = sharing(filters);
    return whole.map((filter) => watch(filter.metrics.map(shared), filter, looking)).sort(byName);
  });
}

/** Sorts by name, in the order of code units. */
export const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : Number(a.name > b.name);

/** Tells of a metric what else counts in it: several filters may, those that are narrowed too. */
export function sharing(filters: readonly MetricFilter[]): (metric: FilterMetric) => Fed {
  const index = new Map<string, FilterMetric[]>();
  for (const metric of filters.flatMap(({ metrics }) => metrics)) {
    const key = metricKey(metric);
    const before = index.get(key);
    if (before === undefined) index.set(key, [metric]);
    else before.push(metric);
  }
  return (metric) => {
    const all = index.get(metricKey(metric)) ?? [];
    const defaults = all.flatMap(({ defaultValue }) => (defaultValue === null ? [] : defaultValue));
    const isLowered = all.some(({ value }) => !(Number(value) >= 0));
    return { metric, defaults: [...new Set(defaults)], isShared: all.length > 1, isLowered };
  };
}

type Looking = { at: (metric: FilterMetric) => Alarm[]; notifies: (alarm: Alarm) => Truth };

function onMetrics(alarms: readonly Alarm[], topics: Topics): Looking {
  const index = new Map<string, Alarm[]>();
  const querying = alarms.filter(({ expressions }) => expressions.some(isQuery));
  for (const alarm of alarms) {
    for (const key of new Set(alarm.metrics.map(metricKey))) {
      const before = index.get(key);
      if (before === undefined) index.set(key, [alarm]);
      else before.push(alarm);
    }
  }
  const asks = (alarm: Alarm, { name }: FilterMetric) =>
    alarm.expressions.some(({ expression }) => expression.includes(name));
  return {
    at: (metric) => [
      ...(index.get(metricKey(metric)) ?? []),
      ...querying.filter((alarm) => asks(alarm, metric)),
    ],
    notifies: notifying(alarms, topics),
  };
}

function watch(metrics: readonly Fed[], filter: MetricFilter, looking: Fact<Looking>): Watch {
  const alarms = mapFact(looking, (how) => metrics.flatMap((fed) => onMetric(fed, how)));
  const goesOff = ({ needs }: WatchAlarm, most: number) =>
    mapFact(needs, ({ events }) => events <= most);
  const someAlarm = (test: (alarm: WatchAlarm, most: number) => Truth) =>
    byLatest((most) =>
      metrics.length === 0 ? false : mapFact(alarms, (all) => any(all, (each) => test(each, most))),
    );
  return {
    name: filter.name,
    ...catching(filter),
    feeds: someAlarm(goesOff),
    notifies: someAlarm((alarm, most) => and(goesOff(alarm, most), alarm.hears)),
    alarms: mapFact(alarms, (all) => [...all].sort(byName)),
  };
}

const onMetric = (fed: Fed, { at, notifies }: Looking): WatchAlarm[] =>
  [...new Set(at(fed.metric))].map((alarm) => ({
    name: alarm.name,
    hears: notifies(alarm),
    needs: sensitivity(alarm, fed),
  }));

/** Events differ only in how many of them must set off an alarm. */
function byLatest(ask: (most: number) => Truth): (event: EventClass) => Truth {
  const answers = new Map<number, Truth>();
  return (event) => {
    const most = latest(event);
    const answer = answers.get(most) ?? ask(most);
    answers.set(most, answer);
    return answer;
  };
}

const EVERY_EVENT = Object.values(ALARM_EVENTS).flatMap(({ events }) => events);
const remembered = new WeakMap<Judged, EventClass[]>();

/** Most filters are about few events; with many log groups it pays to look at no others. */
function about(judged: Judged): EventClass[] {
  const before = remembered.get(judged);
  if (before !== undefined) return before;
  const events = EVERY_EVENT.filter((event) => judged.every(event) !== "not every");
  remembered.set(judged, events);
  return events;
}

type Catching = Pick<Watch, "catches" | "catchesSome" | "about">;

function catching({ name, pattern, transformed }: MetricFilter): Catching {
  const doubt = (detail: string) =>
    unknown("unsupported", { detail: `metric filter ${name}: ${detail}` });
  if (transformed) {
    const asDoubted = () => doubt("it reads transformed events");
    return { catches: asDoubted, catchesSome: asDoubted, about: EVERY_EVENT };
  }
  const judged = judgedPattern(pattern);
  // Its alarm is on all day, or has a threshold made for something else.
  const isEveryday = judged.every(EVERYDAY) === "every";
  return {
    catches: (event) => {
      const answer = judged.every(event);
      if (answer === "not every") return false;
      if (answer !== "every") return doubt(answer.unclear);
      return isEveryday ? doubt("it catches everyday calls too") : true;
    },
    catchesSome: (event) => {
      const answer = judged.some(event);
      return typeof answer === "boolean" ? answer : doubt(answer.unclear);
    },
    about: about(judged),
  };
}
