import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder } from "../../whole-path/judged.ts";

const WHO = [
  "-c",
  "user.name=A. Nyone",
  "-c",
  "user.email=a@example.com",
  "-c",
  "commit.gpgsign=false",
];

/** A repository in a temporary folder, without anybody's configuration. */
export type Scratch = {
  path: string;
  git(...args: string[]): string;
  /** Writes files (null: removes one) and commits them; gives the commit's id. */
  commit(files: Record<string, string | null>): string;
};

export function scratch(): Scratch {
  const path = folder();
  return { ...opened(path), ...started(path) };
}

/**
 * A pull request as GitHub checks it out: on the branch `merged` the merge commit of the base, which
 * has gone on, and the change.
 */
export function pullRequest(
  base: Record<string, string | null>,
  change: Record<string, string | null>,
): Scratch {
  const origin = scratch();
  origin.commit(base);
  origin.git("checkout", "--quiet", "-b", "change");
  origin.commit(change);
  origin.git("checkout", "--quiet", "main");
  origin.commit({ "other.txt": "the base goes on" });
  origin.git("checkout", "--quiet", "-b", "merged");
  origin.git("merge", "--quiet", "--no-ff", "--message", "merge", "change");
  return origin;
}

/** A clone of another, so deep. */
export function cloned(from: Scratch, depth: number, ref = "main"): Scratch {
  const path = join(folder(), "clone");
  git(dirname(path), [
    "clone",
    "--quiet",
    "--depth",
    String(depth),
    "--branch",
    ref,
    `file://${from.path}`,
    path,
  ]);
  return opened(path);
}

function started(path: string) {
  git(path, ["init", "--quiet", "--initial-branch", "main"]);
  return {};
}

function opened(path: string): Scratch {
  return {
    path,
    git: (...args) => git(path, args),
    commit: (files) => {
      for (const [name, text] of Object.entries(files)) {
        const file = join(path, name);
        mkdirSync(dirname(file), { recursive: true });
        if (text === null) rmSync(file);
        else writeFileSync(file, text);
      }
      git(path, ["add", "--all"]);
      git(path, ["commit", "--quiet", "--allow-empty", "--message", "change"]);
      return git(path, ["rev-parse", "HEAD"]);
    },
  };
}

function git(path: string, args: readonly string[]): string {
  const env = { PATH: process.env["PATH"], HOME: path, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", [...WHO, ...args], { cwd: path, env, encoding: "utf8" }).trim();
}
