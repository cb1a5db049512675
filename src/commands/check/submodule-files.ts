import { existsSync } from "node:fs";
import { join } from "node:path";
import { asked } from "./ask-git.ts";
import { type CommitFiles, commitFiles } from "./commit-files.ts";
import { pathBelow } from "./disk.ts";
import { folderOf } from "./paths.ts";

/** Submodules are followed into each other so deep. */
const DEEPEST = 5;

/** The files of a commit, those of its submodules among them as far as their clones hold them. */
export type AllFiles = CommitFiles & {
  /** Paths of submodules that are checked out and whose clones lack what this commit has of them. */
  unread(): string[];
};

/** Joins the files of a commit with those of its submodules, read in the submodules' own clones. */
export function withSubmodules(root: string, own: CommitFiles, depth = 0): AllFiles {
  const opened = new Map<string, AllFiles | "not there" | "unread">();
  const open = (path: string, commit: string) => {
    const known = opened.get(path) ?? openedAt(root, { path, commit, depth });
    opened.set(path, known);
    return known;
  };
  /** The submodule that a path leads into, and what it is there; null: none that can be read. */
  const within = (path: string): { files: AllFiles; rest: string } | null => {
    const modules = own.modules();
    const place = modules.size === 0 ? null : own.placeOf(path);
    for (let at = place ?? ""; place !== null && at !== ""; at = folderOf(at)) {
      const commit = modules.get(at);
      if (commit === undefined) continue;
      const files = open(at, commit);
      return typeof files === "string" ? null : { files, rest: place.slice(at.length + 1) };
    }
    return null;
  };
  return {
    ...own,
    read: (path) => {
      const inner = within(path);
      return inner === null ? own.read(path) : inner.files.read(inner.rest);
    },
    list: (folder) => {
      const inner = within(folder);
      return inner === null ? own.list(folder) : inner.files.list(inner.rest);
    },
    unread: () =>
      [...own.modules()].flatMap(([path, commit]) => {
        const files = open(path, commit);
        if (typeof files === "string") return files === "unread" ? [path] : [];
        return files.unread().map((each) => `${path}/${each}`);
      }),
  };
}

type Module = { path: string; commit: string; depth: number };

function openedAt(
  root: string,
  { path, commit, depth }: Module,
): AllFiles | "not there" | "unread" {
  const folder = join(root, path);
  // A link in its place leads elsewhere; without a clone of its own git would ask the one around it.
  const isOwn = existsSync(join(folder, ".git")) && pathBelow(root, folder) === path;
  if (!isOwn || depth >= DEEPEST) return "not there";
  const isHeld = asked(folder, ["cat-file", "-e", `${commit}^{commit}`]) !== null;
  return isHeld ? withSubmodules(folder, commitFiles(folder, commit), depth + 1) : "unread";
}
