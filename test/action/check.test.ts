import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STACK, stack } from "../commands/check/a-stack.ts";
import { cloned, pullRequest, type Scratch } from "../commands/check/repositories.ts";
import { aChange, aPlan } from "../templates/plan/a-plan.ts";
import { commandsIn, freshBundle, type Step, step } from "./step.ts";

let bundle = "";
beforeAll(async () => {
  bundle = await freshBundle();
}, 60_000);
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

const NAME = "owner/repository";
const check = { command: "check", policy: "trail-log-file-validation-enabled", redact: "false" };
const off = stack(["= var.validation", "= false"]);

/** The step of a pull request, in a clone of the merge commit. */
function run(folder: string, from: string, given: Partial<Step> = {}) {
  const pull_request = { head: { repo: { full_name: from } } };
  return step(join(bundle, "action.js"), {
    inputs: check,
    folder,
    eventName: "pull_request",
    event: { repository: { full_name: NAME, private: true }, pull_request },
    ...given,
  });
}

/** A clone, so deep, of what GitHub would merge. */
const merged = (
  base: Record<string, string>,
  change: Record<string, string>,
  depth: number,
): Scratch => cloned(pullRequest(base, change), depth, "merged");

test("a pull request that breaks the trail, cloned at depth 2: exit code 1, one mark at the line, outputs and files", async () => {
  const clone = merged({ "audit/main.tf": STACK }, { "audit/main.tf": off }, 2);
  const { exitCode, stdout, outputs, summary } = await run(clone.path, NAME);
  expect(exitCode, stdout).toBe(1);
  const line = STACK.split("\n").findIndex((each) => each.includes("enable_log_file")) + 1;
  const marks = commandsIn(stdout).filter((each) => /^::(error|warning|notice)/.test(each));
  expect(marks).toHaveLength(1);
  expect(marks[0]).toContain(`file=audit/main.tf,line=${line},`);
  expect(outputs).toMatchObject({
    outcome: "fail",
    complete: "true",
    "new-count": "1",
    "failed-count": "1",
    "audited-count": "1",
    "expected-count": "1",
  });
  expect(summary).toContain(`audit/main.tf:${line}`);
  const sarif = JSON.parse(readFileSync(join(clone.path, outputs["sarif-file"] ?? ""), "utf8"));
  const [location] = sarif.runs[0].results[0].locations;
  expect(location.physicalLocation.artifactLocation.uri).toBe("audit/main.tf");
  expect(existsSync(join(clone.path, location.physicalLocation.artifactLocation.uri))).toBe(true);
  expect(sarif.runs[0].automationDetails.id).toBe("trailproof-gate/");
});

test("cloned at depth 1 it cannot run, and says which setting cures that", async () => {
  const clone = merged({ "main.tf": STACK }, { "main.tf": off }, 1);
  const { exitCode, outputs, summary } = await run(clone.path, NAME);
  expect(exitCode).toBe(2);
  expect(outputs["outcome"] ?? "").toBe("");
  expect(summary).toContain("fetch-depth: 2");
});

const stacks = (names: readonly string[]) =>
  `stacks:\n${names.map((name) => `  - { name: ${name}, path: ${name}, plan: ${name}/plan.json }\n`).join("")}`;

const plan = (validation: boolean) => {
  const trail = (enabled: boolean) => ({
    name: "organization",
    s3_bucket_name: "logs",
    is_multi_region_trail: true,
    enable_log_file_validation: enabled,
  });
  const change = { actions: ["update"], before: trail(true), after: trail(validation) };
  return JSON.stringify(aPlan([aChange("aws_cloudtrail.main", change)]));
};

test("a fork's pull request has no plan: its source is judged, and that is said first", async () => {
  const clone = merged(
    { "audit/main.tf": STACK, "trailproof.yaml": stacks(["audit"]) },
    { "audit/main.tf": off },
    2,
  );
  const inputs = { ...check, paths: "audit/plan.json" };
  const fork = await run(clone.path, "stranger/repository", { inputs });
  expect(fork.exitCode, fork.stdout).toBe(1);
  expect(fork.summary.split("\n").find((each) => /fork/.test(each))).toMatch(/source/);
  const own = await run(clone.path, NAME, { inputs });
  expect(own.exitCode).toBe(2);
});

test("of forty stacks one has neither plan nor source: incomplete, and it is named; a broken one goes before", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `stack-${index}`);
  const files = Object.fromEntries(
    names.slice(0, 39).map((name) => [`${name}/plan.json`, plan(true)]),
  );
  const base = { "trailproof.yaml": stacks(names), "README.md": "stacks" };
  const clone = merged(base, { "README.md": "more" }, 2);
  const write = (more: Record<string, string>) => clone.commit(more);
  write(files);
  clone.git("reset", "--quiet", "--soft", "HEAD~1");
  const { exitCode, outputs, summary } = await run(clone.path, NAME);
  expect(exitCode).toBe(3);
  expect(outputs).toMatchObject({
    outcome: "incomplete",
    complete: "false",
    "audited-count": "39",
    "expected-count": "40",
    "sarif-file": "",
  });
  expect(summary).toContain("stack-39");
  write({ "stack-7/plan.json": plan(false) });
  clone.git("reset", "--quiet", "--soft", "HEAD~1");
  const broken = await run(clone.path, NAME);
  expect(broken.exitCode).toBe(1);
  expect(broken.outputs["new-count"]).toBe("1");
});
