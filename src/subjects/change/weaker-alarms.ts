import type { Alarm, MetricFilter } from "../../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import { isUnknown, unknown } from "../../snapshot/unknown.ts";
import { groupAlarms } from "../alarms.ts";
import { type Alarms, CIS_ALARMS, type CisAlarm } from "../schema/alarms.ts";
import type { Part } from "./part.ts";

/** What an alarm that stays no longer does; null: nothing of this is sure to be lost. */
export function weakerAlarm(was: Alarm, now: Alarm): Part["lost"] {
  const lost = [
    ...(was.actions.length > 0 && now.actions.length === 0
      ? [`actions were ${was.actions.length}, are none`]
      : []),
    ...(was.actionsEnabled && !now.actionsEnabled ? ["actions were enabled, are not"] : []),
    ...(isHarderToReach(was, now) ? [`threshold was ${was.threshold}, is ${now.threshold}`] : []),
  ];
  return lost.length === 0 ? null : lost.join("; ");
}

/** Under another operator a threshold means something else. */
function isHarderToReach(was: Alarm, now: Alarm): boolean {
  const operator = was.comparisonOperator;
  if (operator !== now.comparisonOperator || was.threshold === null || now.threshold === null) {
    return false;
  }
  if (operator?.startsWith("GreaterThan")) return now.threshold > was.threshold;
  return operator?.startsWith("LessThan") === true && now.threshold < was.threshold;
}

/** An alarm that is no longer among those on a metric that is still counted looks at others, or is not read. */
export function strayAlarm(was: Alarm, now: LogGroupRecord): Part["lost"] {
  if (isUnknown(now.metricFilters)) return now.metricFilters;
  const counted = new Set(now.metricFilters.flatMap(({ metrics }) => metrics.map(metricKey)));
  return was.metrics.some((metric) => counted.has(metricKey(metric))) ? STRAY : null;
}

const STRAY = unknown("unresolved", { detail: "what the alarm looks at after the change" });

/** Metrics as filters and alarms name them alike. */
export const metricKey = ({ namespace, name }: { namespace: string; name: string }): string =>
  JSON.stringify([namespace, name]);

/** What a filter is and becomes, each with the log group as it is then. */
export type Refiltered = {
  was: MetricFilter;
  now: MetricFilter;
  before: LogGroupRecord;
  after: LogGroupRecord;
};

/** Which alarms its new pattern alone would silence, where nothing else raises them after the change. */
export function weakerFilter({ was, now, before, after }: Refiltered): Part["lost"] {
  const { metricFilters: filters } = before;
  if (was.pattern === now.pattern || isUnknown(filters)) return null;
  const next = { ...was, pattern: now.pattern };
  const instead = filters.map((each) => (each === was ? next : each));
  const [raised, left, then] = [
    alarmsOf(before),
    alarmsOf({ ...before, metricFilters: instead }),
    alarmsOf(after),
  ];
  const lost = Object.keys(CIS_ALARMS)
    .filter(isAlarm)
    .filter((name) => raised[name].raised === true)
    .filter((name) => left[name].raised === false && then[name].raised === false)
    .map((name) => CIS_ALARMS[name]);
  return lost.length === 0 ? null : `pattern caught ${lost.join(", ")}, does not`;
}

const isAlarm = (name: string): name is CisAlarm => Object.hasOwn(CIS_ALARMS, name);

/** Whom an alarm tells does not matter to what raises it. */
const alarmsOf = (group: LogGroupRecord): Alarms => groupAlarms(group, new Map()).alarms;
