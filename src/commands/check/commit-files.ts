import type { FileEntry, Files } from "../../templates/files.ts";
import { asked } from "./ask-git.ts";
import { folderOf } from "./paths.ts";

/** No larger file of a commit is a template, and none is read. */
const LARGEST_BLOB = 16 * 1024 * 1024;
/** How much is fetched before it is asked for. */
const MOST_AHEAD = 200 * 1024 * 1024;
const LONGEST_TARGET = 4096;
const MOST_LINKS = 40;

type Blob = { id: string; size: number; isLink: boolean };
type Tree = {
  blobs: Map<string, Blob>;
  folders: Map<string, Map<string, FileEntry>>;
  /** The commits of submodules. */
  modules: Map<string, string>;
};
type Commit = { tree: Tree; read: (blob: Blob) => Uint8Array | null };

/** The files of a commit, and what tells one from another. */
export type CommitFiles = Files & {
  /** Differs where what is at the path does, whatever its size; null: the commit does not have it. */
  idOf(path: string): string | null;
  /** Where a path leads in the end; null: out of the repository, or in circles. */
  placeOf(path: string): string | null;
  /** The commits of submodules, by path. */
  modules(): ReadonlyMap<string, string>;
};

/**
 * The files of a commit, links within it followed as on the disk. Its tree is listed once, when it is
 * first asked for; files are read one by one, or all together where it was said that they will be.
 */
export function commitFiles(root: string, commit: string): CommitFiles {
  let listed: Tree | null = null;
  const contents = new Map<string, Uint8Array | null>();
  const read: Commit["read"] = ({ id, size }) => {
    if (size > LARGEST_BLOB) return null;
    const known = contents.get(id);
    if (known !== undefined) return known;
    const bytes = asked(root, ["cat-file", "blob", id]);
    contents.set(id, bytes);
    return bytes;
  };
  const all = (): Commit => {
    listed ??= treeOf(root, commit);
    return { tree: listed, read };
  };
  return {
    read: (path) => {
      const found = all();
      const place = followed(found, path);
      const blob = place === null ? undefined : found.tree.blobs.get(place);
      return blob === undefined ? null : read(blob);
    },
    list: (folder) => entriesOf(all(), folder),
    placeOf: (path) => followed(all(), path),
    modules: () => all().tree.modules,
    idOf: (path) => {
      const found = all();
      const place = followed(found, path);
      return place === null ? null : idIn(found.tree, place);
    },
    expect: (paths) => {
      const found = all();
      const blobs = paths.flatMap(
        (path) => found.tree.blobs.get(followed(found, path) ?? "") ?? [],
      );
      readTogether(
        root,
        blobs.filter(({ id }) => !contents.has(id)),
        contents,
      );
    },
  };
}

function treeOf(root: string, commit: string): Tree {
  const tree: Tree = { blobs: new Map(), folders: new Map(), modules: new Map() };
  const listing = asked(root, ["ls-tree", "-r", "-l", "-z", "--full-tree", commit]);
  for (const line of (listing ?? Buffer.alloc(0)).toString("utf8").split("\0")) {
    const [, module, within] = /^160000 commit ([0-9a-f]+) +-\t(.*)$/s.exec(line) ?? [];
    if (module !== undefined && within !== undefined) {
      tree.modules.set(within, module);
      enter(tree.folders, within, true);
    }
    const [, mode, id, size, path] =
      /^(100\d+|120000) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (id === undefined || path === undefined) continue;
    tree.blobs.set(path, { id, size: Number(size), isLink: mode === "120000" });
    enter(tree.folders, path, false);
  }
  return tree;
}

/** What a submodule holds is told by its commit. */
function idIn({ blobs, modules }: Tree, place: string): string | null {
  const blob = blobs.get(place);
  if (blob !== undefined || modules.size === 0) return blob?.id ?? null;
  for (let folder = folderOf(place); folder !== ""; folder = folderOf(folder)) {
    const module = modules.get(folder);
    if (module !== undefined) return `${module}${place.slice(folder.length)}`;
  }
  return null;
}

function enter(folders: Tree["folders"], path: string, isModule: boolean): void {
  const parts = path.split("/");
  for (const [index, name] of parts.entries()) {
    const folder = parts.slice(0, index).join("/");
    const entries = folders.get(folder) ?? new Map<string, FileEntry>();
    folders.set(folder, entries);
    entries.set(name, { name, isFolder: isModule || index < parts.length - 1 });
  }
}

function entriesOf(commit: Commit, folder: string): FileEntry[] {
  const { folders, blobs } = commit.tree;
  const place = followed(commit, folder);
  const entries = place === null ? undefined : folders.get(place);
  const all = [...(entries?.values() ?? [])].flatMap((entry): FileEntry[] => {
    const path = joined(place ?? "", entry.name);
    if (blobs.get(path)?.isLink !== true) return [entry];
    const target = followed(commit, path);
    // What leads nowhere, or out of the repository, is as if it were not there.
    const isThere = target !== null && (blobs.has(target) || folders.has(target));
    return isThere ? [{ name: entry.name, isFolder: folders.has(target), isLink: true }] : [];
  });
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a path leads in the end; null: out of the repository, or in circles. */
function followed({ tree: { blobs }, read }: Commit, path: string): string | null {
  let rest = path.split("/").filter(Boolean);
  let place = "";
  let links = 0;
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === ".") continue;
    if (part === "..") {
      if (place === "") return null;
      place = folderOf(place);
      continue;
    }
    const next = joined(place, part);
    const blob = blobs.get(next);
    if (blob?.isLink !== true) {
      place = next;
      continue;
    }
    links += 1;
    const target = blob.size > LONGEST_TARGET ? null : read(blob);
    const text = target === null ? "/" : Buffer.from(target).toString("utf8");
    if (links > MOST_LINKS || text.startsWith("/")) return null;
    rest = [...text.split("/").filter(Boolean), ...rest];
  }
  return place;
}

function readTogether(
  root: string,
  blobs: readonly Blob[],
  contents: Map<string, Uint8Array | null>,
): void {
  let left = MOST_AHEAD;
  const wanted = new Set<string>();
  for (const { id, size } of blobs) {
    left -= size;
    if (size <= LARGEST_BLOB && left >= 0) wanted.add(id);
  }
  if (wanted.size < 2) return;
  const answer = asked(root, ["cat-file", "--batch"], `${[...wanted].join("\n")}\n`);
  if (answer === null) return;
  // Each is a line of its id, kind and size, its content, and the end of a line.
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(0x0a, at);
    const [, id = "", size] =
      /^([0-9a-f]+) blob (\d+)$/.exec(answer.toString("latin1", at, end)) ?? [];
    if (size === undefined) return;
    contents.set(id, answer.subarray(end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
}

const joined = (folder: string, name: string): string =>
  folder === "" ? name : `${folder}/${name}`;
