import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aChange, aPlan } from "../../templates/plan/a-plan.ts";
import { folder } from "../../whole-path/judged.ts";
import { STACK, stack } from "./a-stack.ts";
import { checked, lines, write } from "./checked.ts";
import { cloned, pullRequest, type Scratch, scratch } from "./repositories.ts";

const VALIDATION = "trail-log-file-validation-enabled";
const only = ["--policy", VALIDATION];
const off = stack(["= var.validation", "= false"]);
const broken = [`regression fail ${VALIDATION} .#aws_cloudtrail.main`];

function event(name: string, payload: object = {}): NodeJS.ProcessEnv {
  const path = join(folder(), "event.json");
  writeFileSync(path, JSON.stringify(payload));
  return { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path };
}

const byOwner = {
  repository: { full_name: "owner/repository" },
  pull_request: { head: { repo: { full_name: "owner/repository" } } },
};

describe("the base of a pull request", () => {
  const changed = () => pullRequest({ "main.tf": STACK }, { "main.tf": off });

  test("is the merge commit's first parent, which a clone of depth 2 holds", async () => {
    const clone = cloned(changed(), 2, "merged");
    const run = await checked(clone.path, only, event("pull_request", byOwner));
    expect(run.code, run.err).toBe(1);
    expect(lines(run.results())).toEqual(broken);
    expect(run.results().gate.base?.commit).toBe(clone.git("rev-parse", "HEAD^1"));
  });

  test("is not in a clone of depth 1: that is said with its cure, and nothing is judged", async () => {
    const clone = cloned(changed(), 1, "merged");
    const run = await checked(clone.path, only, event("pull_request", byOwner));
    expect(run.code).toBe(2);
    expect(run.err).toContain("fetch-depth: 2");
  });

  test("is not a commit that its author merged the base branch into: neither source nor config", async () => {
    const origin = scratch();
    origin.commit({ "main.tf": STACK });
    origin.git("checkout", "--quiet", "-b", "change");
    const hidden = "policies: { skip: [trail-log-file-validation-enabled] }\n";
    origin.commit({ "main.tf": off, "trailproof.yaml": hidden });
    origin.git("checkout", "--quiet", "main");
    const sha = origin.commit({ "other.txt": "the base goes on" });
    origin.git("checkout", "--quiet", "change");
    origin.git("merge", "--quiet", "--no-ff", "--message", "update", "main");
    const head = { ...byOwner.pull_request.head, sha: origin.git("rev-parse", "HEAD") };
    const payload = { ...byOwner, pull_request: { head, base: { sha } } };
    const run = await checked(origin.path, [], event("pull_request", payload));
    expect(run.code, run.err).toBe(1);
    expect(lines(run.results())).toContain(broken[0]);
  });

  test("is nothing that a manual run names: source ends with the cure, a plan tells it itself", async () => {
    const origin = changed();
    const run = await checked(origin.path, only, event("workflow_dispatch"));
    expect(run.code).toBe(2);
    expect(run.err).toContain("--base-ref");
    const named = [...only, "--base-ref", "main"];
    expect((await checked(origin.path, named, event("workflow_dispatch"))).code).toBe(1);
    const trail = { name: "main", s3_bucket_name: "logs", enable_log_file_validation: true };
    const after = { ...trail, enable_log_file_validation: false };
    const change = aChange("aws_cloudtrail.main", { actions: ["update"], before: trail, after });
    write(origin.path, { "plan.json": JSON.stringify(aPlan([change])) });
    const planned = await checked(origin.path, [...only, "plan.json"], event("schedule"));
    expect(planned.code, planned.err).toBe(1);
  });

  test("leaves the work tree as it is", async () => {
    const origin = changed();
    write(origin.path, { "untracked.txt": "mine", "main.tf": `${off}# edited\n` });
    const before = origin.git("status", "--porcelain");
    await checked(origin.path, [...only, "--base-ref", "main"]);
    expect(origin.git("status", "--porcelain")).toBe(before);
    expect(origin.git("stash", "list")).toBe("");
  });
});

describe("the rules of a pull request", () => {
  const waiver = `waivers:
  - policy: ${VALIDATION}
    scope: { resources: ["prod#aws_cloudtrail.main"] }
    reason: It is late.
    owner: somebody
    expires: 2999-01-01
stacks:
  - { name: prod, path: . }
`;

  test("are those of the base: a waiver that the change brings along hides nothing, and is shown", async () => {
    const stacks = "stacks:\n  - { name: prod, path: . }\n";
    const origin = pullRequest(
      { "main.tf": STACK, "trailproof.yaml": stacks },
      { "main.tf": off, "trailproof.yaml": waiver },
    );
    const run = await checked(origin.path, only, event("pull_request", byOwner));
    expect(run.code).toBe(1);
    expect(lines(run.results())).toEqual([
      `regression fail ${VALIDATION} prod#aws_cloudtrail.main`,
    ]);
    expect(run.results().gate.rules).toMatchObject({
      hidden: [{ policy: VALIDATION, subject: "prod#aws_cloudtrail.main" }],
      added: [],
    });
    expect(run.out).toContain("rules");
  });

  test("that are there already count", async () => {
    const origin = pullRequest({ "main.tf": STACK, "trailproof.yaml": waiver }, { "main.tf": off });
    const run = await checked(origin.path, only, event("pull_request", byOwner));
    expect(run.code, run.out).toBe(0);
    expect(run.results().gate.rules).toBeNull();
  });

  test("on a laptop are those at hand", async () => {
    const repository = scratch();
    repository.commit({ "main.tf": STACK });
    write(repository.path, { "main.tf": off, "trailproof.yaml": waiver });
    expect((await checked(repository.path, only)).code).toBe(0);
  });
});

describe("what is compared", () => {
  test("outside a repository every failing verdict counts", async () => {
    const path = folder();
    write(path, { "main.tf": off });
    const run = await checked(path, only);
    expect(run.code).toBe(1);
    expect(lines(run.results())).toEqual(broken);
    expect(run.results().gate.base).toBeNull();
  });

  test("in a repository without a remote, with the last commit", async () => {
    const repository = scratch();
    repository.commit({ "main.tf": off });
    expect((await checked(repository.path, only)).code).toBe(0);
  });

  test("a push, with what was before it", async () => {
    const repository = scratch();
    const before = repository.commit({ "main.tf": STACK });
    repository.commit({ "main.tf": off });
    expect((await checked(repository.path, only, event("push", { before }))).code).toBe(1);
    const first = "0".repeat(40);
    expect((await checked(repository.path, only, event("push", { before: first }))).code).toBe(1);
  });
});

describe("inputs", () => {
  const inRepository = (files: Record<string, string>): Scratch => {
    const repository = scratch();
    repository.commit(files);
    return repository;
  };

  test("a path that matches nothing ends with exit code 2 and names it", async () => {
    const run = await checked(inRepository({ "main.tf": STACK }).path, ["plan.json"]);
    expect(run.code).toBe(2);
    expect(run.err).toContain("plan.json");
  });

  test("nothing about CloudTrail is said, and passes", async () => {
    const run = await checked(
      inRepository({ "main.tf": 'resource "null_resource" "a" {}\n' }).path,
    );
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/nothing .*CloudTrail|0 resources/i);
  });

  test("an expected stack with neither plan nor source is incomplete", async () => {
    const run = await checked(inRepository({ "main.tf": STACK }).path, [
      "--expect",
      "prod",
      ...only,
    ]);
    expect(run.code).toBe(3);
    expect(run.results()).toMatchObject({
      outcome: "incomplete",
      complete: false,
      gate: { missing: ["prod"] },
    });
  });

  test("a path outside the repository is not read", async () => {
    const other = folder();
    write(other, { "plan.json": "{}" });
    const run = await checked(inRepository({ "main.tf": STACK }).path, [join(other, "plan.json")]);
    expect(run.code).toBe(2);
    expect(run.err).toContain("outside");
  });
});

describe("the stacks of a pull request", () => {
  const owned = ["--policy", "trail-kms-key-owned-by-trail-account"];
  const ours = "111111111111";
  const theirs = "222222222222";
  const keyOf = (account: string) =>
    stack(["aws_kms_key.trail.arn", `"arn:aws:kms:us-east-1:${account}:key/k"`]);
  const config = (account: string, path = "audit") =>
    `stacks:\n  - { name: prod, path: ${path}, account: "${account}", region: us-east-1 }\n`;
  const lost = ["regression fail trail-kms-key-owned-by-trail-account prod#aws_cloudtrail.main"];

  test("are applied where the base says: a change cannot take its trail to another account", async () => {
    const origin = pullRequest(
      { "audit/main.tf": keyOf(ours), "trailproof.yaml": config(ours) },
      { "audit/main.tf": keyOf(theirs), "trailproof.yaml": config(theirs) },
    );
    const run = await checked(origin.path, owned, event("pull_request", byOwner));
    expect(run.code).toBe(1);
    expect(lines(run.results())).toEqual(lost);
  });

  test("that the change names first are not taken at its word where they were there before", async () => {
    const origin = pullRequest(
      { "audit/main.tf": keyOf(ours) },
      { "audit/main.tf": keyOf(theirs), "trailproof.yaml": config(theirs) },
    );
    const run = await checked(origin.path, owned, event("pull_request", byOwner));
    expect(run.results().outcome).not.toBe("fail");
    expect(run.results().gate.stacks).toHaveLength(1);
    const all = await checked(origin.path, [...owned, "--all"], event("pull_request", byOwner));
    expect(all.file("results.json")).toMatch(/"verdict": "unknown"/);
  });

  test("that are new are applied where the change says", async () => {
    const origin = pullRequest(
      { "README.md": "nothing yet" },
      { "audit/main.tf": keyOf(theirs), "trailproof.yaml": config(ours) },
    );
    const run = await checked(origin.path, owned, event("pull_request", byOwner));
    expect(lines(run.results())).toEqual(lost);
  });

  test("may be moved: what lay elsewhere is the same stack, and nothing is missing", async () => {
    const origin = pullRequest(
      { "audit/main.tf": keyOf(ours), "trailproof.yaml": config(ours) },
      {
        "audit/main.tf": null,
        "trails/main.tf": keyOf(ours),
        "trailproof.yaml": config(ours, "trails"),
      },
    );
    const run = await checked(origin.path, [], event("pull_request", byOwner));
    expect(run.results().gate.missing).toEqual([]);
    expect(run.results().findings.filter(({ standing }) => standing === "regression")).toEqual([]);
  });

  test("that leave together with their source are deleted, not missed", async () => {
    const origin = pullRequest(
      { "audit/main.tf": STACK, "trailproof.yaml": config(ours) },
      { "audit/main.tf": null, "trailproof.yaml": "{}\n" },
    );
    const run = await checked(origin.path, [], event("pull_request", byOwner));
    expect(run.code).toBe(1);
    expect(run.results().gate.missing).toEqual([]);
    expect(lines(run.results())).toContain(
      "regression fail change-keeps-trail prod#aws_cloudtrail.main",
    );
  });
});

describe("a change cannot hide behind", () => {
  const nothing = JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.13.0",
    planned_values: { root_module: {} },
    resource_changes: [],
    configuration: { root_module: {} },
  });
  const stopped = stack(["  tags ", "  enable_logging = false\n  tags "]);
  const gates = async (
    change: Record<string, string | null>,
    { base = {}, args = [] as string[] } = {},
  ) => {
    const origin = pullRequest({ "infra/main.tf": STACK, ...base }, change);
    const run = await checked(origin.path, args, event("pull_request", byOwner));
    const broken = run.results().findings.filter(({ standing }) => standing === "regression");
    return { ...run, broken: broken.map(({ policy }) => policy) };
  };

  test.each<[string, Record<string, string | null>, object]>([
    ["a plan that it brings along", { "infra/plan.json": nothing }, {}],
    ["one that it names", { "infra/plan.json": nothing }, { args: ["infra/plan.json"] }],
    ["one that was committed before", {}, { base: { "infra/plan.json": nothing } }],
  ])("%s: the source is judged, and that is said", async (_, change, more) => {
    const run = await gates({ "infra/main.tf": stopped, ...change }, more);
    expect(run.code).toBe(1);
    expect(run.broken).toContain("change-keeps-trail-recording");
    expect(run.out).toMatch(/plan\.json is a plan|source is judged/);
  });

  const trail = (more: string) =>
    stack(['resource "aws_cloudtrail" "main" {\n', `resource "aws_cloudtrail" "main" {\n${more}`]);

  test.each([
    ["a count that only applying tells", "  count = var.trails\n"],
    ["the name of a workspace", '  count = terraform.workspace == "audit" ? 1 : 0\n'],
    ["a flag that only applying tells", "  is_organization_trail = var.shared\n"],
  ])("%s", async (_, line) => {
    const variables = 'variable "trails" {}\nvariable "shared" {}\n';
    const shared = trail("  is_organization_trail = true\n");
    const run = await gates(
      { "infra/main.tf": `${variables}${trail(line)}` },
      { base: { "infra/main.tf": `${variables}${line.includes("shared") ? shared : STACK}` } },
    );
    expect(run.code).toBe(1);
    expect(run.broken.join()).toMatch(/change-keeps-trail/);
  });

  test("a trail of the same name that may not be there at all", async () => {
    const decoy = trail("  count = var.n\n").replaceAll("var.validation", "true");
    const run = await gates({
      "infra/main.tf": STACK.replace(/resource "aws_cloudtrail"[\s\S]*?\n}\n/, ""),
      "examples/main.tf": `variable "n" {}\n${decoy}`,
    });
    expect(run.code).toBe(1);
    expect(run.broken).toContain("change-keeps-trail");
  });

  test("a folder that nobody applies", async () => {
    const run = await gates({ "infra/main.tf": null, "archive/main.tf": STACK });
    expect(run.code).toBe(1);
    expect(run.broken).toContain("change-keeps-trail");
  });

  test("the same what was open before is open still, and gates nothing", async () => {
    const counted = `variable "trails" {}\n${trail("  count = var.trails\n")}`;
    const run = await gates(
      { "infra/main.tf": counted.replace('"security"', '"platform"') },
      { base: { "infra/main.tf": counted } },
    );
    expect(run.broken).toEqual([]);
    expect(run.code).toBe(0);
  });
});
