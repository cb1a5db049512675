import { expect, test } from "vitest";
import { checked, write } from "../commands/check/checked.ts";
import { aBlock, aChange, aPlan, type Loose, refersTo } from "../templates/plan/a-plan.ts";
import { folder } from "../whole-path/judged.ts";

// Two modules may each call a trail the same, even at the same line: an address tells them apart.

const GOOD = `resource "aws_cloudtrail" "main" {
  name                       = "first"
  s3_bucket_name             = "logs"
  enable_log_file_validation = true
}
`;
const BAD = GOOD.replace("first", "second").replace("true", "false");

const MAIN = `module "a" {
  source = "./first"
}

module "b" {
  source = "./second"
}

module "c" {
  for_each = toset(["x.y", "z"])
  source   = "./second"
}
`;

const SOURCES = { "main.tf": MAIN, "first/main.tf": GOOD, "second/main.tf": BAD };
const FLAWED = [
  "module.b.aws_cloudtrail.main",
  'module.c["x.y"].aws_cloudtrail.main',
  'module.c["z"].aws_cloudtrail.main',
];

/** A plan that makes the four trails. */
function plan(): Loose {
  const aTrail = (address: string, validated: boolean) =>
    aChange(
      address,
      { after: { name: "planned", s3_bucket_name: "logs", enable_log_file_validation: validated } },
      {
        type: "aws_cloudtrail",
        name: "main",
        module_address: address.slice(0, -".aws_cloudtrail.main".length),
      },
    );
  const module = { resources: [aBlock("aws_cloudtrail.main")] };
  const calls = {
    a: { source: "./first", module },
    b: { source: "./second", module },
    c: { source: "./second", for_each_expression: {}, module },
  };
  return aPlan(
    [aTrail("module.a.aws_cloudtrail.main", true), ...FLAWED.map((each) => aTrail(each, false))],
    { configuration: { root_module: { module_calls: calls } } },
  );
}

/** Where each finding about a folder stands; without a repository nothing but what is given is read. */
async function places(files: Record<string, string>) {
  const path = folder();
  write(path, files);
  const run = await checked(path, ["--policy", "trail-log-file-validation-enabled", "."]);
  expect(run.code).toBe(1);
  const { findings } = run.results();
  return findings.map(({ subject, location }) => [subject.id, subject.name, location]);
}

const second = expect.objectContaining({ file: "second/main.tf", line: 4 });

test.for([
  ["source", "second", SOURCES],
  ["plan", "planned", { ...SOURCES, "plan.json": JSON.stringify(plan()) }],
] as const)("in a %s each finding stands in its own module", async ([, name, files]) => {
  const found = await places(files);
  expect(found).toEqual(FLAWED.map((address) => [`.#${address}`, name, second]));
});

test.for<[string, Loose, string]>([
  ["that is made in another module", refersTo("module.kms.arn", "module.kms"), "pass"],
  ["that an expression chooses", refersTo("module.kms.arn", "module.kms", "var.own"), "unknown"],
  ["that a variable may give", refersTo("var.own"), "unknown"],
])("a plan in which a trail gets a key %s", async ([, expression, verdict]) => {
  const path = folder();
  write(path, { "plan.json": JSON.stringify(withKey(expression)) });
  const run = await checked(path, ["--all", "--policy", "trail-encrypted-with-kms", "plan.json"]);
  const { verdicts }: { verdicts: { verdict: string }[] } = JSON.parse(run.file("results.json"));
  expect(verdicts.map((each) => each.verdict)).toEqual([verdict]);
});

/** A plan of a key in one module and a trail in another, which gets its key by a variable. */
function withKey(expression: Loose): Loose {
  const key = aChange(
    "module.kms.aws_kms_key.main",
    { after: {}, after_unknown: { arn: true, id: true } },
    { module_address: "module.kms" },
  );
  const trail = aChange(
    "module.trail.aws_cloudtrail.main",
    { after: { name: "t", s3_bucket_name: "logs" }, after_unknown: { kms_key_id: true } },
    { module_address: "module.trail" },
  );
  const kms = {
    resources: [aBlock("aws_kms_key.main")],
    outputs: { arn: { expression: refersTo("aws_kms_key.main.arn", "aws_kms_key.main") } },
  };
  const inner = {
    resources: [aBlock("aws_cloudtrail.main", { kms_key_id: refersTo("var.key") })],
    variables: { key: {} },
  };
  const module_calls = {
    kms: { source: "./kms", module: kms },
    trail: { source: "./trail", expressions: { key: expression }, module: inner },
  };
  const variables = { own: { default: null } };
  return aPlan([key, trail], { configuration: { root_module: { module_calls, variables } } });
}
