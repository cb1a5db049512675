import type { ChangeSides } from "../../evaluate/gate/gated.ts";
import { type Possibility, sideOf } from "../../evaluate/gate/sides.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import {
  changeSubjects,
  type Explained,
  type Fates,
  movesBetween,
  type Telling,
} from "../../subjects/change/changes.ts";
import { maybeMovedTo } from "../../subjects/change/moves.ts";
import type { SubjectContext } from "../../subjects/join.ts";
import type { PlannedChange, TemplateInput } from "../../templates/resource.ts";
import { retained, retainedOnReplacement } from "../../templates/retained.ts";
import { madeAnew } from "./anew.ts";
import type { StackStates } from "./combinations.ts";
import { formerOf, type PlannedWorld, pairsOf } from "./planned-world.ts";

/** What is compared: the inputs of the head, and what those that tell no state before were. */
export type Inputs = { head: readonly TemplateInput[]; base: readonly TemplateInput[] };

/** The states of all stacks before the change: plans tell them, of others the base does. */
export const statesBefore = ({ head, base }: Inputs): StackStates[] => [
  ...head.flatMap(({ stack, before }) => (before === null ? [] : [{ stack, states: [before] }])),
  ...base.map(({ stack, after }) => ({ stack, states: after })),
];

/** The states of all stacks after the change. */
export const statesAfter = ({ head }: Inputs): StackStates[] =>
  head.map(({ stack, after }) => ({ stack, states: after }));

export type Worlds = { before: PlannedWorld; after: PlannedWorld };

/** What becomes of resources, as far as the inputs tell it by themselves. */
export type ToldFates = Omit<Fates, "coveredByOthers"> & {
  /** Addresses of what the change makes. */
  made: ReadonlySet<string>;
  /** What is deleted and made anew under another address: by its new id, what it was. */
  anew: ReadonlyMap<string, string>;
};

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

type Judging = {
  fates: ToldFates;
  policies: readonly CompiledPolicy[];
  context: SubjectContext;
  coveredByOthers: (id: string) => Fact<boolean>;
};

/** Judges both sides, and what the change removes. */
export function changeSides(
  { before, after }: Worlds,
  { fates, policies, context, coveredByOthers }: Judging,
): ChangeSides & { moves: { from: string; to: string }[] } {
  const { movedTo, made, anew } = fates;
  const losses = lossesOf({ before, after }, { ...fates, context, coveredByOthers });
  const certain = [...movedTo].filter((move): move is [string, string] => !isUnknown(move[1]));
  return {
    before: sideOf(possibilities(before), policies),
    after: sideOf(possibilities(after), policies),
    losses: sideOf(losses.possibilities, policies),
    explains: losses.explains,
    movedFrom: new Map([...anew, ...certain.map(([from, to]) => [to, from] as const)]),
    isMadeHere: (address) => made.has(address),
    moves: certain.map(([from, to]) => ({ from, to })),
  };
}

const possibilities = ({ ways }: PlannedWorld): Possibility[] =>
  ways.map(({ possibility }) => possibility);

type Told = {
  movedTo: Map<string, string>;
  replaced: Set<string>;
  forgotten: Set<string>;
  made: Set<string>;
};

/** What plans, and `moved` and `removed` blocks, say of resources by themselves. */
function toldBy(inputs: readonly TemplateInput[]): Told {
  const told: Told = {
    movedTo: new Map(),
    replaced: new Set(),
    forgotten: new Set(),
    made: new Set(),
  };
  for (const { stack, changes } of inputs) {
    for (const change of changes) note(told, stack, change);
  }
  return told;
}

function note(
  told: Told,
  stack: string,
  { address, previousAddress, action }: PlannedChange,
): void {
  const before = `${stack}#${previousAddress ?? address}`;
  if (previousAddress !== null) told.movedTo.set(before, `${stack}#${address}`);
  if (action === "replace") told.replaced.add(before);
  if (action === "forget") told.forgotten.add(before);
  if (action === "create" || action === "replace") told.made.add(address);
}

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
function lossesOf({ before, after }: Worlds, fates: Telling) {
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
