import { observationOf } from "../../../snapshot/observation.ts";
import type { PlannedControlPolicy } from "../../../snapshot/planned-guards.ts";
import { isSameFact, isUnknown, type Unknown } from "../../../snapshot/unknown.ts";
import { naming } from "../../naming.ts";
import { type Become, becomeOf, type Sides } from "../fate.ts";
import type { Thing } from "../side.ts";
import { isGone, type Loss } from "../subject.ts";
import { attachmentLosses } from "./attachment-losses.ts";
import type { Fuel } from "./covering.ts";
import { type Denial, denialsOf } from "./denials.ts";
import {
  documentOf,
  type Holder,
  holderOf,
  holdersOf,
  type Surroundings,
  surroundingsOf,
} from "./holders.ts";
import { guardLoss } from "./loss.ts";
import { bindsAt, type Holders, leftAt, type Position, positionsOf } from "./positions.ts";
import { strayLosses } from "./strays.ts";
import { type Undenied, undeniedTexts } from "./undenied.ts";

/** What becomes of service control policies that deny tampering with trails, and of their attachments. */
export function lossesOfControlPolicies(sides: Sides): Loss[] {
  const around = surroundingsOf(sides);
  const holders = holdersOf(around);
  const fuel = { left: MOST_STATEMENTS };
  const own = [...sides.before.things.values()].flatMap((thing) =>
    thing.record.type === "service-control-policy"
      ? lossesOf({ around, thing, record: thing.record, fuel }, holders)
      : [],
  );
  return [...own, ...strayLosses(sides)];
}

/** Nobody changes more policies at once. */
const MOST_STATEMENTS = 50_000;

type Was = {
  around: Surroundings;
  thing: Thing;
  record: PlannedControlPolicy;
  fuel: Fuel;
};

function lossesOf(was: Was, holdersFrom: (stack: string) => readonly Holder[]): Loss[] {
  const { around, thing, record, fuel } = was;
  const { sides } = around;
  const become = becomeOfPolicy(sides, thing);
  const own = ownOf(around, become);
  if (become.fate === "kept" && isUntouched(sides, record, own)) return [];
  const document = documentOf(record);
  const denials = isUnknown(document) ? document : denialsOf(document);
  if (!isUnknown(denials) && denials.length === 0) return [];
  const holders = { own, fuel, all: withOwn(holdersFrom(thing.id), { own, become, record }) };
  const found =
    become.fate === "forgotten"
      ? []
      : positionsOf(sides, record).flatMap((position) =>
          lostAt({ record, become, position }, denials, holders),
        );
  const name = `service control policy ${naming(record, thing.name).name}`;
  const whole = found.filter(({ by }) => by === thing.id);
  const told = own === null ? null : (observationOf(own.record, at(whole))?.requestId ?? null);
  const open = openTargets(record, own);
  const lost = undeniedTexts(name, [...whole.map(({ item }) => item), ...open]);
  return [
    guardLoss(thing, become, { lost, told }),
    ...attachmentLosses(sides, thing, { name, found: found.filter(({ by }) => by !== thing.id) }),
  ];
}

/** Most policies are as they were: what these say nobody has to read. */
function isUntouched(sides: Sides, was: PlannedControlPolicy, own: Holder | null): boolean {
  if (own === null || !isSameContent(was, own.record)) return false;
  if (!isSameFact(was.open, own.record.open)) return false;
  return positionsOf(sides, was).every((position) => bindsAt(position, own, own) === true);
}

/** What is of another type afterwards was deleted for it. */
function becomeOfPolicy(sides: Sides, thing: Thing): Become {
  const become = becomeOf(sides, thing);
  const isKept = become.fate === "kept" || become.fate === "moved";
  return isKept && become.now === null ? { ...become, fate: "replaced" } : become;
}

function ownOf(around: Surroundings, { now, fate }: Become): Holder | null {
  if (now?.record.type !== "service-control-policy" || isGone(fate)) return null;
  return holderOf(around, now.record);
}

type Successor = { own: Holder | null; become: Become; record: PlannedControlPolicy };

/** What takes its place once it is deleted, by its id or its name, comes after a gap. */
function withOwn(holders: readonly Holder[], { own, become, record }: Successor): Holder[] {
  const { name } = record;
  const isNext = (each: Holder) =>
    each.id === become.id || (become.fate === "replaced" && each.record.name === name);
  const others = holders.filter((each) => !isNext(each));
  return own === null ? others : [...others, own];
}

/** What is lost, by which resource, and whether the policy's own words are the cause. */
export type Found = { item: Undenied | Unknown; by: string; isNarrowed: boolean };

type At = { record: PlannedControlPolicy; become: Become; position: Position };

function lostAt(
  { record, become, position }: At,
  denials: readonly Denial[] | Unknown,
  holders: Holders,
): Found[] {
  const { own } = holders;
  const binds = own === null ? false : bindsAt(position, own, own);
  if (own !== null && binds === true && isSameContent(record, own.record)) return [];
  const { planned } = record;
  const policy = `${planned.stack}#${planned.address}`;
  const isKept = become.fate === "kept" || become.fate === "moved";
  const by = isKept && binds !== true && position !== null ? position.by : policy;
  const told = { by, isNarrowed: binds === true };
  if (isUnknown(denials)) return [{ ...told, item: denials }];
  return leftAt(position, denials, holders)
    .filter(({ isDenied }) => isDenied !== true)
    .map(({ denial, isDenied, left }) => {
      if (isUnknown(become.fate)) return { ...told, item: become.fate };
      if (isUnknown(isDenied)) return { ...told, item: isDenied };
      const how = left ?? ending(become.fate, binds === true);
      return { ...told, item: { action: denial.action, target: position?.target ?? null, how } };
    });
}

function ending(fate: string, binds: boolean): string {
  if (fate === "deleted") return "is deleted";
  if (fate === "replaced") return "is deleted and made anew";
  return binds ? "does not" : "is detached";
}

/** Of two that cannot be read it is told whether they are written alike. */
function isSameContent(
  { content: was }: PlannedControlPolicy,
  { content: now }: PlannedControlPolicy,
) {
  if (isUnknown(was.text) || isUnknown(now.text)) {
    return isSameFact(was.text, now.text) && was.written === now.written;
  }
  return was.text === now.text;
}

/** Whom it was attached to was not known, and may no longer be the same. */
function openTargets({ open }: PlannedControlPolicy, own: Holder | null): Unknown[] {
  return open === null || own === null || isSameFact(open, own.record.open) ? [] : [open];
}

const at = (found: readonly Found[]): string =>
  found.length === 0 || found.some(({ isNarrowed }) => isNarrowed) ? "/content" : "/attachments";
