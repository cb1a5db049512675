import { and, not } from "../../snapshot/logic.ts";
import type { PlannedKeeper } from "../../snapshot/planned-guards.ts";
import { isSameFact, isUnknown, merged } from "../../snapshot/unknown.ts";
import type { Become, Sides } from "./fate.ts";
import type { Part } from "./part.ts";

/** What kept a bucket or a key from being deleted and does no more; null: nothing. */
export function unkept({ before, after }: Sides, id: string, become: Become): Part["lost"] {
  const now = new Map(
    (after.guards.keepers.get(become.id) ?? []).map((each) => [each.name, each] as const),
  );
  const lost = (before.guards.keepers.get(id) ?? [])
    .filter(({ isOfBlock }) => !isOfBlock || become.fate === "kept")
    .map((was) => lostKeeper(was, now.get(was.name)))
    .filter((each) => each !== null);
  const sure = lost.filter((each) => typeof each === "string");
  const doubts = lost.filter(isUnknown);
  if (sure.length > 0) return sure.join(" and ");
  return doubts.length > 0 ? merged(doubts) : null;
}

/** What its template has no word for, as another language has not, it says nothing of. */
function lostKeeper(was: PlannedKeeper, now: PlannedKeeper | undefined): Part["lost"] {
  if (now === undefined || isSameFact(was.holds, now.holds)) return null;
  const isLost = and(was.holds, not(now.holds));
  if (isUnknown(isLost)) return isLost;
  return isLost ? `${was.name} was ${was.was}, is ${now.is}` : null;
}
