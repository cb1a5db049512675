import type { Alarm, MetricFilter } from "../../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import { isSameFact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { isOn } from "./alarm-links.ts";
import type { Sides } from "./fate.ts";
import { alarmAt, type Elsewhere, filterAt, type Held, known } from "./held.ts";
import type { Part } from "./part.ts";
import { LINKS, linkKey } from "./side.ts";
import type { TrailLoss } from "./trails.ts";
import { weakerAlarm } from "./weaker-alarms.ts";
import { movedAway, weakerFilter } from "./weaker-filters.ts";

type Watching = Alarm | MetricFilter;

/** A log group before and after (null: it has no record then), and the trails that delivered to it. */
export type Weakening = {
  before: LogGroupRecord;
  after: LogGroupRecord | null;
  trails: readonly TrailLoss[];
  /** What a filter or an alarm is afterwards. */
  targetFor: (record: Watching, what: "metric filter" | "alarm") => string | Unknown;
};

/** Tells what of a filter or an alarm that stays gets weaker; null: nothing. */
export function weakening(
  { after: side }: Sides,
  { before, after, trails, targetFor }: Weakening,
): (record: Watching) => Part["lost"] {
  const filterNow = (filter: MetricFilter) => {
    const target = targetFor(filter, "metric filter");
    return isUnknown(target) ? null : filterAt(side, target);
  };
  const alarmNow = (alarm: Alarm) => {
    const target = targetFor(alarm, "alarm");
    return isUnknown(target) ? null : alarmAt(side, target);
  };
  const alarms = known(before.alarms);
  const filters = known(before.metricFilters);
  const isTooMany = filters.length > MOST_FILTERS || alarms.length > MOST_ALARMS;
  const weakenedFilter = (filter: MetricFilter): Part["lost"] => {
    const now = filterNow(filter);
    if (now === null || isUnknown(now)) return now;
    const away = awayFrom(after, now, trails);
    if (away === null && "filter" in now && isSame(filter, now.filter)) return null;
    if (isTooMany) return TOO_MANY;
    const was = { filter, group: before };
    // Where no trail uses the old log group any more, the trails tell what they lose.
    if (away !== null && after === null) return null;
    if (away !== null && after !== null) {
      return isUnknown(away) ? away : movedAway(was, away, after);
    }
    if ("elsewhere" in now) return null;
    const on = alarms.filter((alarm) => isOn(alarm, filter));
    return weakerFilter({
      was,
      now,
      alarms: on.map((alarm) => ({ was: alarm, now: sure(alarmNow(alarm)) })),
    });
  };
  const kept = (alarm: Alarm): Refiltered[] =>
    filters
      .filter((filter) => isOn(alarm, filter))
      .flatMap((filter) => {
        const now = sure(filterNow(filter));
        return now === null || "elsewhere" in now ? [] : [{ was: { filter, group: before }, now }];
      });
  const weakenedAlarm = (was: Alarm): Part["lost"] => {
    const now = alarmNow(was);
    if (now === null || isUnknown(now) || isSame(was, now)) return isUnknown(now) ? now : null;
    if (isTooMany) return TOO_MANY;
    const on = kept(was);
    return on.length > MOST_ON_ONE ? TOO_MANY : weakerAlarm({ was, now, filters: on });
  };
  return (record) => ("pattern" in record ? weakenedFilter(record) : weakenedAlarm(record));
}

type Refiltered = { was: Held; now: Held };

/** CloudWatch Logs takes a hundred metric filters on a log group. */
const MOST_FILTERS = 150;
/** Of more alarms, or an alarm on what more filters count, nothing is compared. */
const MOST_ALARMS = 500;
const MOST_ON_ONE = 20;
const TOO_MANY = unknown("unsupported", { detail: "so many metric filters and alarms" });

/** Whether both say the same, wherever they are written. */
const isSame = (one: Watching, other: Watching): boolean =>
  isSameFact({ ...one, planned: null }, { ...other, planned: null });

const sure = <T extends object>(found: T | Unknown | null): T | null =>
  found === null || isUnknown(found) ? null : found;

/** Where a filter is that its trails no longer deliver to; null: it is where they deliver. */
function awayFrom(
  after: LogGroupRecord | null,
  now: Held | Elsewhere,
  trails: readonly TrailLoss[],
): Elsewhere | Unknown | null {
  if ("elsewhere" in now) return now;
  if (now.group === after) return null;
  for (const { become } of trails) {
    const trail = become.now?.record;
    if (trail?.type !== "trail") continue;
    const group = LINKS["log-group"](trail);
    if (isUnknown(group)) return group;
    if (group !== linkKey(now.group)) return { elsewhere: now.group.name };
  }
  return null;
}
