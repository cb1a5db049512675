import { AuditError } from "../../errors.ts";
import type { Repository } from "./git.ts";

/** What a change is compared with. */
export type Base = {
  commit: string;
  /** In words, for the head of the report: `the merge base with origin/HEAD`. */
  what: string;
  /** Why only what tells its state before the change by itself can be judged; left out: it is a base. */
  refused?: AuditError;
};

/** What GitHub says of the run, as far as it tells the base. */
export type Event = {
  name: string;
  /** The payload, as JSON that came from outside. */
  payload: unknown;
  /** GITHUB_SHA: of a pull request what GitHub would merge, which the payload may tell late. */
  sha?: string | undefined;
};

const EMPTY = /^0+$/;
/** Events about a pull request, of which GITHUB_SHA is what GitHub would merge. */
const OF_PULL_REQUEST = ["pull_request", "pull_request_review", "pull_request_review_comment"];
/** This event is about a pull request too, and GITHUB_SHA is the base. */
const ON_TARGET = "pull_request_target";

/** Whether an event is about somebody's pull request; `isOnTarget`: also where the base is run. */
export const isPullRequest = (name: string, isOnTarget: boolean): boolean =>
  OF_PULL_REQUEST.includes(name) || (isOnTarget && name === ON_TARGET);

/**
 * The base: what `--base-ref` names; for a pull request the first parent of the merge commit, for a
 * merge group and a push what the event names; on a laptop the merge base with `origin/HEAD`, else
 * HEAD. null: the branch is new, or the repository empty, and everything is new. Throws `bad-option`
 * where the clone does not hold it: to judge old debt instead would be another question. What HEAD
 * alone could be compared with is `refused`: nothing that was committed would ever differ.
 */
export function baseOf(
  repository: Repository,
  { baseRef, event }: { baseRef: string | undefined; event: Event | null },
): Base | null {
  if (baseRef !== undefined) return forked(repository, baseRef);
  if (event === null) return onLaptop(repository);
  if (isPullRequest(event.name, true)) return ofPullRequest(repository, event);
  if (event.name === "merge_group") {
    return told(
      repository,
      said(event.payload, ["merge_group", "base_sha"]),
      "the merge group's base",
    );
  }
  if (event.name === "push") {
    return told(repository, said(event.payload, ["before"]), "the commit before the push");
  }
  const head = repository.commit("HEAD");
  return head === null ? null : { commit: head, what: "HEAD", refused: noBase(event.name) };
}

/** actions/checkout checks out what GitHub would merge: its first parent is the base branch as it is. */
function ofPullRequest(repository: Repository, event: Event): Base {
  const head = repository.commit("HEAD");
  const own = said(event.payload, ["pull_request", "head", "sha"]);
  const sha = said(event.payload, ["pull_request", "base", "sha"]);
  const isMerge = head !== own && (isMadeByGitHub(head, event) || (own === null && sha === null));
  if (head !== null && isMerge) {
    const [first, second] = repository.parents(head);
    if (first === undefined || second === undefined) throw missing("the merge commit's parents");
    return there(repository, first, "the base branch as it is now");
  }
  if (sha === null) throw missing("the pull request's base");
  // A branch's own last commit can be a merge as well: of the base branch into it, made by its author.
  const base = { ...forked(repository, sha), what: "where this left the base branch" };
  const isBase = base.commit === head && head !== own;
  return isBase ? { ...base, refused: onlyTheBase(event.name) } : base;
}

/** Whether a commit is the one that GitHub made to see what merging the pull request would give. */
const isMadeByGitHub = (commit: string | null, { name, payload, sha }: Event): boolean =>
  commit !== null &&
  ((sha === commit && isPullRequest(name, false)) ||
    said(payload, ["pull_request", "merge_commit_sha"]) === commit);

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

/** Who looks for what a branch committed finds nothing of it this way, and is told. */
const UNCOMMITTED =
  "HEAD, as there is no origin/HEAD: only what is not committed counts, --base-ref names another base";

function onLaptop(repository: Repository): Base | null {
  const head = repository.commit("HEAD");
  if (head === null) return null;
  const upstream = repository.commit("origin/HEAD");
  const common = upstream === null ? null : repository.mergeBase(head, upstream);
  if (common === null) return { commit: head, what: UNCOMMITTED };
  return { commit: common, what: "where this left origin/HEAD" };
}

function missing(what: string): AuditError {
  return new AuditError(
    "bad-option",
    `The clone does not hold ${what}, so there is nothing to compare the change with.`,
    "Let actions/checkout fetch it (`fetch-depth: 2` for what GitHub would merge, 0 where another commit is checked out), or name another base with --base-ref.",
  );
}

function noBase(name: string): AuditError {
  return new AuditError(
    "bad-option",
    `The event ${name.slice(0, 50)} does not say what to compare with, and a commit compared with itself shows no change.`,
    "Name the base with --base-ref (the Action's input `base-ref`), for example `origin/main`, and fetch it with `fetch-depth: 0`.",
  );
}

function onlyTheBase(name: string): AuditError {
  const why =
    name === ON_TARGET
      ? `, as actions/checkout does in ${ON_TARGET}: that event runs with the base's secrets, which a change must not reach`
      : "";
  return new AuditError(
    "bad-option",
    `The pull request's base is checked out and not the change${why}.`,
    "Run check on `pull_request`, which needs no secrets, with actions/checkout as it comes and `fetch-depth: 2`; or name the base with --base-ref (the Action's input `base-ref`).",
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
