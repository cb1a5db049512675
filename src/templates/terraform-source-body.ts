import { isOpenEnd, isUnknown, unknownMore } from "../snapshot/unknown.ts";
import { evaluate, type Scope, withName } from "./hcl/evaluate.ts";
import { isTurns, turnsOf } from "./hcl/for.ts";
import type { Attribute, Block, Body } from "./hcl/syntax.ts";
import { isFailure, type Term, unresolved } from "./hcl/term.ts";
import { spend } from "./hcl/work.ts";

/** Arguments that tell Terraform what to do, and not AWS. */
const META = new Set(["count", "for_each", "provider", "depends_on"]);
const META_BLOCKS = new Set(["lifecycle", "provisioner", "connection", "timeouts"]);

const MAX_BLOCKS = 1_000;
const BLOCK_STEPS = 100;

/** Where what was computed is written: of a block its header, its arguments, its own blocks. */
export type Place = {
  block: Block;
  attributes: ReadonlyMap<string, Attribute>;
  blocks: ReadonlyMap<string, readonly Place[]>;
};

/** A body's arguments, and its nested blocks as lists of objects. */
export type Computed = { values: ReadonlyMap<string, Term>; place: Place };

/** Computes all of a block; null, which is the same as absent, is left out. */
export function computed(block: Block, scope: Scope, body = block.body): Computed {
  const values = new Map<string, Term>();
  for (const [name, attribute] of body.attributes) {
    const term = META.has(name) ? null : evaluate(attribute.value, scope);
    if (term !== null) values.set(name, term);
  }
  const blocks = new Map<string, readonly Place[]>();
  for (const name of new Set(body.blocks.map(kindOf))) {
    if (META_BLOCKS.has(name)) continue;
    const nested = nestedBlocks(body, name, scope);
    values.set(name, nested.items);
    blocks.set(name, nested.places);
  }
  return { values, place: { block, attributes: body.attributes, blocks } };
}

const kindOf = (block: Block): string =>
  block.type === "dynamic" ? (block.labels[0] ?? "") : block.type;

/** The nested blocks of one kind as a list; null: there are none, static or dynamic. */
export function blocksTerm(body: Body, name: string, scope: Scope): Term | null {
  if (!body.blocks.some((block) => kindOf(block) === name)) return null;
  const { items } = nestedBlocks(body, name, scope);
  // In an expression its length would be taken for known.
  return items.some((item) => isOpenEnd(item)) ? unresolved(`the blocks ${name}`) : items;
}

type Nested = { items: Term[]; places: Place[] };

/** Those that are certain come first; an open end says that there may be more. */
function nestedBlocks(body: Body, name: string, scope: Scope): Nested {
  const nested: Nested = { items: [], places: [] };
  let more: Term | null = null;
  for (const block of body.blocks) {
    if (kindOf(block) !== name) continue;
    if (block.type === name) push(nested, computed(block, scope));
    else more = expand(nested, block, scope) ?? more;
  }
  if (more !== null)
    nested.items.push(unknownMore(isUnknown(more) ? more : unresolved(`dynamic ${name}`)));
  return nested;
}

function push(nested: Nested, { values, place }: Computed): void {
  nested.items.push(values);
  nested.places.push(place);
}

/** Adds what a dynamic block makes; returns why it is not known what that is. */
function expand(nested: Nested, dynamic: Block, scope: Scope): Term | null {
  const each = dynamic.body.attributes.get("for_each");
  const content = dynamic.body.blocks.find(({ type }) => type === "content");
  const name = dynamic.labels[0] ?? "";
  if (each === undefined || content === undefined) return unresolved(`dynamic ${name}`);
  const turns = turnsOf(evaluate(each.value, scope));
  if (!isTurns(turns)) return isFailure(turns) ? unresolved(`dynamic ${name}`) : turns;
  if (turns.length + nested.items.length > MAX_BLOCKS)
    return unresolved(`too many of dynamic ${name}`);
  const iterator = dynamic.body.attributes.get("iterator")?.value;
  const variable =
    iterator?.kind === "name"
      ? iterator.name
      : iterator?.kind === "literal"
        ? String(iterator.value)
        : name;
  for (const [key, value] of turns) {
    // Blocks within blocks multiply.
    if (!spend(scope.work, BLOCK_STEPS)) return unresolved("more blocks than one folder may have");
    const turn = new Map<string, Term>([
      ["key", key],
      ["value", value],
    ]);
    push(nested, computed(dynamic, withName(scope, variable, turn), content.body));
  }
  return null;
}
