import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles, pathBelow } from "../../../src/commands/check/disk.ts";
import { repositoryOf } from "../../../src/commands/check/git.ts";
import type { Files } from "../../../src/templates/files.ts";
import { folder } from "../../whole-path/judged.ts";
import { scratch } from "./repositories.ts";

const text = (files: Files, path: string): string | null => {
  const bytes = files.read(path);
  return bytes === null ? null : Buffer.from(bytes).toString("utf8");
};

const TREE = { "a.tf": "a", "modules/b/b.tf": "b", "modules/c.tf": "c" };

function onDisk(): Files {
  const root = folder();
  mkdirSync(join(root, "modules/b"), { recursive: true });
  for (const [name, body] of Object.entries(TREE)) writeFileSync(join(root, name), body);
  return diskFiles(root);
}

function inGit(): Files {
  const repository = scratch();
  const commit = repository.commit(TREE);
  repository.commit({ "a.tf": "changed since", "modules/c.tf": null });
  const files = repositoryOf(repository.path)?.files(commit);
  if (files === undefined) throw new Error("no repository");
  return files;
}

test.each([
  ["a folder", onDisk],
  ["a commit", inGit],
])("%s shows its files and folders, by name", (_, make) => {
  const files = make();
  expect(files.list("").filter(({ name }) => name !== ".git")).toEqual([
    { name: "a.tf", isFolder: false },
    { name: "modules", isFolder: true },
  ]);
  expect(files.list("modules").map(({ name }) => name)).toEqual(["b", "c.tf"]);
  expect(files.list("nowhere")).toEqual([]);
  expect(files.list("a.tf")).toEqual([]);
  expect(text(files, "a.tf")).toBe("a");
  expect(text(files, "modules/b/b.tf")).toBe("b");
  expect(text(files, "modules")).toBeNull();
  expect(text(files, "nowhere.tf")).toBeNull();
});

test("what lies outside the root is as if it were not there, by dots or by links", () => {
  const outside = folder();
  writeFileSync(join(outside, "secret.tf"), "secret");
  const root = join(outside, "root");
  mkdirSync(root);
  symlinkSync(join(outside, "secret.tf"), join(root, "link.tf"));
  symlinkSync(outside, join(root, "link"));
  symlinkSync(join(root, "nowhere"), join(root, "dangling.tf"));
  const files = diskFiles(root);
  expect(files.list("")).toEqual([]);
  for (const path of ["../secret.tf", "link.tf", "link/secret.tf", join(outside, "secret.tf")]) {
    expect(files.read(path)).toBeNull();
  }
  expect(files.list("..")).toEqual([]);
  expect(files.list("link")).toEqual([]);
});

const LINKS = {
  "live/main.tf": "../shared/main.tf",
  "live/modules": "../shared/modules",
  "live/out.tf": "../../outside.tf",
  "live/absolute.tf": "/etc/passwd",
  "live/nowhere.tf": "nowhere",
  "live/one": "two",
  "live/two": "one",
};

function linked(root: string) {
  mkdirSync(join(root, "shared/modules/m"), { recursive: true });
  mkdirSync(join(root, "live"));
  writeFileSync(join(root, "shared/main.tf"), "main");
  writeFileSync(join(root, "shared/modules/m/m.tf"), "m");
  for (const [path, target] of Object.entries(LINKS)) symlinkSync(target, join(root, path));
}

test.each([
  [
    "a folder",
    () => {
      const root = folder();
      linked(root);
      return diskFiles(root);
    },
  ],
  [
    "a commit",
    () => {
      const repository = scratch();
      linked(repository.path);
      const commit = repository.commit({});
      return repositoryOf(repository.path)?.files(commit) ?? expect.fail("no repository");
    },
  ],
])("links within %s are followed, and those out of it or in circles are not there", (_, make) => {
  const files = make();
  expect(files.list("live")).toEqual([
    { name: "main.tf", isFolder: false, isLink: true },
    { name: "modules", isFolder: true, isLink: true },
  ]);
  expect(text(files, "live/main.tf")).toBe("main");
  expect(text(files, "live/modules/m/m.tf")).toBe("m");
  expect(files.list("live/modules").map(({ name }) => name)).toEqual(["m"]);
  for (const path of Object.keys(LINKS).slice(2)) expect(files.read(path)).toBeNull();
  expect(files.list("live/one")).toEqual([]);
});

test("of files of a commit that are said to be read, each is read as it is", () => {
  const repository = scratch();
  const texts = { "a.tf": "a", "b.tf": "", "c.tf": "c\nc\n", "same.tf": "a" };
  const commit = repository.commit(texts);
  const files = repositoryOf(repository.path)?.files(commit) ?? expect.fail("no repository");
  files.expect?.([...Object.keys(texts), "nowhere.tf"]);
  // What was read together is there, whatever becomes of the repository.
  rmSync(repository.path, { recursive: true });
  for (const [name, body] of Object.entries(texts)) expect(text(files, name)).toBe(body);
});

test("a path is told as it is below the root", () => {
  const root = folder();
  expect(pathBelow(root, join(root, "a", "b.tf"))).toBe("a/b.tf");
  expect(pathBelow(root, join(root, "..", "b.tf"))).toBeNull();
});

test("names with blanks, quotes, line ends and letters beyond ASCII are read from a commit", () => {
  const repository = scratch();
  const odd = { 'a "b".tf': "1", "é ü.tf": "2", "line\nend.tf": "3" };
  const commit = repository.commit(odd);
  const files = repositoryOf(repository.path)?.files(commit);
  for (const [name, body] of Object.entries(odd)) expect(files && text(files, name)).toBe(body);
});

test("a submodule in a commit that is not checked out is an empty folder, as on the disk", () => {
  const repository = scratch();
  const commit = repository.commit({ "a.tf": "a" });
  repository.git("update-index", "--add", "--cacheinfo", `160000,${commit},sub`);
  repository.git("commit", "--quiet", "--message", "submodule");
  const files = repositoryOf(repository.path)?.files(repository.git("rev-parse", "HEAD"));
  expect(files?.list("")).toEqual([
    { name: "a.tf", isFolder: false },
    { name: "sub", isFolder: true },
  ]);
  expect(files?.list("sub")).toEqual([]);
  expect(files?.read("sub")).toBeNull();
});
