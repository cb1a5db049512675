import type { Truth } from "../../snapshot/logic.ts";
import { isSameFact, isUnknown } from "../../snapshot/unknown.ts";
import type { Become } from "./fate.ts";
import { lostWhole, type Part } from "./part.ts";
import type { ThingRecord } from "./side.ts";

/** Whether a log group is of another class after the change: no group changes its own, so it is made anew. */
export function isOfAnotherClass(before: ThingRecord, now: ThingRecord): Truth {
  if (before.type !== "log-group" || now.type !== "log-group") return false;
  const [was, is] = [before.logGroupClass, now.logGroupClass];
  if (isSameFact(was, is)) return false;
  return isUnknown(is) ? is : isUnknown(was) ? was : true;
}

/** How the end of something reads, with the class of a log group that is made anew of another one. */
export function endOf(before: ThingRecord, { fate, now }: Become): Part["lost"] {
  const end = lostWhole(fate);
  if (fate !== "replaced" || now === null || before.type !== "log-group") return end;
  if (now.record.type !== "log-group" || isOfAnotherClass(before, now.record) !== true) return end;
  return `${end}: its class was ${String(before.logGroupClass)}, is ${String(now.record.logGroupClass)}`;
}
