import { asked } from "./ask-git.ts";
import { commitFiles } from "./commit-files.ts";
import { type AllFiles, withSubmodules } from "./submodule-files.ts";

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
  /** The files of a commit and its submodules. */
  files(commit: string): AllFiles;
  /** The bytes of what has this id, however many; null: it is no file. */
  blob(id: string): Uint8Array | null;
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
    files: (commit) => withSubmodules(root, commitFiles(root, commit)),
    blob: (id) => (/^[0-9a-f]+$/.test(id) ? asked(root, ["cat-file", "blob", id]) : null),
  };
}
