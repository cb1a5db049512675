import { firstFew } from "../../../snapshot/first-few.ts";
import { isKnown, openEnd, type Unknown } from "../../../snapshot/unknown.ts";
import { shownTarget } from "./targets.ts";

/** A call that is no longer denied, or not in every case. */
export type Undenied = {
  action: string;
  /** Null: wherever the policy is attached. */
  target: string | null;
  /** What became of it, to follow what it denied. */
  how: string;
};

/** What is no longer denied, in words; an open end where there may be more of it. */
export function undeniedTexts(
  name: string,
  items: readonly (Undenied | Unknown)[],
): (string | Unknown)[] {
  const known = grouped(items.filter(isKnown));
  return [...known.map((each) => text(name, each)), ...openEnd(items)];
}

type Group = { how: string; actions: readonly string[]; targets: string[] };

/** Of what happens alike in several places it is said once. */
function grouped(items: readonly Undenied[]): Group[] {
  const calls = new Map<string, { how: string; target: string | null; actions: Set<string> }>();
  for (const { action, target, how } of items) {
    const key = JSON.stringify([how, target]);
    const before = calls.get(key) ?? { how, target, actions: new Set() };
    before.actions.add(action);
    calls.set(key, before);
  }
  const groups = new Map<string, Group>();
  for (const { how, target, actions } of calls.values()) {
    const key = JSON.stringify([how, [...actions]]);
    const group = groups.get(key) ?? { how, actions: [...actions], targets: [] };
    if (target !== null) group.targets.push(shownTarget(target));
    groups.set(key, group);
  }
  return [...groups.values()];
}

const MOST_TARGETS = 3;

function text(name: string, { how, actions, targets }: Group): string {
  const where = targets.length === 0 ? "" : ` on ${firstFew(targets, MOST_TARGETS)}`;
  return `${name}${where}: denied ${actions.join(", ")}, ${how}`;
}
