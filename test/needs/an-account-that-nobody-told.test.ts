import { expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "../templates/files-in-memory.ts";
import { judgedStacks } from "../templates/records/planned.ts";

// Terraform asks for its own account as it is applied: whichever that is, it is the same for all that
// one provider makes.

const ACCOUNT = "data.aws_caller_identity.current.account_id";
const PARTITION = "data.aws_partition.current.partition";
const REGION = "data.aws_region.current";
const ROOT = `"arn:aws:iam::\${${ACCOUNT}}:root"`;
const TRAIL = `"arn:\${${PARTITION}}:cloudtrail:\${${REGION}.name}:\${${ACCOUNT}}:trail/organization"`;

type Written = {
  /** Whom the key policy lets do everything, and for which trail CloudTrail comes. */
  root?: string;
  trail?: string;
  /** The provider of the data sources, and of what is made. */
  data?: string;
  made?: string;
};

const ofProvider = (name: string) => (name === "" ? "" : `provider = ${name}`);

const audit = ({ root = ROOT, trail = TRAIL, data = "", made = "" }: Written) => `
data "aws_caller_identity" "current" {
  ${ofProvider(data)}
}
data "aws_partition" "current" {
  ${ofProvider(data)}
}
data "aws_region" "current" {
  ${ofProvider(data)}
}
resource "aws_cloudtrail" "main" {
  ${ofProvider(made)}
  name           = "organization"
  s3_bucket_name = "elsewhere"
  kms_key_id     = aws_kms_key.trail.arn
}
resource "aws_kms_key" "trail" {
  ${ofProvider(made)}
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = ${root} }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "kms:GenerateDataKey*"
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceArn" = ${trail} } }
      },
    ]
  })
}
`;

const OTHER = `
provider "aws" {
  alias   = "other"
  profile = "other"
}
`;

/** The verdicts on whom the key admits, where neither account nor region is told. */
async function verdicts(files: Record<string, string>) {
  const { after } = readTerraformSource(filesOf(files), "", { stack: "prod" });
  const { all } = await judgedStacks({ stack: "prod", state: after[0] });
  const of = (id: string) => all.find(({ policy }) => policy === id)?.verdict;
  return [of("log-key-users-trusted"), of("log-key-admits-cloudtrail")];
}

test.each<[string, Written, [users: string, admits: string]]>([
  ["the stack's own", {}, ["pass", "pass"]],
  ["the account's id alone", { root: ACCOUNT }, ["pass", "pass"]],
  ["its other attribute", { root: ROOT.replace("account_id", "id") }, ["pass", "pass"]],
  [
    "put together by functions",
    {
      root: `format("arn:%s:iam::%s:root", ${PARTITION}, ${ACCOUNT})`,
      trail: `join(":", ["arn", ${PARTITION}, "cloudtrail", ${REGION}.region, ${ACCOUNT}, "trail/organization"])`,
    },
    ["pass", "pass"],
  ],
  ["of another trail", { trail: TRAIL.replace("organization", "other") }, ["pass", "fail"]],
  ["written out", { root: '"arn:aws:iam::999999999999:root"' }, ["unknown", "pass"]],
  ["another provider's", { data: "aws.other" }, ["unknown", "unknown"]],
  ["the same other provider's", { data: "aws.other", made: "aws.other" }, ["pass", "pass"]],
  [
    "what an account is chosen by",
    { root: `${ACCOUNT} == "111122223333" ? "999999999999" : "888888888888"` },
    ["unknown", "pass"],
  ],
  [
    "what an account is looked up by",
    { root: `{ "111122223333" = "999999999999" }[${ACCOUNT}]` },
    ["unknown", "pass"],
  ],
  ["a part of its digits", { root: `substr(${ACCOUNT}, 0, 4)` }, ["unknown", "pass"]],
  [
    "the end of a service's name in the place of its region",
    { trail: TRAIL.replace(`${REGION}.name`, "data.aws_partition.current.dns_suffix") },
    ["pass", "unknown"],
  ],
])("an account in a policy that is %s", async (_, written, wanted) => {
  expect(await verdicts({ "main.tf": OTHER + audit(written) })).toEqual(wanted);
});

test.each([
  ["with the provider of what is around it", "", ["pass", "pass"]],
  ["with a provider of its own", "providers = { aws = aws.other }", ["unknown", "unknown"]],
])("an account that a module tells, %s", async (_, providers, wanted) => {
  const main = `${OTHER}
module "who" {
  source = "./who"
  ${providers}
}
${audit({}).replaceAll(/data\.aws_(\w+)\.current\.(\w+)/g, "module.who.$1_$2")}`;
  const who = `
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}
output "caller_identity_account_id" { value = ${ACCOUNT} }
output "partition_partition" { value = ${PARTITION} }
output "region_name" { value = ${REGION}.name }
`;
  expect(await verdicts({ "main.tf": main, "who/main.tf": who })).toEqual(wanted);
});
