import type { ChangeSides } from "../../evaluate/gate/gated.ts";
import { type Possibility, sideOf } from "../../evaluate/gate/sides.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { isUnknown } from "../../snapshot/unknown.ts";
import type { Explained, Fates } from "../../subjects/change/changes.ts";
import type { PlannedChange, TemplateInput } from "../../templates/resource.ts";
import type { StackStates } from "./combinations.ts";
import type { PlannedWorld } from "./planned-world.ts";

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

/** Whether there is nothing to lose: nothing was there, or nothing that was is touched. */
export const losesNothing = (inputs: Inputs): boolean =>
  isUntouched(inputs) ||
  statesBefore(inputs).every(({ states }) =>
    states.every(({ resources, open }) => resources.length === 0 && open === null),
  );

/** Whether the change leaves all that matters as it is, as its plans tell. */
export const isUntouched = ({ head, base }: Inputs): boolean =>
  base.length === 0 &&
  head.every(({ before, after: [now, ...more] }) => before === now && more.length === 0);

export type Worlds = { before: PlannedWorld; after: PlannedWorld };

/** What becomes of resources, as far as the inputs tell it by themselves. */
export type ToldFates = Omit<Fates, "coveredByOthers"> & {
  /** Addresses of what the change makes. */
  made: ReadonlySet<string>;
  /** What is deleted and made anew under another address: by its new id, what it was. */
  anew: ReadonlyMap<string, string>;
};

type Told = ToldFates & {
  movedTo: Map<string, string>;
  replaced: Set<string>;
  forgotten: Set<string>;
  made: Set<string>;
};

/** What plans, and `moved` and `removed` blocks, say of resources by themselves. */
export function toldBy(inputs: readonly TemplateInput[]): Told {
  const told: Told = {
    movedTo: new Map(),
    replaced: new Set(),
    forgotten: new Set(),
    made: new Set(),
    anew: new Map(),
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

/** What a change removes, replaces or takes something from, and what each of it explains. */
export type Losses = {
  possibilities: readonly Possibility[];
  explains: ReadonlyMap<string, readonly Explained[]>;
};

/** Of what loses nothing. */
export const NO_LOSSES: Losses = { possibilities: [], explains: new Map() };

type Judging = { fates: ToldFates; losses: Losses; policies: readonly CompiledPolicy[] };

/** Judges both sides, and what the change removes; what is the same on both sides once. */
export function changeSides(
  worlds: Worlds,
  { fates: { movedTo, made, anew }, losses, policies }: Judging,
): ChangeSides & { moves: { from: string; to: string }[] } {
  const certain = [...movedTo].filter((move): move is [string, string] => !isUnknown(move[1]));
  const before = sideOf(possibilities(worlds.before), policies);
  return {
    before,
    after: worlds.after === worlds.before ? before : sideOf(possibilities(worlds.after), policies),
    losses: sideOf(losses.possibilities, policies),
    explains: losses.explains,
    movedFrom: new Map([...anew, ...certain.map(([from, to]) => [to, from] as const)]),
    isMadeHere: (address) => made.has(address),
    moves: certain.map(([from, to]) => ({ from, to })),
  };
}

const possibilities = ({ ways }: PlannedWorld): Possibility[] =>
  ways.map(({ possibility }) => possibility);
