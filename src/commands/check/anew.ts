import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { renamesBetween } from "../../subjects/change/renames.ts";
import type { TemplateResource } from "../../templates/resource.ts";
import type { StackStates } from "./combinations.ts";
import { type PlannedWorld, pairsOf } from "./planned-world.ts";

/** Both sides of a change, as inputs describe them and as they are read together. */
export type BothSides = {
  states: { before: readonly StackStates[]; after: readonly StackStates[] };
  worlds: { before: PlannedWorld; after: PlannedWorld };
  movedTo: ReadonlyMap<string, string | Unknown>;
};

/** What is deleted and made anew under another address: by its new id, what it was. */
export function madeAnew({ states, worlds, movedTo }: BothSides): Map<string, string> {
  const renamed = new Map<string, Set<string>>();
  const add = (now: string, was: string) =>
    renamed.set(now, (renamed.get(now) ?? new Set()).add(was));
  const ways = { before: worlds.before.ways, after: worlds.after.ways };
  for (const [former, later] of pairsOf(ways)) {
    for (const [now, was] of renamesBetween(former.side, later.side, movedTo)) add(now, was);
  }
  for (const [now, was] of sameConstructs(states)) {
    // The same construct of the same stack is nearer than what another stack may have taken in.
    if (typeof movedTo.get(was) !== "string") add(now, was);
  }
  // What is another in each way is nothing that can be told.
  return new Map(
    [...renamed].flatMap(([now, was]) => {
      const [only, ...others] = was;
      return only === undefined || others.length > 0 ? [] : [[now, only] as const];
    }),
  );
}

/** The CDK's logical ids end with a digest; the path of a construct tells that it is the same one. */
function* sameConstructs({ before, after }: BothSides["states"]): Generator<[string, string]> {
  const [was, now] = [constructs(before), constructs(after)];
  const [old, made] = [ids(was), ids(now)];
  for (const [key, found] of was) {
    const left = [...found].filter((id) => !made.has(id));
    const entered = [...(now.get(key) ?? [])].filter((id) => !old.has(id));
    const [one, ...others] = left;
    const [other, ...more] = entered;
    if (one !== undefined && other !== undefined && others.length + more.length === 0) {
      yield [other, one];
    }
  }
}

const ids = (of: ReadonlyMap<string, ReadonlySet<string>>): Set<string> =>
  new Set([...of.values()].flatMap((each) => [...each]));

/** The resources with a construct's path, by stack, type and path. */
function constructs(stacks: readonly StackStates[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { stack, states } of stacks) {
    for (const resource of states.flatMap(({ resources }) => resources)) {
      if (resource.title === null || isUnknown(resource.presence)) continue;
      const key = keyOf(stack, resource);
      found.set(key, (found.get(key) ?? new Set()).add(`${stack}#${resource.address}`));
    }
  }
  return found;
}

const keyOf = (stack: string, { type, title }: TemplateResource): string =>
  JSON.stringify([stack, type, title]);
