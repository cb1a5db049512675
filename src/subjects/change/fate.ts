import { or, type Truth } from "../../snapshot/logic.ts";
import { hasStandIn, mayBeSame } from "../../snapshot/stand-in.ts";
import {
  type Fact,
  isKnown,
  isSameFact,
  isUnknown,
  type Unknown,
  unknown,
} from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { Change } from "../schema/change.ts";
import type { Fates } from "./changes.ts";
import { isOfAnotherClass } from "./group-class.ts";
import { blocksAround, instanceOf } from "./instances.ts";
import { nameKey, type Side, type Thing } from "./side.ts";

/** Both sides of a change, and what its inputs say of resources by themselves. */
export type Sides = { before: Side; after: Side; fates: Fates; join: Join };

/** What becomes of a resource, and its id and record afterwards; null: it has none then. */
export type Become = { fate: Change["fate"]; id: string; now: Thing | null };

/** What becomes of a resource with a record of its own. */
export function becomeOf(sides: Sides, thing: Thing): Become {
  const { id } = thing;
  const { after } = sides;
  const fate = fateOf(sides, id);
  const target = targetOf(sides, id);
  const now = isUnknown(target) ? null : (after.things.get(target) ?? null);
  const found = { id: isUnknown(target) ? id : target, now };
  if (fate === "deleted" && isMadeAnew(sides, thing)) return { fate: "replaced", id, now: null };
  if (now === null || (fate !== "kept" && fate !== "moved")) return { ...found, fate };
  const isOther = isAnother(thing, now);
  if (isUnknown(isOther)) return { ...found, fate: isOther };
  return { ...found, fate: isOther ? replaced(sides, id) : fate };
}

/** Where the old one stays as it is, nothing is lost but its management. */
const replaced = ({ fates }: Sides, id: string): "forgotten" | "replaced" =>
  fates.retained?.replaced.has(id) === true ? "forgotten" : "replaced";

/** What becomes of whatever has this id, as far as ids tell. */
export function fateOf(sides: Sides, id: string): Change["fate"] {
  const { before, after, fates } = sides;
  const was = before.has(id) ? before.presenceOf(id) : true;
  if (isForgotten(fates, id)) return "forgotten";
  if (fates.replaced.has(id)) return doubted("replaced", was);
  const target = targetOf(sides, id);
  if (isUnknown(target)) return target;
  if (!after.has(target)) {
    return fates.retained?.deleted.has(id) ? "forgotten" : doubted("deleted", was);
  }
  const presence = after.presenceOf(target);
  if (isUnknown(presence) && !isSameFact(presence, was)) return presence;
  return target === id ? "kept" : "moved";
}

const isForgotten = ({ forgotten }: Fates, id: string): boolean =>
  forgotten.has(id) || (forgotten.size > 0 && blocksAround(id).some((each) => forgotten.has(each)));

/** The id afterwards, as inputs say, or as Terraform has it by itself. */
export function targetOf(sides: Sides, id: string): string | Unknown {
  const told = sides.fates.movedTo.get(id);
  if (told !== undefined) return told;
  return sides.after.has(id) ? id : (instanceOf(sides, id) ?? id);
}

/** What may never have been there may not be lost either. */
const doubted = (fate: "replaced" | "deleted", was: true | Unknown): Change["fate"] =>
  isUnknown(was) ? was : fate;

/** What keeps being the same under another name, and what has none. */
const RENAMED: readonly Thing["type"][] = [
  "key",
  "event-data-store",
  "service-control-policy",
  "organization",
];

/** A resource of another name, account or region is another one. */
function isAnother(before: Thing, now: Thing): Truth {
  const isRenamed: Truth = RENAMED.includes(before.type) ? false : differs(before.name, now.name);
  return or(
    isRenamed,
    differ(before.accountId, now.accountId),
    differ(before.region, now.region),
    isOfAnotherClass(before.record, now.record),
  );
}

/** Of two names that are not known nothing says that they differ, unless what is known of them does. */
function differs(before: string, now: string): Truth {
  if (hasStandIn(before) && hasStandIn(now)) return !mayBeSame(before, now);
  if (hasStandIn(before) || hasStandIn(now)) {
    return unknown("unresolved", { detail: "whether it keeps its name" });
  }
  return before !== now;
}

const differ = (before: Fact<string>, now: Fact<string>): boolean =>
  isKnown(before) && isKnown(now) && before !== now;

/** Of so many that share a name one is looked at. */
const MOST_NAMESAKES = 100;

/** Whether the same stack makes another of that name: without a `moved` block the old one goes first. */
function isMadeAnew({ before, after }: Sides, thing: Thing): boolean {
  if (thing.type === "key" || hasStandIn(thing.name)) return false;
  const namesakes = after.named.get(nameKey(thing)) ?? [];
  return namesakes
    .slice(0, MOST_NAMESAKES)
    .some(
      (each) =>
        !before.has(each.id) &&
        !differ(each.accountId, thing.accountId) &&
        !differ(each.region, thing.region),
    );
}
