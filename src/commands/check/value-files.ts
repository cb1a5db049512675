import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { firstsFirst } from "./combinations.ts";
import type { FoundInputs, StackDefinition } from "./inputs.ts";
import { soughtFiles } from "./sought-values.ts";
import { type ValueSide, type ValueWay, waysOf } from "./value-ways.ts";
import { type Looked, leadOf, notesOf } from "./value-words.ts";
import { namesIn } from "./values-named.ts";

type Around = {
  stacks: readonly StackDefinition[];
  atBase: readonly StackDefinition[];
  files: Files;
  base: Files | null;
};

/** Both sides of a change: what was found, and what it was before. */
export type Valued = { head: FoundInputs; before: readonly TemplateInput[] };

/** So many sets of values are tried of one stack, and of all. */
const MOST_OF_STACK = 8;
const MOST_OF_ALL = 32;

/**
 * Takes each file near a source that holds values for it, which nobody says it is applied with, as
 * one more way in which it may be applied, before the change and after it; and says so.
 */
export async function withValueFiles({ head, before }: Valued, around: Around): Promise<Valued> {
  const looked: Looked[] = [];
  for (const input of head.inputs) {
    const one = await lookedAt(input, before, around);
    if (one !== null) looked.push(one);
  }
  if (looked.length === 0) return { head, before };
  const kept = keptOf(looked);
  for (const each of looked) {
    const cut = each.ways.filter(({ key, differs }) => differs && !kept.has(key));
    each.beyond.push(...cut.map(({ path }) => path));
  }
  const byStack = new Map(looked.map((each) => [each.input.stack, each]));
  const extended = (side: "ways" | "waysBefore") => (input: TemplateInput) => {
    const { [side]: ways = [] } = byStack.get(input.stack) ?? {};
    return applied(
      input,
      ways.filter(({ key }) => kept.has(key)),
    );
  };
  return {
    head: {
      ...head,
      inputs: head.inputs.map(extended("ways")),
      lead: [...head.lead, ...looked.flatMap(leadOf)],
      stacks: head.stacks.map((stack) => {
        const own = byStack.get(stack.name);
        return own === undefined ? stack : { ...stack, notes: [...stack.notes, ...notesOf(own)] };
      }),
    },
    before: before.map(extended("waysBefore")),
  };
}

function applied(input: TemplateInput, ways: readonly ValueWay[]): TemplateInput {
  const [first, ...others] = input.after;
  const more = ways.flatMap(({ key, states }) =>
    states.map((state) => ({ ...state, appliedWith: key })),
  );
  return { ...input, after: [first, ...others, ...more] };
}

/** Those that make a difference to any stack; of too many, those that are first in their stacks. */
function keptOf(looked: readonly Looked[]): Set<string> {
  const keys = looked.map(({ ways }) =>
    ways.filter(({ differs }) => differs).map(({ key }) => key),
  );
  return new Set(firstsFirst(keys).slice(0, MOST_OF_ALL));
}

async function lookedAt(
  input: TemplateInput,
  before: readonly TemplateInput[],
  { stacks, atBase, files, base }: Around,
): Promise<Looked | null> {
  const { kind, stack } = input;
  if (kind !== "terraform-source" && kind !== "cloudformation") return null;
  const definition = stacks.find(({ name }) => name === stack) ?? null;
  // Other files hold the values of other stacks.
  if (isTold(definition)) return null;
  const was = before.find((each) => each.stack === stack && each.kind === kind);
  const wanted = new Set([...(input.asked ?? []), ...(was?.asked ?? [])]);
  if (wanted.size === 0) return null;
  const now: ValueSide = { files, input, definition };
  const then =
    base === null
      ? null
      : {
          files: base,
          input: was ?? input,
          definition: atBase.find(({ name }) => name === stack) ?? null,
        };
  const all = soughtFiles(now, then, wanted);
  const isOwn = ({ path }: { path: string }) => definition?.variableFiles.includes(path) === true;
  const found = { ...all, sought: all.sought.filter((file) => !isOwn(file)) };
  if (found.sought.length + found.gone.length + found.examples.length === 0) return null;
  const looked: Looked = {
    input,
    ...found,
    wanted,
    ways: [],
    waysBefore: [],
    untried: [],
    beyond: [],
    namesIn: (path) => [...namesIn(files, path), ...(base === null ? [] : namesIn(base, path))],
  };
  await tryAll(looked, now, was === undefined ? null : then);
  return looked;
}

const isTold = (definition: StackDefinition | null): boolean =>
  definition !== null &&
  definition.isDoubtful !== true &&
  (definition.variableFiles.length > 0 || Object.keys(definition.parameters).length > 0);

/** Tries as many as may be; those alone count before the change that are there after it. */
async function tryAll(looked: Looked, now: ValueSide, then: ValueSide | null): Promise<void> {
  for (const file of looked.sought) {
    if (looked.ways.length >= MOST_OF_STACK) {
      looked.beyond.push(file.path);
      continue;
    }
    const ways = await waysOf(now, file, file.path);
    if (!Array.isArray(ways)) {
      looked.untried.push(ways);
      continue;
    }
    const own = ways.slice(0, MOST_OF_STACK - looked.ways.length);
    if (own.length < ways.length) looked.beyond.push(file.path);
    const old = then === null || file.former === null ? [] : await waysOf(then, file, file.former);
    const former = Array.isArray(old) ? old : [];
    for (const way of own) {
      const was = former.find(({ label }) => label === way.label);
      looked.ways.push({ ...way, differs: way.differs || was?.differs === true });
      if (was !== undefined) looked.waysBefore.push({ ...was, key: way.key });
    }
  }
}
