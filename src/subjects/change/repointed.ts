import { withoutMarks } from "../../snapshot/stand-in.ts";
import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { naming } from "../naming.ts";
import { bounded } from "./alarm-links.ts";
import { fateOf, type Sides, targetOf } from "./fate.ts";
import { known, plannedId } from "./held.ts";
import { isCaughtBy } from "./weaker-filters.ts";

/** The log group that a trail handed its events to, and the one that it hands them to now. */
export type Repointed = { was: string; next: string };

/**
 * What is lost where a trail hands its events to another log group: those metric filters of the old
 * one whose like the new one has not. Null: nothing; what goes with the old group is told there.
 */
export function repointed(sides: Sides, { was, next }: Repointed): string | Unknown | null {
  const [old, now] = [sides.before, sides.after].map((side, index) =>
    side.linked["log-group"].get(index === 0 ? was : next),
  );
  if (old?.record.type !== "log-group") return null;
  const fate = fateOf(sides, old.id);
  const group = old.record;
  const filters = known(group.metricFilters);
  if (filters.length === 0 || (fate !== "kept" && fate !== "moved")) return null;
  if (now?.record.type !== "log-group") return outside(next);
  if (targetOf(sides, old.id) === now.id) return null;
  const { record: later } = now;
  const held = new Set(known(later.metricFilters).map(plannedId));
  const left = filters.filter((filter) => {
    const target = targetOf(sides, plannedId(filter));
    const isAlong = !isUnknown(target) && held.has(target);
    return !isAlong && !isCaughtBy({ filter, group }, later);
  });
  const [first, ...others] = left;
  if (first === undefined) return null;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const shown = bounded(first.planned?.address ?? first.name);
  const [from, to] = [group, later].map((each) => bounded(naming(each, each.name).name));
  return `was ${from}, is ${to}, where nothing catches what ${shown}${more} did`;
}

const outside = (next: string): Unknown =>
  unknown("not-collected", {
    detail: `the metric filters of ${withoutMarks(next)}`.slice(0, 300),
  });
