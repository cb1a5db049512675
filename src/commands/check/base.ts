import { AuditError } from "../../errors.ts";
import type { Repository } from "./git.ts";

/** What a change is compared with. */
export type Base = {
  commit: string;
  /** In words, for the head of the report: `the merge base with origin/HEAD`. */
  what: string;
};

/** What GitHub says of the run, as far as it tells the base. */
export type Event = {
  name: string;
  /** The payload, as JSON that came from outside. */
  payload: unknown;
};

const EMPTY = /^0+$/;

/**
 * The base: what `--base-ref` names; for a pull request the first parent of the merge commit, for a
 * merge group and a push what the event names; on a laptop the merge base with `origin/HEAD`, else
 * HEAD. null: the branch is new, or the repository empty, and everything is new. Throws `bad-option`
 * where the clone does not hold it: to judge old debt instead would be another question.
 */
export function baseOf(
  repository: Repository,
  { baseRef, event }: { baseRef: string | undefined; event: Event | null },
): Base | null {
  if (baseRef !== undefined) return forked(repository, baseRef);
  if (event?.name === "pull_request" || event?.name === "pull_request_target") {
    return ofPullRequest(repository, event);
  }
  if (event?.name === "merge_group") {
    return told(
      repository,
      said(event.payload, ["merge_group", "base_sha"]),
      "the merge group's base",
    );
  }
  if (event?.name === "push") {
    return told(repository, said(event.payload, ["before"]), "the commit before the push");
  }
  return onLaptop(repository);
}

/** actions/checkout checks out what GitHub would merge: its first parent is the base branch as it is. */
function ofPullRequest(repository: Repository, event: Event): Base {
  const head = repository.commit("HEAD");
  const [first, second] = head === null ? [] : repository.parents(head);
  if (first !== undefined && second !== undefined) {
    return there(repository, first, "the base branch as it is now");
  }
  const sha = said(event.payload, ["pull_request", "base", "sha"]);
  const isMerge =
    head !== null && said(event.payload, ["pull_request", "merge_commit_sha"]) === head;
  if (isMerge || sha === null) throw missing("the merge commit's parents");
  // The pull request's own branch was checked out, not the merge commit.
  return forked(repository, sha);
}

/** Where a branch left another: what came to that since is no part of the change. */
function forked(repository: Repository, name: string): Base {
  const commit = repository.commit(name);
  if (commit === null) throw missing(`\`${name.slice(0, 100)}\``);
  const common = repository.mergeBase("HEAD", commit);
  if (common === null) throw missing(`a common ancestor with \`${name.slice(0, 100)}\``);
  return { commit: common, what: `where this left ${name.slice(0, 100)}` };
}

function told(repository: Repository, sha: string | null, what: string): Base | null {
  if (sha === null) throw missing(what);
  return EMPTY.test(sha) ? null : there(repository, sha, what);
}

function there(repository: Repository, sha: string, what: string): Base {
  const commit = repository.commit(sha);
  if (commit === null) throw missing(what);
  return { commit, what };
}

function onLaptop(repository: Repository): Base | null {
  const head = repository.commit("HEAD");
  if (head === null) return null;
  const upstream = repository.commit("origin/HEAD");
  const common = upstream === null ? null : repository.mergeBase(head, upstream);
  if (common === null) return { commit: head, what: "HEAD" };
  return { commit: common, what: "where this left origin/HEAD" };
}

function missing(what: string): AuditError {
  return new AuditError(
    "bad-option",
    `The clone does not hold ${what}, so there is nothing to compare the change with.`,
    "Let actions/checkout fetch it (`fetch-depth: 2`, or 0 for all), or name another base with --base-ref.",
  );
}

/** A commit in a payload that came from outside, by its keys; null: there is none. */
function said(payload: unknown, keys: readonly string[]): string | null {
  const value = within(payload, keys);
  return typeof value === "string" && /^[0-9a-f]{4,64}$/.test(value) ? value : null;
}

/** What a payload has under these keys; null: nothing. */
export function within(payload: unknown, keys: readonly string[]): unknown {
  let value = payload;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
    value = Reflect.get(value, key);
  }
  return value;
}
