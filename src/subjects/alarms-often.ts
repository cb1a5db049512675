import { ALARM_EVENTS } from "./alarms-events.ts";
import { MOST_EVENTS } from "./alarms-sensitivity.ts";
import type { EventClass } from "./filter-pattern/event.ts";

/**
 * Somebody mistypes a password, or is refused a call, every day: who wants to hear of the third or the
 * tenth alone has chosen so. Each of the other events is one that must be heard of by itself: a trail
 * is stopped once.
 */
const OFTEN: ReadonlySet<EventClass> = new Set([
  ...ALARM_EVENTS.unauthorizedApiCalls.events,
  ...ALARM_EVENTS.consoleSignInFailures.events,
]);

/** After how many such events, at the latest, an alarm must go off. */
export const latest = (event: EventClass): number => (OFTEN.has(event) ? MOST_EVENTS : 1);
