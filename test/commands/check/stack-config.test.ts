import { expect, test } from "vitest";
import { stack } from "./a-stack.ts";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const VALIDATION = "trail-log-file-validation-enabled";
const SOURCE = `${stack(["= var.validation", "= var.checked"])}\nvariable "checked" {\n  type = bool\n}\n`;
const on = "checked = true\n";
const off = "checked = false\n";

const config = (name: string, files: readonly string[]) =>
  `stacks:\n  - { name: ${name}, path: infra, variableFiles: [${files.join(", ")}] }\n`;

/** What a change breaks, and whether it could be judged. */
async function judged(
  base: Record<string, string>,
  change: Record<string, string | null>,
): Promise<{ code: number; broken: string[]; stacks: string[] }> {
  const repository = scratch();
  repository.commit({ "infra/main.tf": SOURCE, ...base });
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const { code, results, err } = await checked(repository.path, ["--base-ref", "main"]);
  expect(code, err).not.toBe(2);
  const { findings, gate } = results();
  const broken = findings.filter(({ standing }) => standing === "regression");
  return {
    code,
    broken: lines({ ...results(), findings: broken }),
    stacks: gate.stacks.map(({ name }) => name),
  };
}

test("a stack that the config calls otherwise is the same stack, and what it lacked it lacked before", async () => {
  const base = {
    "prod.tfvars": off,
    "trailproof.yaml": config("audit", ["prod.tfvars"]),
  };
  const renamed = { "trailproof.yaml": config("security", ["prod.tfvars"]) };
  expect(await judged(base, renamed)).toEqual({ code: 0, broken: [], stacks: ["security"] });
});

test.each([
  ["held", on],
  ["was broken", off],
])(
  "a file of values that is moved with the config is the same: what %s is as it was",
  async (_, text) => {
    const base = { "prod.tfvars": text, "trailproof.yaml": config("prod", ["prod.tfvars"]) };
    const moved = {
      "prod.tfvars": null,
      "env/prod.tfvars": text,
      "trailproof.yaml": config("prod", ["env/prod.tfvars"]),
    };
    expect(await judged(base, moved)).toEqual({ code: 0, broken: [], stacks: ["prod"] });
  },
);

const lost = `regression fail ${VALIDATION} prod#aws_cloudtrail.main`;

test("a file of values that is still there counts, although the change names another", async () => {
  const base = { "prod.tfvars": on, "trailproof.yaml": config("prod", ["prod.tfvars"]) };
  const change = {
    "prod.tfvars": off,
    "good.tfvars": on,
    "trailproof.yaml": config("prod", ["good.tfvars"]),
  };
  expect((await judged(base, change)).broken).toContain(lost);
});

test("of files that the change names instead of what it took away, and others near, none is ruled out", async () => {
  const base = {
    "infra/prod.tfvars": on,
    "trailproof.yaml": config("prod", ["infra/prod.tfvars"]),
  };
  const change = {
    "infra/prod.tfvars": null,
    "infra/env/prod.tfvars": off,
    "infra/good.tfvars": `${on}# another\n`,
    "trailproof.yaml": config("prod", ["infra/good.tfvars"]),
  };
  expect((await judged(base, change)).broken).toContain(lost);
  const honest = { ...change, "infra/env/prod.tfvars": null };
  expect((await judged({ ...base, "infra/env/prod.tfvars": off }, honest)).broken).toEqual([]);
});
