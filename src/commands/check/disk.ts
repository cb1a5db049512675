import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { FileEntry, Files } from "../../templates/files.ts";

/** A file larger than this is none that anybody wrote by hand, nor a plan of 20,000 resources. */
const LARGEST_FILE = 256 * 1024 * 1024;

/**
 * The files below a folder, and nothing else: what leads out of it, by `..` or by a symbolic link, is
 * as if it were not there. A file that is there and cannot be read throws what the system says.
 */
export function diskFiles(root: string): Files {
  const base = realpathSync(root);
  const inside = (path: string): string | null => {
    const wanted = resolve(base, path);
    if (!isBelow(base, wanted)) return null;
    const real = existing(wanted);
    return real !== null && isBelow(base, real) ? real : null;
  };
  return {
    read: (path) => {
      const file = inside(path);
      if (file === null) return null;
      const { size, isFile } = kindOf(file);
      return isFile && size <= LARGEST_FILE ? readFileSync(file) : null;
    },
    list: (folder) => {
      const place = inside(folder);
      if (place === null || !lstatSync(place).isDirectory()) return [];
      return readdirSync(place, { withFileTypes: true })
        .flatMap((entry) => entryOf(base, place, entry))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

/** The path of a file as `Files` spells it, or null where it lies outside the root. */
export function pathBelow(root: string, path: string): string | null {
  const base = realpathSync(root);
  const real = existing(resolve(path)) ?? resolve(path);
  return isBelow(base, real) ? relative(base, real).split(sep).join("/") : null;
}

function isBelow(base: string, path: string): boolean {
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);
}

/** Where a path leads in the end; null: nowhere. */
function existing(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

const ABSENT = ["ENOENT", "ENOTDIR", "ELOOP"];

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && ABSENT.includes(String(error.code));
}

function kindOf(file: string) {
  const stat = statSync(file);
  return { size: stat.size, isFile: stat.isFile() };
}

function entryOf(base: string, folder: string, entry: Dirent): FileEntry[] {
  const { name } = entry;
  if (!entry.isSymbolicLink()) return [{ name, isFolder: entry.isDirectory() }];
  const real = existing(join(folder, name));
  if (real === null || !isBelow(base, real)) return [];
  return [{ name, isFolder: statSync(real).isDirectory(), isLink: true }];
}
