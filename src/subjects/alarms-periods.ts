import type { Alarm } from "../snapshot/resources/alarm.ts";
import { type Fact, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Sensitivity } from "./alarms-sensitivity.ts";

/** What periods without matching events have: always a count, one where other events came, or no data. */
export type Silence = "counts" | "counts at times" | "no data";

/**
 * So many datapoints must breach, each by as many events. How missing data is treated has no bearing
 * on a period with an event in it; it matters where silence itself breaches, or leaves the alarm in
 * ALARM, or is passed over until a second datapoint.
 */
export function inPeriods(
  alarm: Alarm,
  { events, why }: Sensitivity,
  silence: Silence,
): Fact<Sensitivity> {
  const { name, evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const datapoints = datapointsToAlarm ?? evaluationPeriods;
  const doubt = (what: string): Unknown =>
    unknown("unsupported", { detail: `the alarm ${name} ${what}` });
  if (datapoints === null || datapoints < 1) return doubt("wants no known number of datapoints");
  const missing = silence === "counts" ? "nothing" : (treatMissingData ?? "missing");
  if (missing === "breaching") return doubt("is in ALARM while no data comes");
  if (silence === "no data") {
    // All data that ever comes breaches.
    if (missing === "ignore") return doubt("stays in ALARM after the first event");
    // AWS goes to ALARM with fewer datapoints where the older one breaches and newer ones are missing.
    if (missing === "missing" && datapoints > 1) return doubt("may pass over periods without data");
  }
  if (datapoints === 1) return { events, why };
  return { events: events * datapoints, why: `wants events in ${datapoints} periods` };
}
