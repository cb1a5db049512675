/**
 * What a change does to what was there. It is loaded where that is anything: most changes touch
 * nothing of the audit trail, and all that could be lost is a quarter of what `check` is made of.
 */
import type { Possibility } from "../../evaluate/gate/sides.ts";
import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import {
  changeSubjects,
  type Explained,
  movesBetween,
  type Telling,
} from "../../subjects/change/changes.ts";
import { maybeMovedTo } from "../../subjects/change/moves.ts";
import { type LiveUsers, usedIn } from "../../subjects/overlay/live-users.ts";
import { retained, retainedOnReplacement } from "../../templates/retained.ts";
import { madeAnew } from "./anew.ts";
import {
  type Inputs,
  type Losses,
  statesAfter,
  statesBefore,
  type ToldFates,
  toldBy,
  type Worlds,
} from "./change.ts";
import type { StackStates } from "./combinations.ts";
import { formerOf, type PlannedWorld, pairsOf } from "./planned-world.ts";

/**
 * The ids of what is looked at after a change because of what it was before: what let CloudTrail in
 * and no longer names it, or is used and called otherwise.
 */
export const wantedAfter = ({ ways }: PlannedWorld, users: LiveUsers | undefined): Set<string> =>
  usedIn(
    ways.flatMap(({ side }) => side.records),
    users,
  );

/** What plans, `moved` and `removed` blocks and deletion policies say, and what enters another stack. */
export function fatesOf(inputs: Inputs, worlds: Worlds): ToldFates {
  const told = toldBy(inputs.head);
  const [before, after] = [everyState(statesBefore(inputs)), everyState(statesAfter(inputs))];
  const kept = { deleted: retained(before), replaced: retainedOnReplacement(before, after) };
  const isThere = (id: string) => worlds.after.ways.some(({ side }) => side.has(id));
  for (const id of kept.deleted) if (!isThere(id)) told.forgotten.add(id);
  const movedTo = allMoves(worlds, told.movedTo, appliedStacks(inputs));
  const states = { before: statesBefore(inputs), after: statesAfter(inputs) };
  const anew = madeAnew({ states, worlds, movedTo });
  for (const id of anew.values()) told.replaced.add(id);
  return { ...told, retained: kept, movedTo, anew };
}

const everyState = (stacks: readonly StackStates[]) =>
  stacks.flatMap(({ stack, states }) => states.map((state) => ({ stack, state })));

/** Moves within stacks, as they say, and between stacks, as far as they can be told. */
function allMoves(
  { before, after }: Worlds,
  within: ReadonlyMap<string, string>,
  isApplied: ReturnType<typeof appliedStacks>,
) {
  const moves = new Map<string, string | Unknown>();
  for (const [former, later] of pairsOf({ before: before.ways, after: after.ways })) {
    for (const [from, to] of movesBetween(former.side, later.side)) moves.set(from, to);
  }
  for (const [from, to] of moves) moves.set(from, believed(to, isApplied(from)));
  for (const [from, to] of within) moves.set(from, to);
  return moves;
}

/** A folder that comes with the change need not be applied by anybody: only a plan of it is a proof. */
function believed(to: string | Unknown, isApplied: (stack: string) => boolean): string | Unknown {
  const target = isUnknown(to) ? maybeMovedTo(to) : to;
  const stack = target?.split("#")[0];
  if (stack === undefined || isApplied(stack)) return to;
  const cure = "name it under `stacks` in the config, or give its plan";
  return unknown("unresolved", {
    detail: `the stack ${stack} is new, and nothing says that it is applied: ${cure}`,
  });
}

/**
 * Whether a stack that something moved to from another is surely one: it was there before, or has a
 * plan. A template's file may be called anything; the stack made of it does not go with its name.
 */
function appliedStacks({ head, base }: Inputs): (from: string) => (to: string) => boolean {
  const kinds = new Map([...base, ...head].map(({ stack, kind }) => [stack, kind]));
  const known = new Set([
    ...base.map(({ stack }) => stack),
    ...head.filter(({ kind }) => kind === "terraform-plan").map(({ stack }) => stack),
  ]);
  const isTemplate = (stack: string) =>
    kinds.get(stack) === "cloudformation" || kinds.get(stack) === "cdk";
  return (from) => (to) =>
    known.has(to) || (isTemplate(to) && isTemplate(from.split("#")[0] ?? ""));
}

/** What each way before loses in each way after it that takes the same for granted. */
export function lossesOf({ before, after }: Worlds, fates: Telling): Losses {
  const explains = new Map<string, readonly Explained[]>();
  const found: Possibility[] = [];
  for (const later of after.ways) {
    const { appliedWith } = later.possibility;
    const former = formerOf(later, before.ways);
    const beside = after.ways.filter((each) => each.possibility.appliedWith === appliedWith);
    const same = former.length === beside.length ? former[beside.indexOf(later)] : undefined;
    for (const each of same === undefined ? former : [same]) {
      const losses = changeSubjects(each.side, later.side, fates);
      for (const [id, told] of losses.explains) {
        explains.set(id, [...(explains.get(id) ?? []), ...told]);
      }
      found.push({ ...later.possibility, subjects: losses.subjects, presenceOf: () => true });
    }
  }
  return { possibilities: found, explains };
}
