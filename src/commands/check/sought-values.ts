import type { Files } from "../../templates/files.ts";
import { isExample, isSameFile, near, placeOf, within } from "./near-values.ts";
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
  const all = near(now.files, now.input)
    .map((path) => ({ path, former: then === null ? null : formerOf(path, { now, then, old }) }))
    .filter(
      ({ path, former }) => holds(now.files, path) || (then !== null && holds(then.files, former)),
    );
  const examples = all.filter(({ path }) => isExample(path)).map(({ path }) => path);
  const held = all.filter(({ path }) => !isExample(path));
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
        now.files.read(path) === null,
    ),
    examples,
  };
}

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
