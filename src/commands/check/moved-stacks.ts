import type { GateStack } from "../../evaluate/gate/gate.ts";
import { kindOf } from "../../templates/records/kinds.ts";
import type { TemplateInput, TemplateResource } from "../../templates/resource.ts";
import type { FoundInputs, InputRequest } from "./inputs.ts";
import type { Read } from "./names.ts";
import { nameOf, shown } from "./paths.ts";

/**
 * Stacks that lie elsewhere after the change, each with the name that it has there: what was at the old
 * path is gone, and what is at the new one holds all that it did, most of it just as it was. Where two
 * could be the same, and where the config names one, nothing is taken for another.
 */
export function movedStacks(
  gone: readonly Read[],
  head: FoundInputs,
  { stacks, taken }: Pick<InputRequest, "stacks"> & { taken: ReadonlySet<string> },
): Map<Read, string> {
  const configured = new Set(stacks.map(({ name }) => name));
  const left = gone.filter(
    ({ chosen, input }) => chosen.definition === null && head.isGone(input.path) && hasAny(input),
  );
  const entered = head.inputs.filter(({ stack }) => !taken.has(stack) && !configured.has(stack));
  const pairs = left.flatMap((read) =>
    entered.filter((each) => holdsAll(each, read.input)).map((each) => ({ read, each })),
  );
  const isAlone = (pair: (typeof pairs)[number]) =>
    pairs.every(
      (other) => other === pair || (other.read !== pair.read && other.each !== pair.each),
    );
  return new Map(pairs.filter(isAlone).map(({ read, each }) => [read, each.stack]));
}

/** Told of stacks that lie elsewhere than before, unless the config says that they do. */
export function withMoves(
  head: FoundInputs,
  before: readonly TemplateInput[],
  { stacks }: Pick<InputRequest, "stacks">,
): FoundInputs {
  const isConfigured = (name: string) => stacks.some((each) => each.name === name);
  const noted = (stack: GateStack): GateStack => {
    const was = before.find((each) => each.stack === stack.name && each.kind === stack.kind);
    const hasMoved = was !== undefined && was.path !== stack.path && !isConfigured(stack.name);
    if (!hasMoved) return stack;
    return { ...stack, notes: [...stack.notes, noteOf(was)] };
  };
  return { ...head, stacks: head.stacks.map(noted) };
}

const noteOf = ({ path }: TemplateInput): string =>
  `taken for the stack of ${shown(path)}, which is gone and held the same; deployed under another name it would be another stack`;

function holdsAll(now: TemplateInput, was: TemplateInput): boolean {
  // Whether anybody applies a folder of Terraform does not go with what is in it.
  if (now.kind !== was.kind || now.kind === "terraform-source") return false;
  // The CDK calls a template's file after its stack.
  if (now.kind === "cdk" && nameOf(now.path) !== nameOf(was.path)) return false;
  const there = judgedOf(now);
  const old = [...judgedOf(was)];
  const same = old.filter(([key, { values }]) => {
    const other = there.get(key);
    return other !== undefined && JSON.stringify(other.values) === JSON.stringify(values);
  });
  return old.every(([key]) => there.has(key)) && same.length * 2 > old.length;
}

const hasAny = (input: TemplateInput): boolean => judgedOf(input).size > 0;

/** All that is judged, under any assumption, by type and address. */
function judgedOf({ after }: TemplateInput): Map<string, TemplateResource> {
  const all = after.flatMap(({ resources }) => resources);
  return new Map(
    all
      .filter((each) => kindOf(each) !== undefined)
      .map((each) => [`${each.type} ${each.address}`, each]),
  );
}
