import { hasStandIn, isAnyText } from "../../snapshot/stand-in.ts";
import { isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Kind } from "./kinds.ts";
import { list } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { arnOf } from "./targets.ts";
import { isOwnName, nameOf, rendered, sameName } from "./texts.ts";
import { unseenBeside } from "./unseen.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** The resources of a kind that are about another one, or why those are not known. */
export type Companions = {
  found: Planned[];
  open: Unknown | null;
  /** Those of which nobody knows whether they are about it; of too many, the first. */
  doubtful: Planned[];
  /** The same as `open`, but for those. */
  openBesides: Unknown | null;
};

export type Wanted = {
  kinds: readonly Kind[];
  /** The attributes that name what they are about. */
  by: readonly string[];
  /** The texts by which that may be named. */
  names: readonly string[];
};

/** A resource and the texts that name what it is about; null: they are not known. */
type About = { planned: Planned; texts: string[] | null };

type Sorted = {
  all: About[];
  byText: ReadonlyMap<string, About[]>;
  /** Those that name something of which not all is known. */
  unsure: About[];
};

/** Of more doubtful ones than these nobody asks what each is about. */
const MOST_DOUBTFUL = 100;

/** Finds the resources that name another one; what may name it, or may not be there, leaves it open. */
export function companionsOf(world: World, planned: Planned, wanted: Wanted): Companions {
  const { all, byText, unsure } = sorted(world, wanted);
  const sure = new Set(wanted.names.flatMap((name) => byText.get(name) ?? []));
  const found = [...sure].map((each) => each.planned).filter(isThere);
  const absent = [...sure].map(({ planned: { resource } }) => resource.presence).find(isUnknown);
  const others = wanted.names.every(isPlain) ? unsure : all;
  const isOthers = othersName(world, planned);
  const maybe = others
    .slice(0, MOST_DOUBTFUL + 1)
    .filter(
      (each, index) =>
        !sure.has(each) && (index >= MOST_DOUBTFUL || mayBe(each, wanted.names, isOthers)),
    );
  const doubtful = maybe.map((each) => each.planned);
  const [first] = doubtful;
  const openBesides = unseenBeside(world, planned) ?? absent ?? null;
  const open = openBesides ?? (first === undefined ? null : undecided(first));
  return { found, open, doubtful, openBesides };
}

const isThere = ({ resource }: Planned): boolean => resource.presence === true;
const isPlain = (name: string): boolean => !hasStandIn(name) || isOwnName(name);

type IsOthers = (text: string) => boolean;

const mayBe = ({ texts }: About, names: readonly string[], isOthers: IsOthers): boolean =>
  texts === null ||
  texts.some((text) => !isOthers(text) && names.some((name) => sameName(text, name) !== false));

/** No two buckets have one name: what names another planned one does not name this one. */
function othersName(world: World, { kind, id }: Planned): IsOthers {
  if (kind !== "bucket") return () => false;
  return (text) => {
    const owners = bucketsNamed(world, text);
    return owners.some(isThere) && owners.every((each) => each.id !== id);
  };
}

/** The planned buckets of that name or ARN. */
export const bucketsNamed = (world: World, text: string): readonly Planned[] =>
  bucketsByName(world).get(text) ?? [];

const bucketsByName = remembered((world) =>
  groupedBy(ofKinds(world, "bucket"), (each) => [nameOf(world, each), arnOf(world, each)]),
);

const undecided = ({ resource }: Planned): Unknown =>
  unknown("unresolved", { detail: `what ${resource.address} is about` });

const sortings = remembered(() => new Map<string, Sorted>());

function sorted(world: World, { kinds, by }: Wanted): Sorted {
  const key = [...kinds, ...by].join();
  const before = sortings(world).get(key);
  if (before !== undefined) return before;
  const all = ofKinds(world, ...kinds).map((planned) => ({
    planned,
    texts: textsOf(world, planned, by),
  }));
  const isSure = (text: string) => !isAnyText(text);
  const made = {
    all,
    byText: groupedBy(all, ({ texts }) => (texts ?? []).filter(isSure)),
    unsure: all.filter(({ texts }) => texts === null || !texts.every(isPlain)),
  };
  sortings(world).set(key, made);
  return made;
}

function textsOf(world: World, planned: Planned, by: readonly string[]): string[] | null {
  const items = list(planned.values, ...by);
  if (isUnknown(items)) return null;
  const texts: string[] = [];
  for (const item of items) {
    if (isUnknown(item)) return null;
    const text = rendered(world, planned, item);
    if (text !== null) texts.push(text);
  }
  return texts;
}

/** The one resource of a kind that is about another: null: none; unknown: which one is not known. */
export function onlyOne({ found, open }: Companions): Planned | Unknown | null {
  const [only, ...others] = found;
  if (others.length > 0) {
    return unknown("unresolved", { detail: `which of ${found.length} such resources counts` });
  }
  return only ?? open;
}
