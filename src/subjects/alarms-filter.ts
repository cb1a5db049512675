import { and, any, type Truth } from "../snapshot/logic.ts";
import type { Alarm, MetricFilter } from "../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import { ALARM_EVENTS, EVERYDAY } from "./alarms-events.ts";
import { notifying, type Topics } from "./alarms-notify.ts";
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
  /** Whether an alarm looks at what it counts. */
  feeds: Truth;
  /** Whether somebody hears of one of those alarms. */
  notifies: Truth;
  /** The alarms on its metrics, by name, and whether somebody hears of each. */
  alarms: Fact<{ name: string; hears: Truth }[]>;
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
    return whole.map((filter) => watch(filter, looking)).sort(byName);
  });
}

/** Sorts by name, in the order of code units. */
export const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : Number(a.name > b.name);

type Metric = MetricFilter["metrics"][number];
type Looking = { at: (metric: Metric) => Alarm[]; notifies: (alarm: Alarm) => Truth };

function onMetrics(alarms: readonly Alarm[], topics: Topics): Looking {
  const index = new Map<string, Alarm[]>();
  for (const alarm of alarms) {
    for (const key of new Set(alarm.metrics.map(metricKey))) {
      const before = index.get(key);
      if (before === undefined) index.set(key, [alarm]);
      else before.push(alarm);
    }
  }
  return {
    at: (metric) => index.get(metricKey(metric)) ?? [],
    notifies: notifying(alarms, topics),
  };
}

const metricKey = ({ namespace, name }: { namespace: string; name: string }) =>
  JSON.stringify([namespace, name]);

function watch(filter: MetricFilter, looking: Fact<Looking>): Watch {
  const counted = filter.metrics.filter((metric) => counts(metric) !== false);
  const someAlarm = (test: (alarm: Alarm, how: Looking) => Truth): Truth =>
    any(counted, (metric) => {
      const isRaised = mapFact(looking, (how) => any(how.at(metric), (alarm) => test(alarm, how)));
      return and(counts(metric), isRaised);
    });
  return {
    name: filter.name,
    ...catching(filter),
    feeds: someAlarm(() => true),
    notifies: someAlarm((alarm, { notifies }) => notifies(alarm)),
    alarms: mapFact(looking, ({ at, notifies }) =>
      [...new Set(counted.flatMap(at))]
        .map((alarm) => ({ name: alarm.name, hears: notifies(alarm) }))
        .sort(byName),
    ),
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

/** Whether an event adds to the metric; what it adds may be read from the event. */
function counts({ value, name }: Metric): Truth {
  if (value.startsWith("$")) {
    return unknown("unsupported", { detail: `the metric ${name} takes its value from the event` });
  }
  return Number(value) > 0;
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
