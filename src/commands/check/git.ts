import { spawnSync } from "node:child_process";
import type { Files } from "../../templates/files.ts";

/** A commit, as far as it is read: no larger file is a template. */
const LARGEST_BLOB = 16 * 1024 * 1024;
const LARGEST_ANSWER = 1024 * 1024 * 1024;

/**
 * What a repository tells of its commits. It is asked without a work tree, without its hooks and
 * helpers, and without a network: of a clone that lacks a commit nothing is fetched.
 */
export type Repository = {
  /** The folder of the work tree, absolute. */
  root: string;
  /** The id of a commit; null: the clone does not have it. */
  commit(name: string): string | null;
  /** The best common ancestor of two commits; null: the clone has none. */
  mergeBase(one: string, other: string): string | null;
  parents(commit: string): string[];
  /** The files of a commit. */
  files(commit: string): Files;
};

/** The repository that a folder belongs to; null: none, or there is no git. */
export function repositoryOf(folder: string): Repository | null {
  const root = asked(folder, ["rev-parse", "--show-toplevel"])?.toString("utf8").trimEnd();
  if (root === undefined || root === "") return null;
  const word = (args: readonly string[]): string | null => {
    const answer = asked(root, args)?.toString("utf8").trim();
    return answer === undefined || answer === "" ? null : answer;
  };
  return {
    root,
    commit: (name) =>
      word(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]),
    mergeBase: (one, other) => word(["merge-base", one, other]),
    parents: (commit) =>
      (word(["rev-list", "--parents", "-n", "1", commit]) ?? "").split(" ").slice(1),
    files: (commit) => commitFiles(root, commit),
  };
}

/** Nothing of what a repository or its owner configured may run, wait or reach out. */
const CONFIG = [
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "safe.directory=*",
];
const ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
};

/** What git answers; null where it refuses, or is not there. */
function asked(folder: string, args: readonly string[], input?: string): Buffer | null {
  const { status, stdout } = spawnSync("git", [...CONFIG, ...args], {
    cwd: folder,
    env: { ...process.env, ...ENVIRONMENT },
    maxBuffer: LARGEST_ANSWER,
    stdio: ["pipe", "pipe", "ignore"],
    ...(input === undefined ? {} : { input }),
  });
  return status === 0 ? stdout : null;
}

type Blob = { id: string; size: number };
type Entry = { name: string; isFolder: boolean };

/** The tree is listed once; files are read when they are first asked for. */
function commitFiles(root: string, commit: string): Files {
  const blobs = new Map<string, Blob>();
  const folders = new Map<string, Map<string, Entry>>();
  const listing = asked(root, ["ls-tree", "-r", "-l", "-z", "--full-tree", commit]);
  for (const line of (listing ?? Buffer.alloc(0)).toString("utf8").split("\0")) {
    const [, id, size, path] = /^100\d+ blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (id === undefined || path === undefined) continue;
    blobs.set(path, { id, size: Number(size) });
    enter(folders, path);
  }
  const read = new Map<string, Uint8Array | null>();
  return {
    read: (path) => {
      const blob = blobs.get(path);
      if (blob === undefined || blob.size > LARGEST_BLOB) return null;
      const known = read.get(blob.id);
      if (known !== undefined) return known;
      const bytes = asked(root, ["cat-file", "blob", blob.id]);
      read.set(blob.id, bytes);
      return bytes;
    },
    list: (folder) =>
      [...(folders.get(folder)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function enter(folders: Map<string, Map<string, Entry>>, path: string): void {
  const parts = path.split("/");
  for (const [index, name] of parts.entries()) {
    const folder = parts.slice(0, index).join("/");
    const entries = folders.get(folder) ?? new Map<string, Entry>();
    folders.set(folder, entries);
    entries.set(name, { name, isFolder: index < parts.length - 1 });
  }
}
