import type { PlannedWatch } from "../../snapshot/planned-watch.ts";
import { hasStandIn, withoutMarks } from "../../snapshot/stand-in.ts";
import { type Fact, mapFact, unknown } from "../../snapshot/unknown.ts";
import { compositeAlarm, metricAlarm, metricFilter } from "./alarm.ts";
import type { Places } from "./places.ts";
import { given } from "./read.ts";
import { isOwnName, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** Reads a metric filter or an alarm; null: it is something else. */
export function watchOf(world: World, planned: Planned): PlannedWatch | null {
  const { kind, values } = planned;
  if (kind === "alarm") return { what: "alarm", alarm: metricAlarm({ world, planned }) };
  if (kind === "compositeAlarm")
    return { what: "alarm", alarm: compositeAlarm({ world, planned }) };
  if (kind !== "metricFilter") return null;
  const group = textIn(world, planned, given(values, "log_group_name", "LogGroupName"));
  return {
    what: "metric filter",
    filter: metricFilter({ world, planned }),
    group: mapFact<string | null, string | null>(group, (text) => text && told(text)),
  };
}

/** Notes where metric filters and alarms are written: on no log group of a trail they have no record. */
export function placeWatches(world: World, places: Places): void {
  for (const planned of ofKinds(world, "metricFilter", "alarm", "compositeAlarm")) {
    places.set(planned.id, { planned, pointer: "" });
  }
}

/** What AWS is still to name is this group and no other; a text of unknown parts may be any group. */
const told = (text: string): Fact<string> =>
  hasStandIn(text) && !isOwnName(text)
    ? unknown("unresolved", { detail: withoutMarks(text).slice(0, 300) })
    : text;
