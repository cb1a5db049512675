import type { Alarm, MetricFilter } from "../../snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../snapshot/resources/log-group.ts";
import { metricKey } from "../../snapshot/resources/metric-key.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isUnknown } from "../../snapshot/unknown.ts";
import { alarmRule } from "../alarms-rule.ts";
import { naming } from "../naming.ts";
import { type Become, fateOf, type Sides, targetOf } from "./fate.ts";
import { plannedId } from "./held.ts";
import { isOneStack, lostWhole, OF_A_LOSS, type Part } from "./part.ts";
import type { TrailLoss } from "./trails.ts";
import { type Weakening, weakening } from "./weakening.ts";

/** A metric filter or an alarm that a plan or template describes. */
type Watch = {
  id: string;
  what: "metric filter" | "alarm";
  name: string;
  shown: string;
  /** Null: not all of it is known. */
  record: Alarm | MetricFilter | null;
  /** What does not work without it. */
  above: Watch[];
};

/** What becomes of the metric filters on a log group, and of the alarms on what they count. */
export function alarmParts(
  sides: Sides,
  group: LogGroupRecord,
  { become, trails }: { become: Become; trails: readonly TrailLoss[] },
): Part[] {
  const now = become.now?.record;
  const later = now?.type === "log-group" ? watchesOf(now) : [];
  const successors = new Map(later.map((each) => [nameKey(each), each.id]));
  const nextOf = ({ name, what }: Pick<Watch, "name" | "what">) =>
    hasStandIn(name) ? undefined : successors.get(nameKey({ name, what }));
  const targetFor: Weakening["targetFor"] = (record, what) =>
    nextOf({ name: record.name, what }) ?? targetOf(sides, plannedId(record));
  const after = now?.type === "log-group" ? now : null;
  const weakened = weakening(sides, { before: group, after, trails, targetFor });
  return [...watchesOf(group), ...openOn(sides, group)].map((watch) => {
    const { record } = watch;
    const fate = fateOf(sides, watch.id);
    const ended = fate === "deleted" ? endOf(watch.id, nextOf(watch), become) : fate;
    return {
      id: watch.id,
      name: watch.shown,
      type: "alarm" as const,
      what: watch.what,
      become: { fate: ended, id: watch.id, now: null },
      lost: lostWhole(ended) ?? lasting(become, ended, () => record && weakened(record)),
      explains: [
        ...watch.above.map(({ id }) => ({ id, pointers: OF_A_LOSS })),
        { id: become.id, pointers: ["/alarms", "/silentAlarms"] },
      ],
    };
  });
}

/** Of a log group that goes, or may, what is on it is compared with nothing. */
function lasting(group: Become, fate: Become["fate"], lost: () => Part["lost"]): Part["lost"] {
  const lasts = [group.fate, fate].every((each) => each === "kept" || each === "moved");
  return lasts ? lost() : null;
}

const nameKey = ({ what, name }: Pick<Watch, "what" | "name">): string => `${what} ${name}`;

/** Where the group may be under another address, so may what is on it. */
function endOf(id: string, next: string | undefined, { fate }: Become): Become["fate"] {
  if (next !== undefined) return isOneStack(id, next) ? "replaced" : "moved";
  return isUnknown(fate) ? fate : "deleted";
}

function watchesOf({ metricFilters, alarms }: LogGroupRecord): Watch[] {
  if (isUnknown(metricFilters) || isUnknown(alarms)) return [];
  const direct = alarms
    .filter(({ rule }) => rule === null)
    .flatMap((alarm) => watchOf(alarm, "alarm").map((watch) => ({ alarm, watch })));
  const onMetric = new Map<string, Watch[]>();
  for (const { alarm, watch } of direct) {
    for (const key of new Set(alarm.metrics.map(metricKey))) {
      const others = onMetric.get(key);
      if (others === undefined) onMetric.set(key, [watch]);
      else others.push(watch);
    }
  }
  const filters = metricFilters.flatMap((filter) =>
    watchOf(filter, "metric filter").map((watch) => ({
      ...watch,
      above: filter.metrics.flatMap((metric) => onMetric.get(metricKey(metric)) ?? []),
    })),
  );
  return [...filters, ...direct.map(({ watch }) => watch), ...composites(alarms, direct)];
}

/** What is not wholly known can be lost too; whether it gets weaker nobody can tell. */
function openOn({ before }: Sides, group: LogGroupRecord): Watch[] {
  const open = before.openWatchesOn?.(plannedId(group)) ?? [];
  return open.map(({ what, name, arn, planned }) => ({
    id: plannedId({ planned }),
    what,
    name,
    shown: naming({ arn, planned }, name).name,
    record: null,
    above: [],
  }));
}

/** The alarms on what filters on a log group count, and the composite ones above these. */
export const alarmsOn = (group: LogGroupRecord): Alarm[] =>
  watchesOf(group).flatMap(({ record }) => (record !== null && "arn" in record ? [record] : []));

function watchOf(of: Alarm | MetricFilter, what: Watch["what"]): Watch[] {
  if (of.planned === undefined) return [];
  const { stack, address } = of.planned;
  const named = { arn: "arn" in of ? of.arn : "", planned: of.planned };
  const shown = naming(named, of.name).name;
  return [{ id: `${stack}#${address}`, what, name: of.name, shown, record: of, above: [] }];
}

type Watched = { alarm: Alarm; watch: Watch };

/** The composite alarms above these, and above one another. */
function composites(alarms: readonly Alarm[], below: readonly Watched[]): Watch[] {
  const parents = new Map<string, Alarm[]>();
  for (const alarm of alarms.filter(({ rule }) => rule !== null)) {
    for (const child of childrenOf(alarm)) {
      const others = parents.get(child);
      if (others === undefined) parents.set(child, [alarm]);
      else others.push(alarm);
    }
  }
  const found = new Map<Alarm, Watch>();
  const queue = [...below];
  // Those that are found are looked above in turn.
  for (const { alarm, watch } of queue) {
    for (const parent of [alarm.name, alarm.arn].flatMap((name) => parents.get(name) ?? [])) {
      const known = found.get(parent);
      const [made] = known === undefined ? watchOf(parent, "alarm") : [known];
      if (made === undefined) continue;
      watch.above.push(made);
      if (known !== undefined) continue;
      found.set(parent, made);
      queue.push({ alarm: parent, watch: made });
    }
  }
  return [...found.values()];
}

const RULES = new WeakMap<Alarm, string[]>();

/** An alarm stands beside every group of its region: its rule is read once. */
function childrenOf(alarm: Alarm): string[] {
  const known = RULES.get(alarm);
  if (known !== undefined) return known;
  const children = [...new Set(alarmRule(alarm.rule ?? "").children)];
  RULES.set(alarm, children);
  return children;
}
