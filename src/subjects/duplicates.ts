import { and, any, type Truth } from "../snapshot/logic.ts";
import { isUnknown, mapFact, openEnd, type Unknown } from "../snapshot/unknown.ts";
import type { AccountTrail } from "./account.ts";
import { roleOf } from "./role.ts";
import { ANY_OTHER } from "./selectors.ts";
import type { SeenAccount } from "./sightings.ts";
import type { TrailEntry } from "./trail-entry.ts";

/**
 * The trails that log in an account and record global service events that another of them records
 * too. Trails that share reads and writes between them are no duplicates: each event reaches one; and
 * one that adds nothing at all to the others is told of as a whole, as additional.
 */
export function globalServiceEventTrails(
  trails: readonly AccountTrail[],
  account: SeenAccount,
  partition: string,
): (string | Unknown)[] {
  const open = account.anyOpen;
  const all = trails
    .map(({ trail, isLogging }) => ({
      trail,
      records: and(isLogging, trail.recordsGlobalServiceEvents),
    }))
    .filter(({ records }) => records !== false);
  const recorders = all.length < 2 ? all : all.flatMap(primary(account, partition));
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
  return [...arns, ...openEnd(undecided)];
}

type Recorder = { trail: TrailEntry; records: Truth };

/** Keeps those that add something to what trails before them record in the account. */
const primary =
  (account: SeenAccount, partition: string) =>
  ({ trail, records }: Recorder): Recorder[] => {
    const isPrimary = mapFact(roleOf(trail, account, partition), (role) => role === "primary");
    return isPrimary === false ? [] : [{ trail, records: and(records, isPrimary) }];
  };

/** Whether some event reaches both. */
function overlap(one: TrailEntry, other: TrailEntry): Truth {
  return any([true, false], (readOnly) =>
    and(one.recorded(ANY_OTHER, readOnly), other.recorded(ANY_OTHER, readOnly)),
  );
}
