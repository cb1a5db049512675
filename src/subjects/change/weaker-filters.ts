import type { Alarm, FilterMetric } from "../../snapshot/resources/alarm.ts";
import { replaceStandIns, withoutMarks } from "../../snapshot/stand-in.ts";
import { isUnknown, unknown } from "../../snapshot/unknown.ts";
import { groupAlarms } from "../alarms.ts";
import { ABSENT, eventClass } from "../filter-pattern/event.ts";
import { keepsAll } from "../filter-pattern/narrower.ts";
import type { Alarms } from "../schema/alarms.ts";
import { CIS_ALARMS, type CisAlarm } from "../schema/cis-alarms.ts";
import { bounded, harder, isOn, isSameQuestion, type Pair, standsIn } from "./alarm-links.ts";
import { type Elsewhere, type Held, known } from "./held.ts";
import type { Part } from "./part.ts";

/** A metric filter before and after, each with its log group as it is then, and the alarms that it had. */
export type Refiltered = {
  was: Held;
  now: Held;
  alarms: readonly { was: Alarm; now: Alarm | null }[];
};

/** What a metric filter that stays no longer does; a marker: whether it does less is not known; null: it does all. */
export function weakerFilter(changed: Refiltered): Part["lost"] {
  const { was, now } = changed;
  if (!was.filter.narrowed && now.filter.narrowed) {
    return "caught events of all accounts and regions, leaves some out";
  }
  const found = [weakerPattern(changed), lostAlarm(changed), transformed(changed)];
  return found.find((each) => typeof each === "string") ?? found.find(isUnknown) ?? null;
}

const transformed = ({ was, now }: Refiltered): Part["lost"] =>
  !was.filter.transformed && now.filter.transformed
    ? unknown("unsupported", { detail: "what a filter of transformed events catches" })
    : null;

const ANY = eventClass("any event", {});
const SUCCEEDED = eventClass("a call that succeeded", { errorCode: ABSENT, errorMessage: ABSENT });

/**
 * Of the fifteen alarms those that its new pattern alone silences, and nothing else raises after the
 * change; of a pattern of one's own whatever it no longer catches.
 */
function weakerPattern({ was, now, alarms }: Refiltered): Part["lost"] {
  const [before, after] = [was.filter.pattern, now.filter.pattern];
  if (asKnown(before) === asKnown(after)) return null;
  const keeps = keepsAll(before, after, ANY);
  if (keeps === "all") return null;
  const { lost, kept } = raisedBy({ was, now });
  if (lost.length > 0) return `pattern caught ${lost.join(", ")}, does not`;
  const others = known(now.group.metricFilters).filter((each) => each !== now.filter);
  if (isCaughtBy(was, { ...now.group, metricFilters: others })) return null;
  const less = `pattern caught more: was ${bounded(before)}, is ${bounded(after)}`;
  // The fifteen ask for calls that took effect: a filter may leave out what AWS refused.
  if (kept.length > 0) return keepsAll(before, after, SUCCEEDED) === "less" ? less : null;
  if (keeps === "less") return less;
  if (alarms.length === 0) return null;
  const detail = `whether the pattern ${bounded(after)} catches all that ${bounded(before)} caught`;
  return unknown("unsupported", { detail });
}

/** Texts that are not known are numbered on each side by themselves; what each is about stays. */
const asKnown = (pattern: string): string =>
  replaceStandIns(pattern, (each) => withoutMarks(each).replace(/^…\d+ /, "…"));

/** Which of the fifteen alarms the filter raised, and its new pattern goes on to raise or not. */
function raisedBy({ was, now }: Pick<Refiltered, "was" | "now">) {
  const filters = known(was.group.metricFilters);
  const next = { ...was.filter, pattern: now.filter.pattern };
  const instead = filters.map((each) => (each === was.filter ? next : each));
  const without = filters.filter((each) => each !== was.filter);
  const [raised, left, others, then] = [
    alarmsOf(was.group),
    alarmsOf({ ...was.group, metricFilters: instead }),
    alarmsOf({ ...was.group, metricFilters: without }),
    alarmsOf(now.group),
  ];
  const all = NAMES.filter((name) => raised[name].raised === true);
  const lost = all.filter((name) => left[name].raised === false && then[name].raised === false);
  const kept = NAMES.filter(
    (name) => [raised, left].every((each) => isWhole(each[name])) && !isWhole(others[name]),
  );
  return { lost: lost.map((name) => CIS_ALARMS[name]), kept };
}

/** Whether filters catch all events of an alarm, whatever looks at what they count. */
const isWhole = ({ missing }: Alarms[CisAlarm]): boolean => missing.length === 0;

const isAlarm = (name: string): name is CisAlarm => Object.hasOwn(CIS_ALARMS, name);
const NAMES = Object.keys(CIS_ALARMS).filter(isAlarm);

/** Whom an alarm tells does not matter to what raises it. */
const alarmsOf = (group: Held["group"]): Alarms => groupAlarms(group, new Map()).alarms;

/** An alarm that stays as it is, and no longer sees what the filter counts, or sees less of it. */
function lostAlarm({ was, now, alarms }: Refiltered): Part["lost"] {
  const found = alarms.map(({ was: alarm, now: later }): Part["lost"] => {
    if (later === null || isOn(later, was.filter) !== isOn(alarm, was.filter)) return null;
    const before: Pair = { alarm, held: was };
    if (standsIn(before, now)) return null;
    const isSeen = isOn(later, now.filter);
    if (isSeen)
      return isSameQuestion(alarm, later) ? harder(before, { alarm: later, held: now }) : null;
    return `counted in ${metricsOf(was)}, counts in ${metricsOf(now)}: the alarm ${bounded(alarm.planned?.address ?? alarm.name)} no longer sees it`;
  });
  return found.find((each) => typeof each === "string") ?? found.find(isUnknown) ?? null;
}

function metricsOf({ filter }: Held): string {
  const texts = filter.metrics.map(metricText);
  return bounded(texts.length === 0 ? "no metric" : texts.join(", "));
}

function metricText({ namespace, name, dimensions, unit }: FilterMetric): string {
  const by = dimensions.length === 0 ? "" : ` by ${dimensions.map((each) => each.name).join(", ")}`;
  return `${namespace}/${name}${by}${unit === null ? "" : ` in ${unit}`}`;
}

/** A filter that is on another log group, where nothing on the old one catches as much. */
export function movedAway(was: Held, { elsewhere }: Elsewhere, after: Held["group"]): Part["lost"] {
  if (isCaughtBy(was, after)) return null;
  const group = elsewhere === null ? "none" : bounded(elsewhere);
  return `was on the log group ${bounded(was.group.name)}, is on ${group}`;
}

/** Whether a filter of a group catches all that another did, and those alarms that were on it have their like. */
export const isCaughtBy = (was: Held, group: Held["group"]): boolean =>
  known(group.metricFilters).some(
    (filter) =>
      !filter.narrowed &&
      !filter.transformed &&
      keepsAll(was.filter.pattern, filter.pattern, ANY) === "all" &&
      isCounted(was, { filter, group }),
  );

function isCounted(was: Held, now: Held): boolean {
  const before = known(was.group.alarms).filter((alarm) => isOn(alarm, was.filter));
  return before.every((alarm) => standsIn({ alarm, held: was }, now));
}
