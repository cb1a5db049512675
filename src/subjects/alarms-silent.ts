import { and, any, not, type Truth } from "../snapshot/logic.ts";
import { isKnown, isUnknown, openEnd, type Unknown } from "../snapshot/unknown.ts";
import type { Watch } from "./alarms-filter.ts";
import { MOST_EVENTS } from "./alarms-sensitivity.ts";
import type { EventClass } from "./filter-pattern/event.ts";
import type { LogGroup } from "./schema/log-group.ts";

/** The metric filters that may catch an event, by name. */
export type Watching = (event: EventClass) => readonly Watch[];

/** The alarms that nobody hears of, unless another alarm on the same event is heard. */
export function silentAlarms(
  filters: readonly Watch[],
  watching: Watching,
): LogGroup["silentAlarms"] {
  const silent = new Set<string>();
  const undecided: Unknown[] = [];
  for (const filter of filters) {
    const isSilent = isAboutUnheard(filter, watching);
    if (isUnknown(isSilent)) undecided.push(isSilent);
    if (isSilent !== true || !isKnown(filter.alarms)) continue;
    for (const { name, hears, needs } of filter.alarms) {
      const goesOff = isUnknown(needs) || needs.events <= MOST_EVENTS;
      if (goesOff && hears !== true) silent.add(name);
    }
  }
  const names = [...silent].sort();
  return [...names, ...openEnd(undecided)];
}

/** Whether it sets off unheard alarms on an event of the fifteen that no other filter tells of. */
function isAboutUnheard(filter: Watch, watching: Watching): Truth {
  return any(filter.about, (event) => {
    const isUnheard = and(filter.feeds(event), not(filter.notifies(event)));
    // Most filters are heard of, and need no look at the others.
    if (isUnheard === false) return false;
    const isHeard = any(watching(event), (each) => and(each.notifies(event), each.catches(event)));
    return and(isUnheard, filter.catches(event), not(isHeard));
  });
}
