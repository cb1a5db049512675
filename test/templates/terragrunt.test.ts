import { describe, expect, test } from "vitest";
import { findInputs } from "../../src/templates/find.ts";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { rootsAmong } from "../../src/templates/terraform-source-roots.ts";
import { filesOf } from "./files-in-memory.ts";

const MODULE = `variable "logging" {
  default = true
}
variable "bucket" {
  default = "by-default"
}
resource "aws_cloudtrail" "t" {
  name           = "t"
  s3_bucket_name = var.bucket
  enable_logging = var.logging
}
`;
const SOURCE = 'terraform {\n  source = "../../modules//trail"\n}\n';

type Texts = { [path: string]: string };

const state = (texts: Texts) =>
  readTerraformSource(filesOf({ "modules/trail/main.tf": MODULE, ...texts }), "live/audit", {
    stack: "audit",
  }).after[0];

function trail(texts: Texts) {
  const [found] = state(texts).resources;
  return found ?? expect.fail("no trail");
}
const bucket = (own: string, more: Texts = {}) =>
  trail({ "live/audit/terragrunt.hcl": own, ...more }).values["s3_bucket_name"];

describe("a module that Terragrunt applies", () => {
  test("is read with the values that it is given, and with its defaults", () => {
    const { address, values } = trail({
      "live/audit/terragrunt.hcl": `${SOURCE}inputs = {\n  bucket = "x"\n}\n`,
    });
    expect(address).toBe("module.audit.aws_cloudtrail.t");
    expect(values).toMatchObject({ s3_bucket_name: "x", enable_logging: true });
  });

  test.for<[string, string, string]>([
    ["a relative path", '"../../modules/trail"', ""],
    ["the repository's root", '"${get_repo_root()}/modules//trail"', ""],
    ["its own folder", '"${get_terragrunt_dir()}/../../modules/trail"', ""],
    ["a folder around", '"${find_in_parent_folders("modules")}//trail"', ""],
    ["a local", "local.source", 'locals {\n  source = "../../modules//trail"\n}\n'],
  ])("is found by %s", ([, source, more]) => {
    const text = `${more}terraform {\n  source = ${source}\n}\ninputs = { bucket = "x" }\n`;
    expect(bucket(text)).toBe("x");
  });

  test("is located in its own files", () => {
    const { locate } = trail({ "live/audit/terragrunt.hcl": SOURCE });
    expect(locate("/enable_logging")).toMatchObject({ file: "modules/trail/main.tf", line: 10 });
  });

  test("from elsewhere is one that is not at hand", () => {
    const source = 'source = "git::https://example.com/trail.git//x?ref=v1"';
    const { resources, unseen } = state({
      "live/audit/terragrunt.hcl": `terraform {\n  ${source}\n}\ninputs = { bucket = "x" }\n`,
    });
    expect(resources).toEqual([]);
    expect(unseen?.modules).toMatchObject([
      { address: "module.audit", arguments: { bucket: "x" } },
    ]);
  });
});

describe("what a file of Terragrunt gives", () => {
  const INCLUDE = 'include "root" {\n  path = find_in_parent_folders()\n}\n';

  test("comes under what it gives itself where it includes another", () => {
    const more = { "live/terragrunt.hcl": 'inputs = {\n  bucket = "x"\n  logging = false\n}\n' };
    const own = `${SOURCE}${INCLUDE}inputs = { bucket = "y" }\n`;
    const { values } = trail({ "live/audit/terragrunt.hcl": own, ...more });
    expect(values).toMatchObject({ s3_bucket_name: "y", enable_logging: false });
  });

  test("may be the source that another names", () => {
    const common = `${SOURCE}inputs = { bucket = "x" }\n`;
    const own = 'include {\n  path = "../common.hcl"\n}\n';
    expect(bucket(own, { "live/common.hcl": common })).toBe("x");
  });

  test.for<[string, string]>([
    ["what it includes is not there", `${SOURCE}${INCLUDE}inputs = { logging = true }\n`],
    ["it merges deeply", `${SOURCE}include {\n  path = "../x.hcl"\n  merge_strategy = "deep"\n}\n`],
    ["all of it is computed", `${SOURCE}inputs = dependency.vpc.outputs\n`],
    ["the value is computed", `${SOURCE}inputs = { bucket = dependency.vpc.outputs.bucket }\n`],
  ])("is not known, and no default, where %s", ([, own]) => {
    expect(bucket(own, { "live/x.hcl": "inputs = {}\n" })).toHaveProperty("$unknown");
  });

  test("may come from another file that it reads", () => {
    const own = `locals {\n  env = read_terragrunt_config(find_in_parent_folders("env.hcl"))\n}\n${SOURCE}inputs = { bucket = local.env.locals.bucket }\n`;
    expect(bucket(own, { "live/env.hcl": 'locals {\n  bucket = "x"\n}\n' })).toBe("x");
  });

  test("counts for configuration beside it, under files of values", () => {
    const read = (more: Texts) =>
      readTerraformSource(
        filesOf({ "main.tf": MODULE, "terragrunt.hcl": 'inputs = { bucket = "x" }\n', ...more }),
        "",
        { stack: "here" },
      ).after[0].resources[0]?.values["s3_bucket_name"];
    expect(read({})).toBe("x");
    expect(read({ "terraform.tfvars": 'bucket = "y"\n' })).toBe("y");
  });

  test("ends where files read each other in a circle", () => {
    const include = 'include "a" {\n  path = "terragrunt.hcl"\n}\n'.repeat(9);
    expect(bucket(`${SOURCE}${include.replaceAll('"a"', "")}`)).toHaveProperty("$unknown");
    const own = `locals {\n  me = read_terragrunt_config("terragrunt.hcl")\n}\n${SOURCE}inputs = { bucket = local.me.inputs.bucket }\n`;
    expect(bucket(own)).toHaveProperty("$unknown");
  });
});

describe("a search", () => {
  const files = filesOf({
    "live/terragrunt.hcl": 'remote_state {\n  backend = "s3"\n}\n',
    "live/audit/terragrunt.hcl": SOURCE,
    "modules/trail/main.tf": `terraform {\n  backend "s3" {}\n}\n${MODULE}`,
  });

  test("finds folders that Terragrunt applies, and not those that are only included", () => {
    expect(findInputs(files).configurations).toEqual(["live/audit", "modules/trail"]);
  });

  test("takes what they apply for modules, although these say that their state is kept somewhere", () => {
    expect(rootsAmong(files, ["live/audit", "modules/trail"])).toEqual({
      roots: ["live/audit"],
      modules: ["modules/trail"],
    });
  });
});
