import { and, any, type Truth } from "../snapshot/logic.ts";
import type { LogGroupRecord } from "../snapshot/resources/log-group.ts";
import { isUnknown, type Unknown, unknownMore } from "../snapshot/unknown.ts";
import { successfulCall } from "./alarms-events.ts";
import { type Watch, type WatchAlarm, watches } from "./alarms-filter.ts";
import type { Topics } from "./alarms-notify.ts";
import { latest } from "./alarms-often.ts";
import type { EventClass } from "./filter-pattern/event.ts";

/** What a log group does when a call arrives in it. */
export type CallAlarm = {
  /** Whether each such call that succeeds sets off an alarm that somebody hears of. */
  raised: Truth;
  /** The names of those alarms; an open end where there may be more. */
  by: (string | Unknown)[];
};

/**
 * Answers of each call, as in `("cloudtrail", "StopLogging")`, whether the log group raises an alarm on
 * it and somebody is told. It takes for granted that the events arrive in the group.
 */
export function alarmsOnCalls(
  group: LogGroupRecord,
  topics: Topics,
): (service: string, eventName: string) => CallAlarm {
  const all = watches(group, topics);
  return (service, eventName) => {
    if (isUnknown(all)) return { raised: all, by: [unknownMore(all)] };
    const event = knownCall(service, eventName);
    return {
      raised: any(all, ({ catches, notifies }) => and(notifies(event), catches(event))),
      by: alarmNames(all, event),
    };
  };
}

function alarmNames(all: readonly Watch[], event: EventClass): (string | Unknown)[] {
  const names = new Set<string>();
  let open: Unknown | null = null;
  for (const { catches, notifies, alarms } of all) {
    const isRaised = and(notifies(event), catches(event));
    if (isUnknown(isRaised)) open ??= isRaised;
    if (isRaised !== true) continue;
    if (isUnknown(alarms)) open ??= alarms;
    else for (const alarm of alarms) if (isHeard(alarm, event)) names.add(alarm.name);
  }
  return [...[...names].sort(), ...(open === null ? [] : [unknownMore(open)])];
}

const isHeard = ({ hears, needs }: WatchAlarm, event: EventClass): boolean =>
  hears === true && !isUnknown(needs) && needs.events <= latest(event);

/** One object a call, so that what patterns make of it is remembered. */
const known = new Map<string, EventClass>();

function knownCall(service: string, eventName: string): EventClass {
  const key = `${service} ${eventName}`;
  const event = known.get(key) ?? successfulCall(service, eventName);
  known.set(key, event);
  return event;
}
