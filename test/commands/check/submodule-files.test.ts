import { join } from "node:path";
import { expect, test } from "vitest";
import { STACK, stack } from "./a-stack.ts";
import { checked, lines } from "./checked.ts";
import { type Scratch, scratch } from "./repositories.ts";

const VALIDATION = "trail-log-file-validation-enabled";
const off = stack(["= var.validation", "= false"]);
const allow = ["-c", "protocol.file.allow=always"];
const call = 'module "a" {\n  source = "../modules/audit"\n}\n';

/** A repository with another as a submodule, and a branch that changes it. */
function withSubmodule(text: string): { all: Scratch; inner: Scratch; path: string } {
  const inner = scratch();
  inner.commit({ "main.tf": text });
  const all = scratch();
  all.commit({ "prod/main.tf": call });
  all.git(...allow, "submodule", "--quiet", "add", `file://${inner.path}`, "modules/audit");
  all.commit({});
  all.git("checkout", "--quiet", "-b", "change");
  return { all, inner, path: join(all.path, "modules/audit") };
}

const judged = async ({ path }: Scratch) => {
  const run = await checked(path, ["--policy", VALIDATION, "--base-ref", "main"]);
  return { ...run, found: run.code === 2 ? [] : lines(run.results()) };
};
const trail = `${VALIDATION} prod#module.a.aws_cloudtrail.main`;

test("what a submodule lacked before the change is old, and what its new commit lacks is new", async () => {
  const old = withSubmodule(off);
  old.all.commit({ "README.md": "more" });
  expect((await judged(old.all)).found).toEqual([`debt fail ${trail}`]);
  const changed = withSubmodule(STACK);
  changed.inner.commit({ "main.tf": off });
  changed.all.git(...allow, "-C", changed.path, "pull", "--quiet", "origin", "main");
  changed.all.commit({});
  expect((await judged(changed.all)).found).toEqual([`regression fail ${trail}`]);
});

test("a submodule whose clone lacks the base's commit is compared with nothing, and its cure is told", async () => {
  const { all, inner, path } = withSubmodule(off);
  inner.commit({ "main.tf": `${off}# later\n` });
  all.git("-C", path, "checkout", "--quiet", "--orphan", "alone");
  all.git(...allow, "-C", path, "fetch", "--quiet", "--depth", "1", "origin", "main");
  all.git("-C", path, "reset", "--quiet", "--hard", "FETCH_HEAD");
  for (const name of ["main", "origin/main", "origin/HEAD"]) {
    all.git(
      "-C",
      path,
      "update-ref",
      "-d",
      `refs/${name === "main" ? "heads" : "remotes"}/${name}`,
    );
  }
  all.git("-C", path, "reflog", "expire", "--expire=now", "--all");
  all.git("-C", path, "gc", "--quiet", "--prune=now");
  all.commit({});
  const { code, err } = await judged(all);
  expect(code).toBe(2);
  expect(err).toContain("modules/audit");
});
