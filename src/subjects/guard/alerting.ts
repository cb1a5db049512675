import { all, and, any, type Truth } from "../../snapshot/logic.ts";
import { isUnknown, mapFact, openEnd, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { alarmsOnCalls } from "../alarms-working.ts";
import { matches } from "../event-pattern/matches.ts";
import { type Join, withoutStar } from "../join.ts";
import type { Alerting } from "../schema/guard.ts";
import type { TrailEntry } from "../trail-entry.ts";
import { tamperingEvents } from "./tampering-event.ts";
import { TAMPERING, type Tampering } from "./trail-guard.ts";

/** A trail that records the home region of another one in its owner's account. */
export type Beside = { trail: TrailEntry; works: Truth };

/** Whatever may tell of a call: whether it does, and by which names. */
type Teller = { tells: Truth; by: readonly (string | Unknown)[] };

/**
 * Who is told when the trail is stopped, changed or deleted: by an EventBridge rule, or by an alarm on
 * a log group that this trail or another one beside it delivers the call to.
 */
export function trailAlerting(
  join: Join,
  entry: TrailEntry,
  beside: readonly (Beside | Unknown)[],
): Alerting {
  const groups = [{ trail: entry, works: true }, ...beside].map((each) =>
    isUnknown(each) ? () => open(each) : groupAlarm(join, each),
  );
  const calls = TAMPERING.map((name) => {
    const tellers = [...rules(entry, name), ...groups.map((group) => group(name))];
    return { name, tellers, isTold: any(tellers, ({ tells }) => tells) };
  });
  const missing = calls.filter(({ isTold }) => isTold === false).map(({ name }) => name);
  return {
    raised: all(calls, ({ isTold }) => isTold),
    by: namesOf(calls.flatMap(({ tellers }) => tellers)),
    missing: [...missing, ...openEnd(calls.map(({ isTold }) => isTold))],
  };
}

const open = (marker: Unknown): Teller => ({ tells: marker, by: [] });
const SILENT: Teller = { tells: false, by: [] };

function rules({ record }: TrailEntry, name: Tampering): Teller[] {
  if (isUnknown(record.eventRules)) return [open(record.eventRules)];
  const events = tamperingEvents(name, record);
  return record.eventRules.map(({ name: by, enabled, pattern, targets }) => ({
    tells: and(
      enabled,
      mapFact(targets, (count) => count > 0),
      ...events.map((event) => matches(pattern, event)),
    ),
    by: [by],
  }));
}

/** What the log group of a trail makes of a call that the trail records. */
function groupAlarm(join: Join, { trail, works }: Beside): (name: Tampering) => Teller {
  const { logGroupArn } = trail.record;
  if (isUnknown(logGroupArn)) return () => open(logGroupArn);
  if (logGroupArn === null) return () => SILENT;
  const group = join.logGroups.get(withoutStar(logGroupArn));
  if (group === undefined) {
    return () => open(unknown("not-collected", { detail: logGroupArn }));
  }
  if (group.exists === false) return () => SILENT;
  const arrives = and(works, group.exists, trail.recorded("cloudtrail.amazonaws.com", false));
  const alarm = alarmsOnCalls(group, join.topics);
  return (name) => {
    const { raised, by } = alarm("cloudtrail", name);
    return { tells: and(arrives, raised), by };
  };
}

function namesOf(tellers: readonly Teller[]): Alerting["by"] {
  const told = tellers.filter(({ tells }) => tells === true).flatMap(({ by }) => by);
  const names = new Set(told.filter((each) => !isUnknown(each)));
  return [...[...names].sort(), ...openEnd([...told, ...tellers.map(({ tells }) => tells)])];
}
