import { expect, test } from "vitest";
import { readTerraformSource, type SourceOptions } from "../../src/templates/terraform-source.ts";
import { rootsAmong } from "../../src/templates/terraform-source-roots.ts";
import { filesOf } from "./files-in-memory.ts";

type Texts = { [path: string]: string };

const read = (texts: Texts, options: Partial<SourceOptions> = {}) =>
  readTerraformSource(filesOf(texts), "", { stack: "prod", ...options });
const resources = (texts: Texts, options: Partial<SourceOptions> = {}) =>
  read(texts, options).after[0].resources;
const addresses = (texts: Texts) => resources(texts).map(({ address }) => address);
/** The value of `name` of the only trail of a file. */
const nameIn = (text: string) =>
  resources({ "main.tf": text }).find(({ type }) => type === "aws_cloudtrail")?.values["name"];
const trail = (name: string, more = "") =>
  `resource "aws_cloudtrail" "t" {\n  name = ${name}\n${more}\n}\n`;
const reference = (address: string, attribute: string) => ({ $reference: { address, attribute } });
const unresolved = (detail: unknown) => ({ $unknown: { reason: "unresolved", detail } });

test.for([
  ["a variable without a value", 'variable "v" {}', "var.v", unresolved("var.v has no value here")],
  [
    "a default that its type converts",
    'variable "v" {\n type = number\n default = "7"\n}',
    "var.v",
    7,
  ],
  ["a condition that is not known between equal arms", 'variable "v" {}', 'var.v ? "a" : "a"', "a"],
  [
    "a condition that is not known between unlike arms",
    'variable "v" {}',
    'var.v ? "a" : "b"',
    unresolved("var.v has no value here"),
  ],
  ["false and what is not known", 'variable "v" {}', "false && var.v", false],
  ["what is not known or true", 'variable "v" {}', "var.v || true", true],
  [
    "a text with a hole",
    'variable "v" {}',
    '"a-${var.v}"',
    { $text: ["a-", unresolved("var.v has no value here")] },
  ],
  [
    "an id that is made on applying",
    'resource "aws_s3_bucket" "b" {\n}',
    "aws_s3_bucket.b.id",
    reference("aws_s3_bucket.b", "id"),
  ],
  [
    "an argument of another resource",
    'resource "aws_s3_bucket" "b" {\n bucket = "x"\n}',
    "aws_s3_bucket.b.bucket",
    "x",
  ],
  [
    "an optional argument that another resource leaves out",
    'resource "aws_s3_bucket" "b" {\n}',
    "aws_s3_bucket.b.force_destroy",
    unresolved("aws_s3_bucket.b.force_destroy"),
  ],
  [
    "whether an id is null",
    'resource "aws_s3_bucket" "b" {\n}',
    "aws_s3_bucket.b.id == null",
    false,
  ],
  [
    "the one of a list of instances",
    'resource "aws_s3_bucket" "b" {\n count = 1\n}',
    "one(aws_s3_bucket.b[*].arn)",
    reference("aws_s3_bucket.b[0]", "arn"),
  ],
  [
    "an instance that is not made, with another choice",
    'resource "aws_s3_bucket" "b" {\n count = 0\n}',
    'try(aws_s3_bucket.b[0].arn, "none")',
    "none",
  ],
  [
    "an instance that may be made, with another choice",
    'variable "v" {}\nresource "aws_s3_bucket" "b" {\n count = var.v ? 1 : 0\n}',
    'try(aws_s3_bucket.b[0].arn, "none")',
    unresolved("aws_s3_bucket.b, of which it is not known how many there are"),
  ],
  [
    "locals that go round",
    "locals {\n a = local.b\n b = local.a\n}",
    "local.a",
    unresolved("local.a, which depends on itself"),
  ],
  ["the time", "", "timestamp()", unresolved("timestamp()")],
  [
    "a data source that asks AWS",
    'data "aws_kms_alias" "a" {\n}',
    "data.aws_kms_alias.a.target_key_arn",
    unresolved("data.aws_kms_alias.a.target_key_arn"),
  ],
  ["equal lists, which may be of two types", "", "[] == toset([])", unresolved(expect.any(String))],
] as const)("%s", ([, before, expression, expected]) => {
  expect(nameIn(`${before}\n${trail(expression)}`)).toEqual(expected);
});

test("values come from the files and options in Terraform's order of rank", () => {
  const main = `variable "v" {\n default = "default"\n}\n${trail("var.v")}`;
  const name = (texts: Texts, options: Partial<SourceOptions> = {}) =>
    resources({ "main.tf": main, ...texts }, options)[0]?.values["name"];
  const own = { "terraform.tfvars": 'v = "own"' };
  const automatic = {
    ...own,
    "b.auto.tfvars": 'v = "auto"',
    "a.auto.tfvars.json": '{"v": "json"}',
  };
  expect(name({})).toBe("default");
  expect(name(own)).toBe("own");
  expect(name(automatic)).toBe("auto");
  const named = { ...automatic, "eu.tfvars": 'v = "named"' };
  expect(name(named, { variableFiles: ["eu.tfvars"] })).toBe("named");
  expect(name(named, { variableFiles: ["eu.tfvars"], variables: { v: "given" } })).toBe("given");
});

test.for([
  ["count = 2", ["aws_cloudtrail.t[0]", "aws_cloudtrail.t[1]"]],
  ["count = 0", []],
  ['for_each = toset(["b", "a.b"])', ['aws_cloudtrail.t["a.b"]', 'aws_cloudtrail.t["b"]']],
  ["for_each = { k = 1 }", ['aws_cloudtrail.t["k"]']],
  ["count = var.v", ["aws_cloudtrail.t[*]"]],
  ["count = var.v ? 1 : 0", ["aws_cloudtrail.t[0]"]],
  ["count = 1000000000", ["aws_cloudtrail.t[*]"]],
] as const)("%s gives the instances that Terraform makes", ([meta, expected]) => {
  const text = `variable "v" {}\n${trail('"x"', meta)}`;
  expect(addresses({ "main.tf": text })).toEqual(expected);
});

test("an instance of a count that is not known is not known to be there", () => {
  const [only] = resources({
    "main.tf": `variable "v" {}\n${trail('"x"', "count = var.v ? 1 : 0")}`,
  });
  expect(only?.presence).toEqual(unresolved("var.v ? 1 : 0, and var.v has no value here"));
});

test.for([
  [
    "count",
    'count = terraform.workspace == "prod" ? 1 : 0',
    'terraform.workspace == "prod" ? 1 : 0',
  ],
  [
    "for_each",
    'for_each = terraform.workspace == "prod" ? { a = 1 } : {}',
    'terraform.workspace == "prod" ? … : …',
  ],
])("why an instance of a %s may not be there tells the whole condition", ([, line, told]) => {
  const [only] = resources({ "main.tf": trail('"x"', line) });
  expect(only?.presence).toEqual(unresolved(told));
});

const MODULE = {
  "main.tf": `provider "aws" {\n region = "eu-west-1"\n}
provider "aws" {\n alias = "us"\n region = "us-east-1"\n assume_role {\n role_arn = "arn:aws-us-gov:iam::123456789012:role/x"\n }\n}
module "log" {\n source = "./modules/log"\n for_each = toset(["a"])\n name = "n-\${each.key}"\n providers = { aws = aws.us }\n}
${trail('module.log["a"].id')}`,
  "modules/log/main.tf":
    'variable "name" {}\nresource "aws_s3_bucket" "b" {\n bucket = var.name\n}\noutput "id" {\n value = aws_s3_bucket.b.id\n}\n',
};

test("a module's resources have its instance's address, its arguments and the provider it is given", () => {
  const [bucketTrail, bucket] = resources(MODULE, { accountId: "999999999999" });
  expect(bucketTrail).toMatchObject({ region: "eu-west-1", accountId: "999999999999" });
  expect(bucketTrail?.values["name"]).toEqual(reference('module.log["a"].aws_s3_bucket.b', "id"));
  expect(bucket).toMatchObject({
    address: 'module.log["a"].aws_s3_bucket.b',
    values: { bucket: "n-a" },
    region: "us-east-1",
    accountId: "123456789012",
  });
  expect(bucket?.locate("/bucket")).toMatchObject({
    file: "modules/log/main.tf",
    line: 3,
    column: 2,
  });
  expect(rootsAmong(filesOf(MODULE), ["", "modules/log"])).toEqual({
    roots: [""],
    modules: ["modules/log"],
  });
});

test.for([
  [
    "lifecycle {\n destroy = false\n}",
    [{ address: "aws_cloudtrail.t", previousAddress: null, action: "forget" }],
  ],
  ["lifecycle {\n destroy = true\n}", []],
  ["lifecycle {\n destroy = var.d\n}", []],
  ["", []],
] as const)(
  "a removed block with %j leaves in place what it says to keep, and nothing else",
  ([block, changes]) => {
    const text = `removed {\n from = aws_cloudtrail.t\n ${block}\n}\n`;
    expect(read({ "main.tf": text }).changes).toEqual(changes);
  },
);

test("a module's own blocks say what becomes of what is in each instance of it", () => {
  const { changes } = read({
    "main.tf": `module "a" {
 source   = "./a"
 for_each = toset(["x]", "y"])
}
removed {
 from = module.gone
 lifecycle {
  destroy = false
 }
}
`,
    "a/main.tf": `module "b" {
 source = "./b"
}
moved {
 from = aws_cloudtrail.old
 to   = aws_cloudtrail.t
}
resource "aws_cloudtrail" "t" {}
`,
    "a/b/main.tf": "removed {\n from = aws_cloudtrail.u\n lifecycle {\n destroy = false\n }\n}\n",
  });
  const told = changes.map(({ address, previousAddress, action }) => [
    action,
    address,
    previousAddress,
  ]);
  expect(told).toEqual([
    ["no-op", 'module.a["x]"].aws_cloudtrail.t', 'module.a["x]"].aws_cloudtrail.old'],
    ["no-op", 'module.a["y"].aws_cloudtrail.t', 'module.a["y"].aws_cloudtrail.old'],
    ["forget", "module.gone", null],
    ["forget", "module.a.module.b.aws_cloudtrail.u", null],
  ]);
});

test("two regions that cannot be told are the same only where they are for certain", () => {
  const text = `variable "r" {}
resource "aws_cloudtrail" "a" {
  region = var.r
}
resource "aws_kms_key" "a" {
  region = var.r
}
resource "aws_kms_key" "b" {
  region = data.aws_regions.x.names[0]
}
resource "aws_kms_key" "c" {
  region = data.aws_regions.x.names[0]
}
`;
  const [trail, same, other, another] = resources({ "main.tf": text }).map(({ region }) => region);
  expect(same).toEqual(trail);
  expect(other).not.toEqual(trail);
  expect(another).not.toEqual(other);
});

test.for([
  ["a remote module", "terraform-aws-modules/s3-bucket/aws", "is not at hand"],
  ["a module outside the root", "../../elsewhere", "outside the root"],
  ["a module that calls itself", "./", "calls itself"],
] as const)("%s leaves the state open, and says why", ([, source, why]) => {
  const { after, notes } = read({ "main.tf": `module "m" {\n source = "${source}"\n}\n` });
  expect(after[0].open).toEqual(unresolved(expect.stringContaining(why)));
  expect(notes.join()).toContain("module.m");
});

test("a fetched module is read where init put it, and its places are those of its call", () => {
  const found = resources({
    "main.tf": 'module "m" {\n source = "x/y/aws"\n}\n',
    ".terraform/modules/modules.json": '{"Modules":[{"Key":"m","Dir":".terraform/modules/m"}]}',
    ".terraform/modules/m/main.tf": trail('"x"'),
  });
  expect(found[0]).toMatchObject({ address: "module.m.aws_cloudtrail.t" });
  expect(found[0]?.locate("/name")).toMatchObject({ file: "main.tf", line: 1 });
});

const DYNAMIC = trail(
  '"x"',
  'event_selector {\n read_write_type = "All"\n}\ndynamic "event_selector" {\n for_each = var.v\n content {\n read_write_type = event_selector.value\n }\n}',
);

test("a dynamic block makes its blocks, each found where it is written", () => {
  const [only] = resources({ "main.tf": `variable "v" {\n default = ["ReadOnly"]\n}\n${DYNAMIC}` });
  expect(only?.values["event_selector"]).toEqual([
    { read_write_type: "All" },
    { read_write_type: "ReadOnly" },
  ]);
  const line = (pointer: string) => only?.locate(pointer)?.line;
  expect(
    [
      "/event_selector/0/read_write_type",
      "/event_selector/1",
      "/event_selector/1/read_write_type",
      "/kms_key_id",
    ].map(line),
  ).toEqual([7, 9, 12, 4]);
});

test("a dynamic block over what is not known leaves the list open", () => {
  const [only] = resources({ "main.tf": `variable "v" {}\n${DYNAMIC}` });
  const { $unknown } = unresolved("var.v has no value here");
  const end = { $unknown: { ...$unknown, more: true } };
  expect(only?.values["event_selector"]).toEqual([{ read_write_type: "All" }, end]);
});

test("a policy document is computed, with holes for what is made on applying", () => {
  const text = `resource "aws_s3_bucket" "b" {\n}
data "aws_iam_policy_document" "base" {\n statement {\n sid = "A"\n actions = ["s3:Get*"]\n resources = ["*"]\n }\n}
data "aws_iam_policy_document" "d" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    effect = "Deny"
    actions = ["s3:*", "kms:*"]
    resources = ["\${aws_s3_bucket.b.arn}/*"]
    principals {\n type = "AWS"\n identifiers = ["*"]\n }
    condition {\n test = "Bool"\n variable = "aws:SecureTransport"\n values = ["false"]\n }
  }
}
${trail("data.aws_iam_policy_document.d.json")}`;
  const value = Object(nameIn(text));
  expect(value.$text[1]).toEqual(reference("aws_s3_bucket.b", "arn"));
  expect(JSON.parse(value.$text[0] + value.$text[2])).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Sid: "A", Effect: "Allow", Action: "s3:Get*", Resource: "*" },
      {
        Effect: "Deny",
        Action: ["s3:*", "kms:*"],
        Resource: "/*",
        Principal: { AWS: "*" },
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
});

test("the JSON syntax gives the same resource, with its places", () => {
  const json = `{"variable": {"v": {"default": "x"}},
 "resource": {"aws_cloudtrail": {"t": {
  "name": "\${var.v}-1",
  "event_selector": {"read_write_type": "All"}}}}}`;
  const [only] = resources({ "main.tf.json": json });
  expect(only?.values).toEqual({ name: "x-1", event_selector: [{ read_write_type: "All" }] });
  expect(only?.locate("/event_selector/0/read_write_type")?.line).toBe(4);
});

test("override files lie over the others, and x.tofu stands for x.tf", () => {
  const found = resources({
    "main.tf": trail('"ignored"'),
    "main.tofu": trail('"x"', "is_multi_region_trail = true"),
    "z_override.tf": trail('"over"'),
  });
  expect(found.map(({ values }) => values)).toEqual([
    { name: "over", is_multi_region_trail: true },
  ]);
});

test("a moved block tells where a resource was", () => {
  const text = `${trail('"x"', "count = 1")}moved {\n from = aws_cloudtrail.old\n to = aws_cloudtrail.t\n}\n`;
  expect(read({ "main.tf": text }).changes).toEqual([
    { address: "aws_cloudtrail.t[0]", previousAddress: "aws_cloudtrail.old[0]", action: "no-op" },
  ]);
});
