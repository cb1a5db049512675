import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import type { FoundInputs, StackDefinition } from "./inputs.ts";
import { folderOf, nameOf, shown } from "./paths.ts";
import { namesIn } from "./values-named.ts";

type Around = { stacks: readonly StackDefinition[]; files: Files; base: Files | null };

/**
 * Says which files near a source look as if they held values for its variables, which nobody said it
 * is applied with: they are not read, and a change of one is told first.
 */
export function withValueFiles(found: FoundInputs, around: Around): FoundInputs {
  const lead: string[] = [];
  const notes = new Map<string, string[]>();
  for (const input of found.inputs) {
    const told = toldOf(input, around);
    lead.push(...told.changed);
    notes.set(input.stack, told.near);
  }
  if (lead.length === 0 && [...notes.values()].every((each) => each.length === 0)) return found;
  return {
    ...found,
    lead: [...found.lead, ...lead],
    stacks: found.stacks.map((stack) => ({
      ...stack,
      notes: [...stack.notes, ...(notes.get(stack.name) ?? [])],
    })),
  };
}

type Told = { near: string[]; changed: string[] };

const MOST_NAMED = 5;

function toldOf(input: TemplateInput, { stacks, files, base }: Around): Told {
  const nothing = { near: [], changed: [] };
  const { kind, stack, ungiven = [] } = input;
  if (ungiven.length === 0 || (kind !== "terraform-source" && kind !== "cloudformation")) {
    return nothing;
  }
  const definition = stacks.find(({ name }) => name === stack);
  const isTold =
    definition !== undefined &&
    (definition.variableFiles.length > 0 || Object.keys(definition.parameters).length > 0);
  // Other files hold the values of other stacks.
  if (isTold) return nothing;
  const wanted = new Set(ungiven);
  const holds = (side: Files, path: string) => namesIn(side, path).some((name) => wanted.has(name));
  const [now, then] = [near(files, input), base === null ? [] : near(base, input)];
  const held = now.filter((path) => holds(files, path));
  const changed =
    base === null
      ? []
      : [...new Set([...now, ...then])].filter(
          (path) => !isSame(files, base, path) && (holds(files, path) || holds(base, path)),
        );
  const unchanged = held.filter((path) => !changed.includes(path));
  const names = [...wanted].slice(0, MOST_NAMED).join(", ");
  return {
    near: unchanged.length === 0 ? [] : [notRead(unchanged, names, input)],
    changed: changed.length === 0 ? [] : [changes(changed, names, input)],
  };
}

const notRead = (paths: readonly string[], names: string, input: TemplateInput): string =>
  `Values for ${names} may be in ${list(paths)}, which nobody says it is applied with: ${cure(paths, input)}.`;

const changes = (paths: readonly string[], names: string, input: TemplateInput): string =>
  `The change touches ${list(paths)}, which may hold values for ${names} of ${shown(input.path)} and is not judged, because nobody says that it is applied: ${cure(paths, input)}.`;

/** The line of the config by which the values are read. */
function cure(paths: readonly string[], { kind, path, stack }: TemplateInput): string {
  const name = /^[\w./-]+$/.test(stack) && stack !== "." ? stack : "a-name";
  const place = `stacks: [{ name: ${name}, path: ${shown(path)}, `;
  const [first = ""] = paths;
  return kind === "terraform-source"
    ? `in trailproof.yaml write ${place}variableFiles: [${shown(first)}] }]`
    : `in trailproof.yaml write them as ${place}parameters: { … } }]`;
}

function list(paths: readonly string[]): string {
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : "";
  return `${paths.slice(0, MOST_NAMED).map(shown).join(", ")}${more}`;
}

function isSame(one: Files, other: Files, path: string): boolean {
  const [now, then] = [one.read(path), other.read(path)];
  if (now === null || then === null) return now === then;
  return now.length === then.length && now.every((byte, index) => byte === then[index]);
}

/** So deep below a source its values are looked for, in so many folders and files. */
const DEEPEST = 2;
const MOST_FOLDERS = 100;
const MOST_FILES = 200;

/** Files beside a source, or below it, that are called as files of values are. */
function near(files: Files, { kind, path }: TemplateInput): string[] {
  const isTerraform = kind === "terraform-source";
  const start = isTerraform ? path : folderOf(path);
  const folders = [{ folder: start, depth: 0 }];
  const found: string[] = [];
  // Those that are found are looked into in turn.
  for (const { folder, depth } of folders) {
    for (const { name, isFolder } of files.list(folder)) {
      const place = folder === "" ? name : `${folder}/${name}`;
      if (isFolder) {
        const isSought = depth < DEEPEST && !/^(\.|node_modules$|cdk\.out$)/.test(name);
        if (isSought && folders.length < MOST_FOLDERS)
          folders.push({ folder: place, depth: depth + 1 });
        continue;
      }
      const isValues = isTerraform ? isTfvars(name, depth) : isParameters(name);
      if (isValues && place !== path && found.length < MOST_FILES) found.push(place);
    }
  }
  return found;
}

/** Terraform reads some by itself, in the folder that it is run in. */
const isTfvars = (name: string, depth: number): boolean =>
  /\.tfvars(\.json)?$/.test(name) &&
  !(depth === 0 && /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name));

const isParameters = (name: string): boolean =>
  /\.json$/.test(name) || nameOf(name) === "samconfig.toml";
