import { expect, test } from "vitest";
import { checked, lines } from "../../commands/check/checked.ts";
import { scratch } from "../../commands/check/repositories.ts";

const OWN = "111122223333";
const policy = (who: string) => `jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = ${who} }
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
  })`;
const root = '"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"';
const source = (provider: string, who = root) => `provider "aws" {
  region = "eu-west-1"
  ${provider}
}
data "aws_caller_identity" "me" {}
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "logs"
  kms_key_id     = aws_kms_key.trail.arn
}
resource "aws_kms_key" "trail" {
  policy = ${policy(who)}
}
`;
const ASSUMES = `assume_role {\n    role_arn = "arn:aws:iam::${OWN}:role/deploy"\n  }`;

async function regressions(head: string) {
  const { path, git, commit } = scratch();
  commit({ "main.tf": source("") });
  const before = git("rev-parse", "HEAD");
  commit({ "main.tf": head });
  const { results } = await checked(path, ["--base-ref", before]);
  return lines(results()).filter((line) => line.startsWith("regression"));
}

test.for([
  ["takes on a role", source(ASSUMES)],
  ["is allowed one account", source(`allowed_account_ids = ["${OWN}"]`)],
  [
    "takes on a role, where the account is written out",
    source(ASSUMES, `"arn:aws:iam::${OWN}:root"`),
  ],
] as const)("a provider that says it %s lets nobody in that was not", async ([, head]) => {
  expect(await regressions(head)).toEqual([]);
});

test("another account beside it is somebody new", async () => {
  const both = `[${root}, "arn:aws:iam::999999999999:root"]`;
  expect((await regressions(source(ASSUMES, both))).join("\n")).toContain(
    "change-keeps-log-protection .#aws_kms_key.trail",
  );
});
