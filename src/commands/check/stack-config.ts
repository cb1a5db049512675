import { dirname, join } from "node:path";
import type { Config } from "../../config-schema.ts";
import type { CheckOptions } from "../../options.ts";
import type { Files } from "../../templates/files.ts";
import { ON_DISK } from "../../text-source.ts";
import { configPath } from "../rules.ts";
import { insideRoot } from "./checkout.ts";
import type { StackDefinition } from "./inputs.ts";
import { valuesAfter } from "./moved-values.ts";
import type { RulesOfChange } from "./rules-of-change.ts";

type Written = NonNullable<Config["stacks"]>[number];

/** Where the stacks lie, now and at the base; null: there is no base whose rules judge. */
export type StackPlaces = { root: string; head: Files; base: Files | null };

export type StacksOfChange = {
  stacks: StackDefinition[];
  /** The same stacks, as they lie at the base. */
  atBase: StackDefinition[];
  /** The names of those that must be there. */
  expect: string[];
};

/**
 * The stacks of the config, and the names of those that must be there. In a pull request the base
 * says where what exists there is applied and with what, so that a change cannot say that its trail
 * is in another account; where it lies now, and what is new, the change says.
 */
export function stacksOf(
  { judging, proposed }: RulesOfChange,
  options: CheckOptions,
  places: StackPlaces,
): StacksOfChange {
  const folder = dirname(configPath(options, ON_DISK) ?? "trailproof.yaml");
  const at = (path: string) => insideRoot(places.root, join(folder, path));
  const known = (judging.config.stacks ?? []).map((stack) => definition(stack, at));
  const own = (proposed?.config.stacks ?? []).map((stack) => definition(stack, at));
  const names = new Set(own.map(({ name }) => name));
  const renamed = renamedIn(own, known);
  const left = known.filter((each) => !names.has(each.name) && !renamed.has(each));
  const pairs = [
    ...own.map((stack) => judgedAs(stack, known, places)),
    ...left.map((each) => ({ now: each, former: each })),
  ];
  const stacks = pairs.map(({ now }) => now);
  const asked = stacks.filter(
    (stack) => proposed === null || names.has(stack.name) || !isTakenAway(stack, places),
  );
  return {
    stacks,
    atBase: pairs.map(({ former }) => former),
    expect: options.expect ?? asked.map(({ name }) => name),
  };
}

type Pair = { now: StackDefinition; former: StackDefinition };

/** Stacks that have another name now: their folder is one stack before the change and after it. */
function renamedIn(
  own: readonly StackDefinition[],
  known: readonly StackDefinition[],
): Set<StackDefinition> {
  const at = (stacks: readonly StackDefinition[], path: string) =>
    stacks.filter((each) => each.path === path);
  return new Set(
    known.filter(({ path }) => at(known, path).length === 1 && at(own, path).length === 1),
  );
}

/** A stack of the change's config, as far as it is believed, and what it was. */
function judgedAs(
  stack: StackDefinition,
  known: readonly StackDefinition[],
  places: StackPlaces,
): Pair {
  const { name, path, plan } = stack;
  const former =
    known.find((each) => each.name === name) ?? known.find((each) => each.path === path);
  if (former !== undefined) {
    const now = { ...former, name, path, plan, ...valuesAfter(stack, former, places) };
    return { now, former: { ...former, name } };
  }
  if (!isIn(places.base, path)) return { now: stack, former: stack };
  const open = { ...stack, account: null, region: null, parameters: {}, variableFiles: [] };
  return { now: open, former: open };
}

/** What leaves the config together with its source is judged as deleted, not missed. */
const isTakenAway = ({ path }: StackDefinition, { head, base }: StackPlaces): boolean =>
  isIn(base, path) && !isIn(head, path);

const isIn = (files: Files | null, path: string): boolean =>
  files !== null && (files.read(path) !== null || files.list(path).length > 0);

function definition(
  { name, path, plan, account, region, parameters = {}, variableFiles = [] }: Written,
  at: (path: string) => string,
): StackDefinition {
  return {
    name,
    path: at(path),
    plan: plan === undefined ? null : at(plan),
    account: account ?? null,
    region: region ?? null,
    parameters,
    variableFiles: variableFiles.map(at),
  };
}
