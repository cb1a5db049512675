import { and, any, type Truth } from "../snapshot/logic.ts";
import { isUnknown, merged, type Unknown, unknownMore } from "../snapshot/unknown.ts";
import type { AccountTrail } from "./account.ts";
import { ANY_OTHER } from "./selectors.ts";
import type { TrailEntry } from "./trail-entry.ts";

/**
 * The trails that log in an account and record global service events that another of them records
 * too. Trails that share reads and writes between them are no duplicates: each event reaches one.
 */
export function globalServiceEventTrails(
  trails: readonly AccountTrail[],
  open: Unknown | null,
): (string | Unknown)[] {
  const recorders = trails
    .map(({ trail, isLogging }) => ({
      trail,
      records: and(isLogging, trail.recordsGlobalServiceEvents),
    }))
    .filter(({ records }) => records !== false);
  const arns: string[] = [];
  const undecided: Unknown[] = open === null ? [] : [open];
  for (const { trail, records } of recorders) {
    const others = recorders.filter((other) => other.trail !== trail);
    const isTwice = and(
      records,
      any(others, (other) => and(other.records, overlap(trail, other.trail))),
    );
    if (isTwice === true) arns.push(trail.record.arn);
    if (isUnknown(isTwice)) undecided.push(isTwice);
  }
  return undecided.length === 0 ? arns : [...arns, unknownMore(merged(undecided))];
}

/** Whether some event reaches both. */
function overlap(one: TrailEntry, other: TrailEntry): Truth {
  return any([true, false], (readOnly) =>
    and(one.recorded(ANY_OTHER, readOnly), other.recorded(ANY_OTHER, readOnly)),
  );
}
