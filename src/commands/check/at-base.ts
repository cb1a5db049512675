import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { type Candidate, discover } from "./discover.ts";
import type { FoundInputs, InputRequest } from "./inputs.ts";
import { movedStacks } from "./moved-stacks.ts";
import { named, type Read } from "./names.ts";
import { folderOf, holdsSource, spelled } from "./paths.ts";
import { readAll } from "./read-inputs.ts";
import { type Chosen, settle } from "./stacks.ts";

/** Reads at the base what the head's inputs are compared with, and what is no longer there. */
export async function atBase(
  files: Files,
  request: InputRequest,
  head: FoundInputs,
): Promise<TemplateInput[]> {
  if (needsNoBase(request, head)) return [];
  const { candidates } = await discover(files, request, "base");
  // Plans that were committed tell of another change.
  const sources = candidates.filter(({ kind }) => kind !== "plan");
  const all = [...sources, ...stillThere(files, head, sources)];
  const chosen = settle(files, { ...request, isFork: true }, all);
  const unplanned = chosen.filter(
    (each) => each.kind !== "plan" && !isPlanned(each, head, request),
  );
  const { read } = await readAll(files, unplanned, "base");
  return aligned(read, head, request).map(({ input }) => input);
}

/** Plans tell their own state before, and files that are plans have nothing beside them. */
export function needsNoBase(
  { paths, stacks, expect }: InputRequest,
  { inputs }: FoundInputs,
): boolean {
  const plans = new Set(inputs.map(({ kind, path }) => (kind === "terraform-plan" ? path : null)));
  const isTold = stacks.every(
    ({ name }) => !expect.includes(name) || inputs.some(({ stack }) => stack === name),
  );
  return !plans.has(null) && isTold && paths.every(({ path }) => plans.has(spelled(path)));
}

/** Inputs of the head that the base has at the same path, although no search finds them there. */
function stillThere(
  files: Files,
  { inputs }: FoundInputs,
  found: readonly Candidate[],
): Candidate[] {
  const kinds = { "terraform-source": "terraform", cloudformation: "template" } as const;
  const asked = { name: null, isNamed: false, isInstead: false };
  return inputs.flatMap(({ kind, path }) => {
    if (kind !== "terraform-source" && kind !== "cloudformation") return [];
    const isFound = found.some((each) => each.kind === kinds[kind] && each.path === path);
    const isThere = kind === "cloudformation" || holdsSource(files, path);
    return isFound || !isThere ? [] : [{ ...asked, kind: kinds[kind], path }];
  });
}

/** Whether the head has a plan of it, which tells what was before. */
function isPlanned(chosen: Chosen, { inputs }: FoundInputs, { stacks }: InputRequest): boolean {
  return inputs.some(({ kind, stack, path }) => {
    if (kind !== "terraform-plan") return false;
    const definition = stacks.find(({ name }) => name === stack);
    const isSame = chosen.definition !== null && chosen.definition === definition;
    return isSame || (chosen.kind === "terraform" && chosen.path === folderOf(path));
  });
}

/** The same paths are the same stacks, and so is what the config says has moved, or surely has. */
function aligned(read: readonly Read[], head: FoundInputs, { stacks }: InputRequest): Read[] {
  const key = ({ kind, path }: TemplateInput) => `${kind} ${path}`;
  const byPath = new Map(head.inputs.map((each) => [key(each), each.stack]));
  const kept = new Set(read.flatMap(({ input }) => byPath.get(key(input)) ?? []));
  const stackOf = ({ chosen, input }: Read): string | undefined => {
    const name = chosen.definition?.name;
    const hasMoved =
      name !== undefined && !kept.has(name) && head.inputs.some(({ stack }) => stack === name);
    return byPath.get(key(input)) ?? (hasMoved ? name : undefined);
  };
  const gone = read.filter((each) => stackOf(each) === undefined);
  const taken = new Set(read.flatMap((each) => stackOf(each) ?? []));
  const moved = movedStacks(gone, head, { stacks, taken });
  const same = read.flatMap((each) => {
    const stack = stackOf(each) ?? moved.get(each);
    return stack === undefined ? [] : [{ ...each, input: { ...each.input, stack } }];
  });
  const lost = gone.filter((each) => !moved.has(each));
  return [...same, ...named(lost, byPath.values())];
}
