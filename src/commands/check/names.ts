import type { TemplateInput } from "../../templates/resource.ts";
import { folderOf } from "./paths.ts";
import { askedName, type Chosen } from "./stacks.ts";

/** An input with what it was read from. */
export type Read = { chosen: Chosen; input: TemplateInput };

/**
 * Gives each input the name of its stack: the one that the user gave it, else the one that its path
 * gives it. No two get the same, and none is one of those that are taken.
 */
export function named(read: readonly Read[], taken: Iterable<string>): Read[] {
  const used = new Set(taken);
  const stacks = new Map<Read, string>();
  const isAsked = ({ chosen }: Read) => askedName(chosen) !== null;
  const plans = read.filter((each) => each.chosen.kind === "plan" && !isAsked(each));
  for (const each of [...read.filter(isAsked), ...read.filter((one) => !isAsked(one))]) {
    const stack = firstFree(choices(each, plans), used);
    used.add(stack);
    stacks.set(each, stack);
  }
  return read.map((each) => ({
    ...each,
    input: { ...each.input, stack: stacks.get(each) ?? each.input.stack },
  }));
}

function firstFree(names: readonly [string, ...string[]], used: ReadonlySet<string>): string {
  const free = names.find((name) => !used.has(name));
  if (free !== undefined) return free;
  const last = names.at(-1) ?? names[0];
  for (let count = 2; ; count += 1) {
    if (!used.has(`${last} (${count})`)) return `${last} (${count})`;
  }
}

function choices({ chosen, input }: Read, plans: readonly Read[]): [string, ...string[]] {
  const asked = askedName(chosen);
  const path = plain(input.path);
  const byPath: [string, ...string[]] = [path, `${path} (${chosen.kind})`];
  // The reader names each of a CDK application's stacks.
  if (chosen.kind === "cdk") {
    return [input.stack, `${plain(chosen.path)}/${input.stack}`, ...byPath];
  }
  if (asked !== null) return [asked, ...byPath];
  if (chosen.kind === "terraform") return byPath;
  if (chosen.kind === "template") return [withoutEnding(path), ...byPath];
  const folder = folderOf(input.path);
  const isAlone = plans.filter((each) => folderOf(each.input.path) === folder).length === 1;
  return [isAlone ? plain(folder) : withoutEnding(path), ...byPath];
}

const withoutEnding = (path: string): string => path.replace(/(?<=[^/])\.[^./]+$/, "");

/** A path as part of a subject's id, in which `#` comes before the address. */
const plain = (path: string): string => (path === "" ? "." : path.replaceAll("#", "%23"));
