import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import type { Unseen } from "../resource.ts";
import { mayHoldTrail } from "../unseen-trails.ts";
import { isText, type Value } from "../value.ts";
import { NAMES } from "./kinds.ts";
import { given } from "./read.ts";
import { remembered } from "./remembered.ts";
import { nameOf } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** What the modules of a stack that are not at hand are handed, each with why no more is known of its module. */
type AllHanded = {
  anything: Unknown | null;
  resources: Map<string, Unknown>;
  /** Names and other words, and texts as they are. */
  words: Map<string, Unknown>;
  /** What is not known, as JSON. */
  markers: Map<string, Unknown>;
};

/**
 * Why resources that nobody sees may be about this one; null: none is. A module that is not at hand
 * can only name what its call hands it, whole or by name.
 */
export function unseenBeside(world: World, planned: Planned): Unknown | null {
  const unseen = world.unseen.get(planned.stack);
  if (unseen === undefined) return null;
  if (unseen.otherwise !== null) return unseen.otherwise;
  const handed = allHanded(world).get(planned.stack);
  if (handed === undefined) return null;
  const { anything, resources, words, markers } = handed;
  const written = given(planned.values, ...(NAMES[planned.kind] ?? []));
  const found =
    anything ??
    resources.get(planned.resource.address.replace(/\[[^\]]*\]/g, "")) ??
    words.get(nameOf(world, planned)) ??
    markers.get(JSON.stringify(written));
  return found ?? null;
}

/** Why there may be trails in a stack that nobody sees; null: there are none. */
export function trailsUnseenIn(world: World, stack: string): Unknown | null {
  const unseen = world.unseen.get(stack);
  return unseen?.otherwise ?? unseen?.modules.find(mayHoldTrail)?.why ?? null;
}

const allHanded = remembered(
  ({ unseen }) => new Map([...unseen].map(([stack, each]) => [stack, handedIn(each)])),
);

function handedIn({ modules }: Unseen): AllHanded {
  const all: AllHanded = {
    anything: modules.find(({ handed }) => handed === null)?.why ?? null,
    resources: new Map(),
    words: new Map(),
    markers: new Map(),
  };
  for (const { why, handed, arguments: values } of modules) {
    for (const address of handed?.resources ?? []) all.resources.set(address, why);
    for (const text of handed?.texts ?? []) addValue(all, text, why);
    for (const value of Object.values(values)) addValue(all, value, why);
  }
  return all;
}

/** An ARN, or a document, has the name between other signs. */
const BETWEEN = /[^\w.-]+/;

function addValue(all: AllHanded, value: Value | undefined, why: Unknown): void {
  if (typeof value === "string") {
    for (const word of [value, ...value.split(BETWEEN)]) all.words.set(word, why);
  } else if (typeof value === "object" && value !== null) {
    // The same expression gives the same marker: what neither side knows is one thing all the same.
    if (isUnknown(value) || isText(value)) all.markers.set(JSON.stringify(value), why);
    else for (const inner of Object.values(value)) addValue(all, inner, why);
  }
}
