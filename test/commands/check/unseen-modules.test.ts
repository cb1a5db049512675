import { expect, test } from "vitest";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const TERRAFORM = `provider "aws" {
  region = "eu-west-1"
}
data "aws_caller_identity" "me" {}
resource "aws_cloudtrail" "main" {
  name                       = "main"
  s3_bucket_name             = aws_s3_bucket.logs.id
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.trail.arn
  cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}
resource "aws_s3_bucket" "logs" {
  bucket = "main-logs"
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["s3:GetBucketAcl", "s3:PutObject"]
      Resource  = [aws_s3_bucket.logs.arn, "\${aws_s3_bucket.logs.arn}/*"]
    }]
  })
}
resource "aws_kms_key" "trail" {
  enable_key_rotation = true
  policy = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::\${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      },
    ]
  })
}
resource "aws_cloudwatch_log_group" "trail" {
  name = "/trail"
}
resource "aws_iam_role" "trail" {
  name = "trail"
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}
resource "aws_iam_role_policy" "trail" {
  role = aws_iam_role.trail.id
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "\${aws_cloudwatch_log_group.trail.arn}:*"
    }]
  })
}
`;
const module = (argument: string, name = "vpc") =>
  `module "${name}" {\n  source = "example/${name}/aws"\n  ${argument}\n}\n`;

/** What the change breaks. */
async function regressions(base: Record<string, string>, head: Record<string, string | null>) {
  const { path, git, commit } = scratch();
  commit(base);
  const before = git("rev-parse", "HEAD");
  commit(head);
  const { code, results } = await checked(path, ["--base-ref", before]);
  const found = lines(results())
    .filter((line) => line.startsWith("regression"))
    .map((line) => line.split(" ").slice(1, 3).join(" "));
  expect(code).toBe(found.length === 0 ? 0 : 1);
  return found.sort();
}

const changed = (from: string, to: string): string => {
  expect(TERRAFORM).toContain(from);
  return TERRAFORM.replace(from, () => to);
};

const everybody = ', Action = "logs:*", Resource = "*" }] })';

test.for<[string, string, string]>([
  ["a key's policy", changed("kms:GenerateDataKey*", "kms:Encrypt"), "log-key-admits-cloudtrail"],
  [
    "who may use a key",
    changed('{ AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }', '"*"'),
    "change-keeps-log-protection",
  ],
  [
    "what a role may do",
    changed('"logs:CreateLogStream", "logs:PutLogEvents"', '"logs:CreateLogStream"'),
    "trail-logs-role-can-deliver",
  ],
  [
    "who reads a log group",
    `${TERRAFORM}resource "aws_cloudwatch_log_resource_policy" "x" {\n  policy_name = "x"\n  policy_document = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*"${everybody}\n}\n`,
    "log-group-readers-trusted",
  ],
])(
  "a module that is not at hand hides nothing of %s that it is not handed",
  async ([, head, policy]) => {
    const base = { "main.tf": TERRAFORM, "m.tf": module('cidr = "10.0.0.0/8"') };
    expect(await regressions(base, { "main.tf": head })).toContain(`fail ${policy}`);
  },
);

test.for<[string, string, string[]]>([
  ["nothing", "", []],
  ["what is unlike any name", 'name = "main-logs-of-others"\n  cidr = var.cidr', []],
  ["the log bucket", "logs = aws_s3_bucket.logs.arn", ["unknown log-bucket-not-requester-pays"]],
  ["its name", 'logs = "arn:aws:s3:::main-logs/*"', ["unknown log-bucket-not-requester-pays"]],
])(
  "adding a module that is handed %s leaves in doubt what it may touch, and nothing else",
  async ([, argument, found]) => {
    const all = await regressions({ "main.tf": TERRAFORM }, { "m.tf": module(argument) });
    expect(all).toEqual(expect.arrayContaining(found));
    expect(all.length > 0).toBe(found.length > 0);
    expect(all.filter((each) => !/log-bucket|change-keeps-log-protection/.test(each))).toEqual([]);
  },
);

const trails = (enabled: string) => module(`enabled = ${enabled}`, "cloudtrail");

test.for<[string, string | null, RegExp | null]>([
  ["changes", trails("false"), /changes the arguments of module\.cloudtrail /],
  ["removes", null, /removes module\.cloudtrail /],
  ["leaves", trails("(true)"), null],
])("a report begins with a trail's module not at hand that a change %s", async ([, head, says]) => {
  const { path, git, commit } = scratch();
  commit({ "main.tf": TERRAFORM, "m.tf": trails("true") });
  const before = git("rev-parse", "HEAD");
  commit({ "m.tf": head });
  const { results } = await checked(path, ["--base-ref", before]);
  const lead = results().gate.lead.join();
  if (says === null) expect(lead).toBe("");
  else expect(lead).toMatch(says);
});
