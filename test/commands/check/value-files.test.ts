import { describe, expect, test } from "vitest";
import { checked } from "./checked.ts";
import { scratch } from "./repositories.ts";

const SOURCE = `variable "logging" {
  default = true
}
variable "size" {
  default = 3
}
resource "aws_cloudtrail" "main" {
  name           = "organization"
  s3_bucket_name = "logs"
  enable_logging = var.logging
}
resource "aws_instance" "other" {
  cpu_core_count = var.size
}
`;
const TEMPLATE = `Parameters:
  Logging: { Type: String, Default: "true" }
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { S3BucketName: logs, IsLogging: !Ref Logging }
`;
const CONFIG = "stacks: [{ name: prod, path: infra, variableFiles: [infra/env/prod.tfvars] }]\n";

type Texts = Record<string, string>;

/** What is said first, and what is noted of the stack. */
async function told(base: Texts, change: Record<string, string | null>) {
  const repository = scratch();
  repository.commit(base);
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const { results, code, err } = await checked(repository.path, ["--base-ref", "main"]);
  const { gate } = results();
  const notes = gate.stacks
    .flatMap((stack) => stack.notes)
    .filter((each) => each.includes("may be in"));
  return { lead: gate.lead, notes, code, err };
}

const HOLDS: [path: string, text: string][] = [
  ["infra/prod.tfvars", "logging = false\n"],
  ["infra/env/prod.tfvars", "# of production\n  logging=false\n"],
  ["infra/a/b/prod.tfvars.json", '{ "logging": false }'],
];
const PARAMETERS: [path: string, text: string][] = [
  ["infra/params.json", '[{ "ParameterKey": "Logging", "ParameterValue": "false" }]'],
  ["infra/env/prod.json", '{ "Parameters": { "Logging": "false" } }'],
  ["infra/overrides.json", '["Logging=false"]'],
  [
    "infra/samconfig.toml",
    '[prod.deploy.parameters]\nparameter_overrides = "Other=\\"x\\" Logging=\\"false\\""\n',
  ],
];

describe.each([
  [
    "infra/main.tf",
    SOURCE,
    "logging",
    HOLDS,
    "stacks: [{ name: infra, path: infra, variableFiles: [",
  ],
  ["infra/trail.yaml", TEMPLATE, "Logging", PARAMETERS, "path: infra/trail.yaml, parameters: {"],
] as const)("%s", (file, source, name, files, cure) => {
  test.each(files)("a change of %s, which nobody names, is told first", async (path, text) => {
    const added = await told({ [file]: source }, { [path]: text });
    const changed = await told(
      { [file]: source, [path]: text.replace("false", "true") },
      { [path]: text },
    );
    const gone = await told({ [file]: source, [path]: text }, { [path]: null });
    for (const { lead, notes, err } of [added, changed, gone]) {
      expect(lead, err).toEqual([
        expect.stringContaining(`The change touches ${path}, which may hold values for ${name} of`),
      ]);
      expect(lead[0]).toContain(cure);
      expect(notes).toEqual([]);
    }
  });

  test.each(files)("%s, which stays as it is, is noted", async (path, text) => {
    const { lead, notes } = await told({ [file]: source, [path]: text }, { "other.txt": "x" });
    expect(lead).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(`Values for ${name} may be in ${path}`)]);
    expect(notes[0]).toContain(cure);
  });
});

test.each<[name: string, base: Texts, change: Texts]>([
  [
    "values for variables that nothing asks",
    { "infra/main.tf": SOURCE },
    { "infra/prod.tfvars": "size = 4\n" },
  ],
  [
    "values that Terraform reads by itself",
    { "infra/main.tf": SOURCE },
    { "infra/terraform.tfvars": "logging = true\n" },
  ],
  [
    "values that the config names",
    { "infra/main.tf": SOURCE, "trailproof.yaml": CONFIG, "infra/env/prod.tfvars": "size = 4\n" },
    { "infra/env/dev.tfvars": "logging = false\n" },
  ],
  [
    "values far below",
    { "infra/main.tf": SOURCE },
    { "infra/a/b/c/prod.tfvars": "logging = false\n" },
  ],
  [
    "JSON that is something else",
    { "infra/trail.yaml": TEMPLATE },
    { "infra/package.json": '{ "Logging": "false" }' },
  ],
  [
    "another template",
    { "infra/trail.yaml": TEMPLATE },
    {
      "infra/other.json": '{ "Parameters": { "Logging": { "Type": "String" } }, "Resources": {} }',
    },
  ],
])("%s: nothing is said", async (_, base, change) => {
  const { lead, notes, err } = await told(base, change);
  expect([...lead, ...notes], err).toEqual([]);
});
