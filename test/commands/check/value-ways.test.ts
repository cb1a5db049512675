import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const terraform = ({ logging = "var.logging", otherwise = "true" } = {}) => `variable "logging" {
  default = ${otherwise}
}
variable "create" {
  default = true
}
resource "aws_cloudtrail" "main" {
  count          = var.create ? 1 : 0
  name           = "organization"
  s3_bucket_name = "logs"
  enable_logging = ${logging}
}
`;
const template = ({ logging = "!Ref Logging", otherwise = "true" } = {}) => `Parameters:
  Logging: { Type: String, Default: "${otherwise}" }
  Create: { Type: String, Default: "true" }
Conditions:
  Creates: !Equals [!Ref Create, "true"]
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Condition: Creates
    Properties: { S3BucketName: logs, IsLogging: ${logging} }
`;

type Values = { logging?: boolean; create?: boolean };
type Texts = Record<string, string | null>;

const TERRAFORM = {
  source: "infra/main.tf",
  written: terraform,
  file: (name: string) => `infra/env/${name}.tfvars`,
  text: (values: Values) =>
    Object.entries(values)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(""),
  config: "stacks: [{ name: prod, path: infra, variableFiles: [infra/env/prod.tfvars] }]\n",
  trail: "infra#aws_cloudtrail.main[0]",
};
const CLOUDFORMATION: typeof TERRAFORM = {
  source: "infra/trail.yaml",
  written: template,
  file: (name: string) => `infra/env/${name}.json`,
  text: (values: Values) =>
    JSON.stringify(
      Object.entries(values).map(([name, value]) => ({
        ParameterKey: name === "logging" ? "Logging" : "Create",
        ParameterValue: String(value),
      })),
    ),
  config: 'stacks: [{ name: prod, path: infra/trail.yaml, parameters: { Logging: "false" } }]\n',
  trail: "infra/trail#Trail",
};

async function judged(
  base: Texts,
  change: Texts,
  args: readonly string[] = ["--base-ref", "main"],
) {
  const repository = scratch();
  repository.commit(base);
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const run = await checked(repository.path, args);
  const results = run.results();
  const broken = results.findings.filter(({ standing }) => standing === "regression");
  return { ...run, broken, all: lines(results), gate: results.gate };
}

describe.each([
  ["Terraform", TERRAFORM],
  ["CloudFormation", CLOUDFORMATION],
])("%s", (_, { source, written, file, text, config, trail }) => {
  const [on, off] = [text({ logging: true }), text({ logging: false })];
  const [prod, dev] = [file("prod"), file("dev")];

  test.each<[string, Texts, Texts]>([
    ["is changed in one", { [source]: written(), [prod]: on }, { [prod]: off }],
    [
      "is changed in one beside another that fails",
      { [source]: written(), [prod]: on, [dev]: off },
      { [prod]: off },
    ],
    ["comes with one", { [source]: written() }, { [prod]: off }],
    [
      "comes to a source that reads what is written",
      { [source]: written({ logging: "true" }), [prod]: off },
      { [source]: written() },
    ],
    [
      "goes from a file, so that the default counts",
      { [source]: written({ otherwise: "false" }), [prod]: on },
      { [prod]: text({}) },
    ],
    [
      "is as by default in a file where it was not",
      { [source]: written({ otherwise: "false" }), [prod]: on },
      { [prod]: off },
    ],
    [
      "no longer is what the file says",
      { [source]: written({ otherwise: "false" }), [prod]: on },
      { [source]: written({ logging: "false" }) },
    ],
  ])("a value that stops the trail %s: the change breaks it", async (__, base, change) => {
    const run = await judged(base, change);
    expect(run.code, run.out).toBe(1);
    expect(run.broken.map(({ subject }) => subject.id)).toEqual([trail]);
    expect(run.broken[0]?.message).toContain(`When it is applied with ${prod}: `);
  });

  test("a trail that one file does without goes, where it was there with the same file", async () => {
    const run = await judged(
      { [source]: written(), [prod]: on, [dev]: text({ create: false }) },
      { [prod]: text({ create: false }) },
    );
    expect(run.code, run.out).toBe(1);
    expect(run.all).toContain(`regression fail change-keeps-trail ${trail}`);
    expect(run.broken[0]?.message).toContain(`When it is applied with ${prod}: `);
  });

  test.each<[string, Texts, Texts]>([
    ["stays as it is", { [source]: written(), [dev]: off }, { "other.txt": "x" }],
    ["has another name", { [source]: written(), [dev]: off }, { [dev]: null, [prod]: off }],
    [
      "is called otherwise beside one that comes",
      { [source]: written(), [dev]: off },
      { [prod]: on },
    ],
    [
      "is named by the config from now on",
      { [source]: written(), [prod]: off },
      { "trailproof.yaml": config },
    ],
  ])("a file that stops the trail and %s is old debt", async (__, base, change) => {
    const run = await judged(base, change);
    expect(run.broken, run.out).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.all).toContainEqual(expect.stringMatching(/^debt fail trail-is-logging /));
  });

  test.each<[string, Texts, Texts]>([
    [
      "has no trail and stays so",
      { [source]: written(), [dev]: text({ create: false }) },
      { [prod]: on },
    ],
    ["is an example", { [source]: written() }, { [file("prod.example")]: off }],
    ["goes", { [source]: written(), [prod]: off }, { [prod]: null }],
  ])("a file that %s breaks nothing", async (__, base, change) => {
    const run = await judged(base, change);
    expect(run.broken, run.out).toEqual([]);
    expect(run.code).toBe(0);
  });

  test("an example is said not to be judged with", async () => {
    const run = await judged({ [source]: written() }, { [file("prod.example")]: off });
    expect(run.gate.stacks.flatMap(({ notes }) => notes)).toContain(
      `Being called an example, ${file("prod.example")} is not judged with.`,
    );
  });

  test("where the config names values, they alone count", async () => {
    const named = { "trailproof.yaml": config, [source]: written(), [prod]: off, [dev]: on };
    const run = await judged(named, { [dev]: off });
    expect(run.broken, run.out).toEqual([]);
    expect(run.gate.lead).toEqual([]);
  });

  test("a config that names a file on a laptop breaks nothing", async () => {
    const repository = scratch();
    repository.commit({ [source]: written(), [prod]: off });
    writeFileSync(join(repository.path, "trailproof.yaml"), config);
    const run = await checked(repository.path);
    expect(run.code, run.out).toBe(0);
  });

  test("of many files those go first that the change touches, and the rest is named", async () => {
    const files = "abcdefghij".split("").map((name) => [file(name), on] as const);
    const base = { [source]: written({ otherwise: "false" }), ...Object.fromEntries(files) };
    const run = await judged(base, { [file("j")]: off });
    expect(run.code, run.out).toBe(1);
    expect(run.broken[0]?.message).toContain(`When it is applied with ${file("j")}: `);
    expect(run.gate.stacks.flatMap(({ notes }) => notes).join("\n")).toContain(
      `There are too many files of values to judge with each: ${file("h")}, ${file("i")} are not tried`,
    );
  });

  test("a file that cannot be read is not judged with, which is told first", async () => {
    const run = await judged({ [source]: written(), [prod]: on }, { [prod]: "logging = {\n" });
    expect(run.code, run.out).toBe(0);
    expect(run.gate.lead).toEqual([expect.stringMatching(`touches ${prod}, .* is not judged`)]);
    expect(run.gate.stacks.flatMap(({ notes }) => notes).join("\n")).toContain(
      `${prod} is not judged with: `,
    );
  });
});

describe("values in a folder with configuration of its own", () => {
  const values = { "infra/main.tf": terraform(), "infra/env/prod.tfvars": "logging = true\n" };
  const change = { "infra/env/prod.tfvars": "logging = false\n" };
  const declares = 'variable "logging" {}\n';

  test.each<[string, Texts, Texts, number]>([
    [
      "that declares the variable are its own",
      { ...values, "infra/env/more.tf": declares },
      change,
      0,
    ],
    [
      "that declares no such variable may be of the one around",
      { ...values, "infra/env/more.tf": "locals {}\n" },
      change,
      1,
    ],
    [
      "that comes with the change are whose they were",
      values,
      { ...change, "infra/env/more.tf": declares },
      1,
    ],
  ])("%s", async (_, base, changes, code) => {
    const run = await judged(base, changes);
    expect(run.code, run.out).toBe(code);
  });
});

test("conditions that stay open with a file's values are told beside the file", async () => {
  const open = template().replace(
    'Create: { Type: String, Default: "true" }',
    "Stage: { Type: String }",
  );
  const source = open
    .replace("!Equals [!Ref Create", "!Equals [!Ref Stage")
    .replace("IsLogging: !Ref Logging", "IsLogging: !If [Creates, !Ref Logging, true]")
    .replace("    Condition: Creates\n", "");
  const file = "infra/prod.json";
  const run = await judged(
    { "infra/trail.yaml": source, [file]: '["Logging=true"]' },
    { [file]: '["Logging=false"]' },
  );
  expect(run.code, run.out).toBe(1);
  expect(run.broken[0]?.message).toContain(`When it is applied with ${file} and Creates is true: `);
});

test("stacks are applied together with the files that they call the same, and no others", async () => {
  const logs = `variable "keep" {\n  default = true\n}
resource "aws_s3_bucket" "logs" {\n  count  = var.keep ? 1 : 0\n  bucket = "logs"\n}\n`;
  const run = await judged(
    {
      "infra/main.tf": terraform(),
      "infra/env/prod.tfvars": "logging = true\ncreate = true\n",
      "infra/env/dev.tfvars": "create = false\n",
      "logs/main.tf": logs,
      "logs/env/prod.tfvars": "keep = true\n",
      "logs/env/dev.tfvars": "keep = false\n",
    },
    { "other.txt": "x" },
  );
  expect(run.broken, run.out).toEqual([]);
  expect(run.code).toBe(0);
});
