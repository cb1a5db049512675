import { AuditError } from "../../errors.ts";
import type { Files } from "../../templates/files.ts";
import type { Candidate } from "./discover.ts";
import { expectedOf } from "./expected.ts";
import type { InputRequest, StackDefinition } from "./inputs.ts";
import { folderOf, holdsSource, isBelow, shown, spelled } from "./paths.ts";

/** Something that is judged, with the stack that it is. */
export type Chosen = Candidate & {
  definition: StackDefinition | null;
  /** Of a plan: where its source is; null: not known. Of all others null. */
  folder: string | null;
};

/**
 * Joins what was found to the stacks of the config, adds those that were expected and not found, and
 * leaves out the source of every stack that has a plan. Throws `bad-option` where a stack has two
 * plans, or the user gave two inputs one name.
 */
export function settle(
  files: Files,
  request: InputRequest,
  candidates: readonly Candidate[],
): Chosen[] {
  const join = (each: Candidate) => joined(files, each, request.stacks);
  const found = candidates.map(join);
  const all = [...found, ...expectedOf(files, request, found).map(join)];
  refuseTwo(all);
  const plans = all.filter(({ kind }) => kind === "plan").map((plan) => withFolder(plan, all));
  const folders = new Set(plans.map(({ folder }) => folder));
  const isPlanned = (each: Chosen) => each.kind === "terraform" && folders.has(each.path);
  return [...plans, ...all.filter((each) => each.kind !== "plan" && !isPlanned(each))];
}

function joined(files: Files, candidate: Candidate, stacks: readonly StackDefinition[]): Chosen {
  const { kind, name } = candidate;
  const definition =
    (name === null ? definitionOf(files, candidate, stacks) : null) ??
    stacks.find((each) => each.name === name) ??
    null;
  const isInstead =
    candidate.isInstead || (kind === "terraform" && (definition?.plan ?? null) !== null);
  const folder = kind === "plan" ? sourceOf(files, candidate.path, definition) : null;
  return { ...candidate, isInstead, definition, folder };
}

function sourceOf(files: Files, plan: string, definition: StackDefinition | null): string | null {
  const places = [...(definition === null ? [] : [spelled(definition.path)]), folderOf(plan)];
  return places.find((each) => holdsSource(files, each)) ?? null;
}

function definitionOf(
  files: Files,
  { kind, path }: Candidate,
  stacks: readonly StackDefinition[],
): StackDefinition | undefined {
  if (kind !== "plan") return stacks.find((each) => spelled(each.path) === path);
  const own = folderOf(path);
  // Where configuration lies beside it, it is the plan of that, and of no folder around.
  const isOwn = holdsSource(files, own);
  const around = stacks
    .map((stack) => ({ stack, folder: spelled(stack.path) }))
    .filter(({ folder }) => (isOwn ? folder === own : isBelow(folder, own)))
    .sort((a, b) => b.folder.length - a.folder.length);
  const told = stacks.find((each) => each.plan !== null && spelled(each.plan) === path);
  return told ?? around[0]?.stack;
}

/** What the user calls it: by itself, or in the config. */
export function askedName({ name, definition }: Chosen): string | null {
  return name ?? definition?.name ?? null;
}

function isSameStack(one: Chosen, other: Chosen): boolean {
  return askedName(one) !== null && askedName(one) === askedName(other);
}

/** The source that has a plan's name is that plan's source. */
function withFolder(plan: Chosen, all: readonly Chosen[]): Chosen {
  const source = all.find((each) => each.kind === "terraform" && isSameStack(plan, each));
  return { ...plan, folder: source?.path ?? plan.folder };
}

function refuseTwo(all: readonly Chosen[]): void {
  const byName = new Map<string, Chosen[]>();
  for (const one of all) {
    const name = askedName(one);
    if (name === null) continue;
    const before = byName.get(name) ?? [];
    const clash = before.find((each) => clashes(each, one));
    if (clash !== undefined) throw two(one, clash);
    byName.set(name, [...before, one]);
  }
}

/** A plan and its source are one stack; of others that only share a definition the later one is named by its path. */
function clashes(one: Chosen, other: Chosen): boolean {
  const kinds = [one.kind, other.kind].sort().join(" ");
  if (kinds === "plan plan") return true;
  return kinds !== "plan terraform" && one.name !== null && other.name !== null;
}

function two(one: Chosen, other: Chosen): AuditError {
  const places = `${shown(other.path)} and ${shown(one.path)}`;
  const plans = one.kind === "plan" && other.kind === "plan" ? "two plans" : "two inputs";
  return new AuditError(
    "bad-option",
    `The stack ${askedName(one)} has ${plans}: ${places}.`,
    "Give each stack one, and each a name of its own: `name=path`.",
  );
}
