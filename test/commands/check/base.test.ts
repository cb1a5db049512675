import { expect, test } from "vitest";
import { baseOf, type Event } from "../../../src/commands/check/base.ts";
import { repositoryOf } from "../../../src/commands/check/git.ts";
import { folder } from "../../whole-path/judged.ts";
import { cloned, type Scratch, scratch } from "./repositories.ts";

const base = ({ path }: Scratch, asked: { baseRef?: string; event?: Event } = {}) => {
  const repository = repositoryOf(path);
  if (repository === null) throw new Error("no repository");
  return baseOf(repository, { baseRef: asked.baseRef, event: asked.event ?? null });
};

/** A branch that left main, main gone on, and the merge that GitHub would make of them. */
function pullRequest() {
  const origin = scratch();
  const fork = origin.commit({ "a.tf": "1" });
  origin.git("checkout", "--quiet", "-b", "feature");
  const head = origin.commit({ "b.tf": "2" });
  origin.git("checkout", "--quiet", "main");
  const main = origin.commit({ "c.tf": "3" });
  origin.git("checkout", "--quiet", "-b", "merged");
  origin.git("merge", "--quiet", "--no-ff", "--message", "merge", "feature");
  const merge = origin.git("rev-parse", "HEAD");
  const payload = { pull_request: { base: { sha: main }, merge_commit_sha: merge } };
  return { origin, fork, head, main, merge, event: { name: "pull_request", payload } };
}

test("a pull request is compared with the base branch that GitHub merged it into", () => {
  const { origin, main, event } = pullRequest();
  expect(base(origin, { event })?.commit).toBe(main);
  expect(base(cloned(origin, 2, "merged"), { event })?.commit).toBe(main);
});

test("a pull request cloned one commit deep ends with the cure, and is compared with nothing else", () => {
  const { origin, event } = pullRequest();
  expect(() => base(cloned(origin, 1, "merged"), { event })).toThrow(
    expect.objectContaining({
      code: "bad-option",
      cure: expect.stringContaining("fetch-depth: 2"),
    }),
  );
});

test("a pull request whose own branch was checked out is compared with where it left the base", () => {
  const { origin, fork, event } = pullRequest();
  origin.git("checkout", "--quiet", "feature");
  expect(base(origin, { event })?.commit).toBe(fork);
});

/** A branch into which its author merged main, as "Update branch" does, checked out by itself. */
function updatedBranch() {
  const all = pullRequest();
  all.origin.git("checkout", "--quiet", "feature");
  all.origin.git("merge", "--quiet", "--no-ff", "--message", "update", "main");
  return { ...all, updated: all.origin.git("rev-parse", "HEAD") };
}

test.each(["pull_request", "pull_request_target"])(
  "in %s a branch that its author merged the base into is compared with the base, not with itself",
  (name) => {
    const { origin, main, merge, updated } = updatedBranch();
    const told = { base: { sha: main }, head: { sha: updated }, merge_commit_sha: merge };
    const sha = name === "pull_request" ? merge : main;
    for (const pull_request of [told, { ...told, merge_commit_sha: null }, { base: told.base }]) {
      const found = base(origin, { event: { name, payload: { pull_request }, sha } });
      expect(found).toEqual({ commit: main, what: "where this left the base branch" });
    }
  },
);

test("a branch's own merge commit whose base the clone lacks ends with the cure", () => {
  const { origin, updated } = updatedBranch();
  const pull_request = { base: { sha: "f".repeat(40) }, head: { sha: updated } };
  const event = { name: "pull_request", payload: { pull_request } };
  expect(() => base(cloned(origin, 2, "feature"), { event })).toThrow(
    expect.objectContaining({ code: "bad-option", cure: expect.stringContaining("--base-ref") }),
  );
});

test("what GitHub would merge is known by GITHUB_SHA, as the payload may tell an older one", () => {
  const { origin, main, head, fork, merge } = pullRequest();
  const pull_request = { base: { sha: fork }, head: { sha: head }, merge_commit_sha: fork };
  for (const name of ["pull_request", "pull_request_review"]) {
    const event = { name, payload: { pull_request }, sha: merge };
    expect(base(origin, { event })?.commit).toBe(main);
  }
});

test("an event that names no base has none that a source could be compared with", () => {
  const { origin } = pullRequest();
  for (const name of ["workflow_dispatch", "schedule", "issue_comment", "workflow_run"]) {
    const { refused } = base(origin, { event: { name, payload: {} } }) ?? {};
    expect(refused).toMatchObject({
      code: "bad-option",
      cure: expect.stringContaining("base-ref"),
    });
  }
});

test("the base checked out for pull_request_target holds no change, and why that is dangerous is said", () => {
  const { origin, main, head } = pullRequest();
  origin.git("checkout", "--quiet", "main");
  const payload = { pull_request: { base: { sha: main }, head: { sha: head } } };
  const event = { name: "pull_request_target", payload, sha: main };
  const { commit, refused } = base(origin, { event }) ?? {};
  expect(commit).toBe(main);
  expect(refused?.message).toContain("secrets");
});

test("a merge group and a push are compared with what the event names", () => {
  const { origin, main, fork } = pullRequest();
  const group = { name: "merge_group", payload: { merge_group: { base_sha: main } } };
  expect(base(origin, { event: group })?.commit).toBe(main);
  expect(base(origin, { event: { name: "push", payload: { before: fork } } })?.commit).toBe(fork);
});

test("the first push of a branch has nothing before it: all is new", () => {
  const { origin } = pullRequest();
  const payload = { before: "0".repeat(40) };
  expect(base(origin, { event: { name: "push", payload } })).toBeNull();
});

test.each<[string, Event]>([
  ["names no commit", { name: "push", payload: {} }],
  ["names one that the clone lacks", { name: "push", payload: { before: "f".repeat(40) } }],
  ["names an option of git", { name: "push", payload: { before: "--output=/tmp/x" } }],
  ["has no payload", { name: "merge_group", payload: null }],
])("an event that %s ends the run with the cure", (_, event) => {
  const { origin } = pullRequest();
  expect(() => base(origin, { event })).toThrow(expect.objectContaining({ code: "bad-option" }));
});

test("--base-ref goes before the event, and stands for where the branch left it", () => {
  const { origin, fork, event } = pullRequest();
  origin.git("checkout", "--quiet", "feature");
  expect(base(origin, { baseRef: "main", event })?.commit).toBe(fork);
  expect(() => base(origin, { baseRef: "nowhere" })).toThrow(/`nowhere`/);
  expect(() => base(origin, { baseRef: "--help" })).toThrow(/`--help`/);
});

test("on a laptop it is where the branch left origin/HEAD, else HEAD", () => {
  const { origin, main } = pullRequest();
  origin.git("checkout", "--quiet", "main");
  const clone = cloned(origin, 10);
  clone.commit({ "d.tf": "4" });
  expect(base(clone)).toEqual({ commit: main, what: "where this left origin/HEAD" });
  expect(base(origin)).toEqual({
    commit: main,
    what: expect.stringMatching(/^HEAD, .*--base-ref/),
  });
});

test("a repository without a commit has no base", () => {
  expect(base(scratch())).toBeNull();
});

test("a folder outside any repository has none", () => {
  expect(repositoryOf(folder())).toBeNull();
});
