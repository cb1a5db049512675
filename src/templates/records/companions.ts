import { isAnyText } from "../../snapshot/stand-in.ts";
import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Value } from "../value.ts";
import type { Kind } from "./kinds.ts";
import { given, list } from "./read.ts";
import { ofKinds, type Planned, rendered, sameName, type World } from "./world.ts";

/** The resources of a kind that are about another one, or why those are not known. */
export type Companions = { found: Planned[]; open: Unknown | null };

export type Wanted = {
  kinds: readonly Kind[];
  /** The attributes that name what they are about. */
  by: readonly string[];
  /** The texts by which that may be named. */
  names: readonly string[];
};

/** Finds the resources that name another one; what may name it, or may not be there, leaves it open. */
export function companionsOf(
  world: World,
  planned: Planned,
  { kinds, by, names }: Wanted,
): Companions {
  const found: Planned[] = [];
  let open: Unknown | null = world.open.get(planned.stack) ?? null;
  for (const other of ofKinds(world, ...kinds)) {
    const about = isAbout(world, other, { by, names });
    const { presence } = other.resource;
    if (about === false) continue;
    if (about === true && presence === true) found.push(other);
    else open ??= presence === true ? undecided(other) : presence;
  }
  return { found, open };
}

const undecided = ({ resource }: Planned): Unknown =>
  unknown("unresolved", { detail: `what ${resource.address} is about` });

function isAbout(
  world: World,
  other: Planned,
  { by, names }: Omit<Wanted, "kinds">,
): boolean | "maybe" {
  const value = given(other.values, ...by);
  if (isUnknown(value)) return "maybe";
  const items = list(other.values, ...by);
  if (isUnknown(items)) return "maybe";
  const answers = items.flatMap((item) => names.map((name) => same(world, other, { item, name })));
  if (answers.includes(true)) return true;
  return answers.includes("maybe") ? "maybe" : false;
}

function same(world: World, other: Planned, { item, name }: { item: Value; name: string }) {
  if (isUnknown(item)) return "maybe";
  const text = rendered(world, other, item);
  if (text === null) return false;
  return isAnyText(text) ? "maybe" : sameName(text, name);
}

/** The one resource of a kind that is about another: null: none; unknown: which one is not known. */
export function onlyOne({ found, open }: Companions): Planned | Unknown | null {
  const [only, ...others] = found;
  if (others.length > 0) {
    return unknown("unresolved", { detail: `which of ${found.length} such resources counts` });
  }
  return only ?? open;
}
