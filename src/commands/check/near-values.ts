import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import { folderOf, nameOf } from "./paths.ts";

/** So deep below a source its values are looked for, in so many folders and files. */
const DEEPEST = 2;
const MOST_FOLDERS = 100;
const MOST_FILES = 200;

type Source = Pick<TemplateInput, "kind" | "path">;

/** The folder from which a source's files of values are named. */
export const placeOf = ({ kind, path }: Source): string =>
  kind === "terraform-source" ? path : folderOf(path);

/** A file's path from the folder that it lies in or below. */
export const within = (folder: string, path: string): string =>
  folder === "" ? path : path.slice(folder.length + 1);

/** Files beside a source, or below it, that are called as files of values are. */
export function near(files: Files, source: Source): string[] {
  const isTerraform = source.kind === "terraform-source";
  const folders = [{ folder: placeOf(source), depth: 0 }];
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
      if (isValues && place !== source.path && found.length < MOST_FILES) found.push(place);
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

/** Whether a file's name says that it is there to be copied, and that nobody applies it. */
export function isExample(path: string): boolean {
  // A template's parameters are often called after it.
  const words = /\.tfvars(\.json)?$/.test(path)
    ? /(?:^|[._-])(?:examples?|samples?|templates?)(?=[._-])/i
    : /(?:^|[._-])(?:examples?|samples?)(?=[._-])/i;
  return words.test(nameOf(path));
}

/** Whether both hold the same bytes at these paths, or neither a file. */
export function isSameFile(
  one: { files: Files; path: string },
  other: { files: Files; path: string },
): boolean {
  const [now, then] = [one.files.read(one.path), other.files.read(other.path)];
  if (now === null || then === null) return now === then;
  return Buffer.compare(now, then) === 0;
}
