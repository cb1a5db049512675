import type { Truth } from "../../../snapshot/logic.ts";
import { once } from "../../../snapshot/once.ts";
import type { PlannedEventRule } from "../../../snapshot/planned-guards.ts";
import type { Alarm } from "../../../snapshot/resources/alarm.ts";
import { causesOf, isUnknown, merged } from "../../../snapshot/unknown.ts";
import { alarmsOn } from "../alarms.ts";
import { becomeOf, fateOf, type Sides, targetOf } from "../fate.ts";
import { reactionsOf } from "../guards/reactions.ts";
import { alarmAt, plannedId } from "../held.ts";
import { isOneStack } from "../part.ts";
import type { Side, Thing } from "../side.ts";
import type { TrailLoss } from "../trails.ts";
import { alarmWatcher, ruleWatcher, trailWatcher, type Watcher } from "./watcher.ts";

/** A watcher that stays, before and after; `matters`: whether it has to do with trails. */
export type Watching = { was: Watcher; now: Watcher; matters: () => Truth };

/** What watched trails and stays, whatever becomes of whom it tells: what goes is told by itself. */
export function watchersOf(sides: Sides, trails: readonly TrailLoss[]): Watching[] {
  const alarms = alarmsOf(sides.before);
  const later = once(() => new Map(alarmsOf(sides.after).map((each) => [each.name, each])));
  return [
    ...alarms.flatMap((was) => {
      const now = alarmAfter(sides, was, later);
      if (now === null) return [];
      return [{ was: alarmWatcher(was), now: alarmWatcher(now), matters: () => true }];
    }),
    ...[...sides.before.things.values()].flatMap((thing) =>
      thing.record.type === "event-rule" ? ruleOf(sides, thing, thing.record) : [],
    ),
    ...trails.flatMap(({ trail, become }) => {
      const now = become.now?.record;
      if (trail === null || now?.type !== "trail" || !lasts(become.fate)) return [];
      return [{ was: trailWatcher(trail.record), now: trailWatcher(now), matters: () => true }];
    }),
  ];
}

const lasts = (fate: unknown): boolean => fate === "kept" || fate === "moved";

/** Those that look at what filters on the log groups of trails count, each once. */
function alarmsOf({ things }: Side): Alarm[] {
  const found = new Map<string, Alarm>();
  for (const { record } of things.values()) {
    if (record.type !== "log-group") continue;
    for (const alarm of alarmsOn(record)) found.set(plannedId(alarm), alarm);
  }
  return [...found.values()];
}

/** An alarm of that name in another stack is the same one. */
function alarmAfter(
  sides: Sides,
  was: Alarm,
  later: () => ReadonlyMap<string, Alarm>,
): Alarm | null {
  const id = plannedId(was);
  const fate = fateOf(sides, id);
  if (lasts(fate)) {
    const target = targetOf(sides, id);
    const now = isUnknown(target) ? null : alarmAt(sides.after, target);
    return now === null || isUnknown(now) ? null : now;
  }
  const next = fate === "deleted" ? later().get(was.name) : undefined;
  return next === undefined || isOneStack(plannedId(next), id) ? null : next;
}

function ruleOf(sides: Sides, thing: Thing, was: PlannedEventRule): Watching[] {
  const become = becomeOf(sides, thing);
  const now = become.now?.record;
  if (was.enabled === false || now?.type !== "event-rule" || !lasts(become.fate)) return [];
  const reactions = once(() => reactionsOf(was));
  const calls = () => [...reactions()].map(([name]) => name);
  return [
    {
      was: ruleWatcher(sides.before, was, calls),
      now: ruleWatcher(sides.after, now, calls),
      matters: () => reactsAtAll([...reactions().values()]),
    },
  ];
}

/** A rule of which nobody can tell that it is about trails is passed over. */
function reactsAtAll(reactions: readonly Truth[]): Truth {
  if (reactions.includes(true)) return true;
  const doubts = reactions.filter(isUnknown);
  const isUnseen = doubts.flatMap(causesOf).every(({ reason }) => reason === "not-collected");
  return isUnseen ? false : merged(doubts);
}
