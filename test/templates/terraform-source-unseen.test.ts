import { expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "./files-in-memory.ts";

const WORLD = `variable "name" {
  default = "org"
}
locals {
  bucket = "\${var.name}-logs"
  again  = local.again
  ids    = { logs = aws_s3_bucket.logs.id }
}
resource "aws_s3_bucket" "logs" {
  bucket = local.bucket
}
resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id
}
resource "aws_kms_key" "trail" {}
resource "aws_kms_alias" "trail" {
  target_key_id = aws_kms_key.trail.key_id
}
data "aws_iam_policy_document" "logs" {
  statement {
    resources = ["\${aws_s3_bucket.logs.arn}/*"]
  }
}
data "aws_s3_bucket" "other" {
  bucket = "others"
}
module "inner" {
  source = "./inner"
  bucket = aws_s3_bucket.logs.id
}
module "other" {
  source = "x/other/aws"
  logs   = aws_s3_bucket.logs
}
`;
const INNER = 'variable "bucket" {}\noutput "bucket" {\n  value = var.bucket\n}\n';

const unseen = (body: string, more: { [path: string]: string } = {}) => {
  const files = { "main.tf": WORLD, "inner/main.tf": INNER, "m.tf": body, ...more };
  const { after } = readTerraformSource(filesOf(files), "", { stack: "prod" });
  return after[0].unseen;
};
const called = (body: string) =>
  unseen(body)?.modules.filter(({ address }) => address.startsWith("module.m")) ?? [];
const handed = (argument: string, more = "") => {
  const body = `module "m" {\n  source = "x/y/aws"\n  ${more}\n  a = ${argument}\n}\n`;
  const module = unseen(body)?.modules.find(({ address }) => address.startsWith("module.m"));
  return [...(module?.handed?.resources ?? [])].sort();
};

test.for<[string, string, string[]]>([
  ["nothing of the stack", '"vpc"', []],
  ["a resource", "aws_s3_bucket.logs", ["aws_s3_bucket.logs"]],
  ["its attribute in a text", '"x-${aws_s3_bucket.logs.id}"', ["aws_s3_bucket.logs"]],
  ["one of its instances", "aws_s3_bucket.logs[0].arn", ["aws_s3_bucket.logs"]],
  ["all of them", "aws_s3_bucket.logs[*].arn", ["aws_s3_bucket.logs"]],
  ["it within a call", "[for b in tolist([aws_s3_bucket.logs]) : b.id]", ["aws_s3_bucket.logs"]],
  ["an object of locals", 'local.ids["logs"]', ["aws_s3_bucket.logs"]],
  ["a local that leads back to itself", "local.again", []],
  ["a document that names it", "data.aws_iam_policy_document.logs.json", ["aws_s3_bucket.logs"]],
  [
    "what is about it",
    "aws_s3_bucket_versioning.logs.id",
    ["aws_s3_bucket.logs", "aws_s3_bucket_versioning.logs"],
  ],
  ["its alias", "aws_kms_alias.trail.arn", ["aws_kms_alias.trail", "aws_kms_key.trail"]],
  ["an output that is it", "module.inner.bucket", ["aws_s3_bucket.logs"]],
  ["any output of a module that is handed it", "module.other.x", ["aws_s3_bucket.logs"]],
])(
  "a module that is not at hand and whose call gives it %s is handed just that",
  ([, text, found]) => {
    expect(handed(text)).toEqual(found);
  },
);

test("what a call is repeated for is handed, and what it only waits for is not", () => {
  expect(handed("each.value", "for_each = local.ids")).toEqual(["aws_s3_bucket.logs"]);
  expect(handed('"x"', "depends_on = [aws_s3_bucket.logs]")).toEqual([]);
});

test("a call within a module at hand is handed what that is handed", () => {
  const inner = `${INNER}module "deep" {\n  source = "x/deep/aws"\n  bucket = var.bucket\n}\n`;
  const found = unseen("", { "inner/main.tf": inner })?.modules ?? [];
  const deep = found.find(({ address }) => address === "module.inner.module.deep");
  expect([...(deep?.handed?.resources ?? [])]).toEqual(["aws_s3_bucket.logs"]);
});

test("texts that are written are handed, also where they look something up", () => {
  const text = "data.aws_s3_bucket.other.id";
  const [module] = called(`module "m" {\n  source = "x/y/aws"\n  a = ${text}\n}\n`);
  expect([...(module?.handed?.texts ?? [])]).toContain("others");
});

test("a call is told with its arguments as they are computed, one for each of its instances", () => {
  const body = `module "m" {\n  source = "x/y/aws"\n  for_each = toset(["a", "b"])\n  name = "\${var.name}-\${each.key}"\n}\n`;
  expect(called(body)).toMatchObject([
    { address: 'module.m["a"]', arguments: { source: "x/y/aws", name: "org-a" } },
    { address: 'module.m["b"]', arguments: { source: "x/y/aws", name: "org-b" } },
  ]);
});

test("a module whose count is none is not called, and one of the own files that is not read may hold anything", () => {
  const none = unseen('module "m" {\n  source = "x/y/aws"\n  count = 0\n}\n');
  expect(none?.modules.map(({ address }) => address)).toEqual(["module.other"]);
  expect(none?.otherwise).toBeNull();
  const own = unseen('module "m" {\n  source = "../../elsewhere"\n}\n');
  expect(own?.otherwise).toMatchObject({ $unknown: { reason: "unresolved" } });
});
