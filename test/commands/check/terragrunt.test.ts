import { expect, test } from "vitest";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const MODULE = `variable "logging" {
  default = true
}
provider "aws" {
  region = "eu-west-1"
}
resource "aws_cloudtrail" "main" {
  name                  = "main"
  s3_bucket_name        = "logs"
  is_multi_region_trail = true
  enable_logging        = var.logging
}
`;
const live = (logging: string) =>
  `terraform {\n  source = "../../modules//trail"\n}\ninputs = {\n  logging = ${logging}\n}\n`;
const BASE = { "modules/trail/main.tf": MODULE, "live/audit/terragrunt.hcl": live("true") };
const TRAIL = "live/audit#module.audit.aws_cloudtrail.main";

async function judged(head: Record<string, string | null>) {
  const { path, git, commit } = scratch();
  commit(BASE);
  const before = git("rev-parse", "HEAD");
  commit(head);
  const { code, results } = await checked(path, ["--base-ref", before]);
  const found = lines(results()).filter((line) => line.startsWith("regression"));
  return { code, found };
}

test.for<[string, Record<string, string | null>, string]>([
  [
    "turns a trail off by a value",
    { "live/audit/terragrunt.hcl": live("false") },
    `fail change-keeps-trail-recording ${TRAIL}`,
  ],
  [
    "computes whether a trail is on",
    { "live/audit/terragrunt.hcl": live("dependency.x.outputs.logging") },
    `unknown change-keeps-trail-recording ${TRAIL}`,
  ],
  [
    "takes a trail's file away",
    { "live/audit/terragrunt.hcl": null },
    `fail change-keeps-trail ${TRAIL}`,
  ],
  [
    "applies another module",
    { "live/audit/terragrunt.hcl": live("true").replace("trail", "none"), "modules/none/a.tf": "" },
    `fail change-keeps-trail ${TRAIL}`,
  ],
])("a change gates that %s with Terragrunt", async ([, head, line]) => {
  const { code, found } = await judged(head);
  expect(found).toContain(`regression ${line}`);
  expect(code).toBe(1);
});

test("one more folder that Terragrunt applies gates nothing", async () => {
  const head = {
    "live/vpc/terragrunt.hcl": live("true").replace("trail", "vpc"),
    "modules/vpc/a.tf": "",
  };
  const { code, found } = await judged(head);
  expect(found).toEqual([]);
  expect(code).toBe(0);
});
