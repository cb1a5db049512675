import type { Files } from "../../templates/files.ts";
import { isExample, isSameFile, near, placeOf, within } from "./near-values.ts";
import { folderOf } from "./paths.ts";
import type { ValueFile, ValueSide } from "./value-ways.ts";
import { namesIn } from "./values-named.ts";

/** Files that hold values which a source asks for, and which nobody says it is applied with. */
export type SoughtFiles = {
  /** In the order in which they are tried. */
  sought: readonly ValueFile[];
  /** Paths of those that the change touches or adds. */
  changed: ReadonlySet<string>;
  /** Those that the change takes away. */
  gone: readonly string[];
  /** Those that are there to be copied. */
  examples: readonly string[];
};

/** Files of values on both sides; what the change touches comes first, and what it adds after that. */
export function soughtFiles(
  now: ValueSide,
  then: ValueSide | null,
  wanted: ReadonlySet<string>,
): SoughtFiles {
  const holds = (files: Files, path: string | null) =>
    path !== null && namesIn(files, path).some((name) => wanted.has(name));
  const old = then === null ? [] : near(then.files, then.input);
  // Configuration that comes beside a file does not make it another source's.
  const isOthers = ({ path, former }: ValueFile) =>
    isOfAnother(now, path, wanted) &&
    (then === null || former === null || isOfAnother(then, former, wanted));
  const all = near(now.files, now.input)
    .map((path) => ({ path, former: then === null ? null : formerOf(path, { now, then, old }) }))
    .filter(
      ({ path, former }) => holds(now.files, path) || (then !== null && holds(then.files, former)),
    );
  const own = all.filter((file) => !isOthers(file));
  const examples = own.filter(({ path }) => isExample(path)).map(({ path }) => path);
  const held = own.filter(({ path }) => !isExample(path));
  const isChanged = ({ path, former }: ValueFile) =>
    then !== null &&
    (former === null ||
      !isSameFile({ files: now.files, path }, { files: then.files, path: former }));
  const changed = held.filter(isChanged);
  const touched = changed.filter(({ former }) => former !== null);
  const kept = new Set(all.map(({ former }) => former));
  return {
    sought: [...new Set([...touched, ...changed, ...held])],
    changed: new Set(changed.map(({ path }) => path)),
    gone: old.filter(
      (path) =>
        then !== null &&
        !kept.has(path) &&
        holds(then.files, path) &&
        now.files.read(path) === null &&
        !isOfAnother(then, path, wanted),
    ),
    examples,
  };
}

/** Values beside another source of Terraform are that one's, where it declares variables for all that matters. */
function isOfAnother(
  { files, input }: ValueSide,
  path: string,
  wanted: ReadonlySet<string>,
): boolean {
  const folder = folderOf(path);
  if (input.kind !== "terraform-source" || folder === input.path) return false;
  const declared = declaredIn(files, folder);
  return namesIn(files, path).every((name) => !wanted.has(name) || declared.has(name));
}

const VARIABLE = /^[ \t]*variable[ \t]+"?([A-Za-z_][\w-]*)"?[ \t]*\{/gm;

const remembered = new WeakMap<Files, Map<string, Set<string>>>();

/** The variables that a folder's configuration declares; however many files of values lie there, it is read once. */
function declaredIn(files: Files, folder: string): Set<string> {
  const known = remembered.get(files) ?? new Map<string, Set<string>>();
  remembered.set(files, known);
  const found = known.get(folder) ?? readDeclared(files, folder);
  known.set(folder, found);
  return found;
}

function readDeclared(files: Files, folder: string): Set<string> {
  const sources = files.list(folder).filter(({ name, isFolder }) => !isFolder && isTerraform(name));
  const texts = sources.map(({ name }) =>
    new TextDecoder("utf-8").decode(files.read(`${folder}/${name}`) ?? new Uint8Array()),
  );
  return new Set(
    texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = ""]) => name)),
  );
}

const isTerraform = (name: string): boolean => /\.(?:tf|tofu)$/.test(name);

type Both = { now: ValueSide; then: ValueSide; old: readonly string[] };

/** The same file at the base: it lies there as it does now, or has another name and is the same. */
function formerOf(path: string, { now, then, old }: Both): string | null {
  const there = placeOf(then.input);
  const own = within(placeOf(now.input), path);
  const same = there === "" ? own : `${there}/${own}`;
  if (then.files.read(same) !== null) return same;
  const isRenamed = (each: string) =>
    now.files.read(each) === null &&
    isSameFile({ files: now.files, path }, { files: then.files, path: each });
  return old.find(isRenamed) ?? null;
}
