import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
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

test("a link within the root is followed", () => {
  const root = folder();
  writeFileSync(join(root, "real.tf"), "real");
  symlinkSync("real.tf", join(root, "link.tf"));
  expect(text(diskFiles(root), "link.tf")).toBe("real");
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

test("a link and a submodule in a commit are no files", () => {
  const repository = scratch();
  symlinkSync("/etc/passwd", join(repository.path, "link.tf"));
  const commit = repository.commit({ "a.tf": "a" });
  const files = repositoryOf(repository.path)?.files(commit);
  expect(files?.list("").map(({ name }) => name)).toEqual(["a.tf"]);
  expect(files?.read("link.tf")).toBeNull();
});
