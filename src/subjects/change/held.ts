import type { Alarm, MetricFilter } from "../../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import { type Fact, isUnknown } from "../../snapshot/unknown.ts";
import { linkKey, type Side } from "./side.ts";

/** A metric filter with the log group that it is on. */
export type Held = { filter: MetricFilter; group: LogGroupRecord };

/** Where a filter is instead: on a log group that no trail uses. */
export type Elsewhere = { elsewhere: string | null };

type Watches = { filters: ReadonlyMap<string, Held>; alarms: ReadonlyMap<string, Alarm> };

const remembered = new WeakMap<Side, Watches>();

/** The filters on log groups that trails use, and the alarms on what they count, by id. */
function watchesOf(side: Side): Watches {
  const before = remembered.get(side);
  if (before !== undefined) return before;
  const filters = new Map<string, Held>();
  const alarms = new Map<string, Alarm>();
  for (const { record: group } of side.things.values()) {
    if (group.type !== "log-group") continue;
    for (const filter of known(group.metricFilters)) {
      filters.set(plannedId(filter), { filter, group });
    }
    for (const alarm of known(group.alarms)) alarms.set(plannedId(alarm), alarm);
  }
  const made = { filters, alarms };
  remembered.set(side, made);
  return made;
}

/** What is known of a list. */
export const known = <T>(list: Fact<readonly T[]>): readonly T[] => (isUnknown(list) ? [] : list);

/** The id of a metric filter or an alarm that inputs describe. */
export const plannedId = ({ planned }: Pick<Alarm, "planned">): string =>
  `${planned?.stack}#${planned?.address}`;

/** The metric filter of that id with its log group, or where else it is; null: there is no such filter. */
export function filterAt(side: Side, id: string): Fact<Held | Elsewhere> | null {
  const held = watchesOf(side).filters.get(id);
  if (held !== undefined) return held;
  const watch = side.watchAt(id);
  if (watch?.what !== "metric filter") return null;
  const { filter, group } = watch;
  if (isUnknown(group) || group === null) return isUnknown(group) ? group : { elsewhere: null };
  const isOnUsed = [...side.linked["log-group"].values()].some(
    ({ record }) => record.type === "log-group" && [record.name, linkKey(record)].includes(group),
  );
  // On a trail's log group it is held where all of it is known.
  if (isOnUsed) return isUnknown(filter) ? filter : null;
  return { elsewhere: group };
}

/** The alarm of that id, whatever it looks at; null: there is no such alarm. */
export function alarmAt(side: Side, id: string): Fact<Alarm> | null {
  const held = watchesOf(side).alarms.get(id);
  if (held !== undefined) return held;
  const watch = side.watchAt(id);
  return watch?.what === "alarm" ? watch.alarm : null;
}
