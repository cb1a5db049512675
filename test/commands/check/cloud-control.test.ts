import { expect, test } from "vitest";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const MAIN = `provider "aws" {
  region = "eu-west-1"
}
provider "awscc" {
  region = "eu-west-1"
}
data "aws_caller_identity" "me" {}
resource "awscc_cloudtrail_trail" "main" {
  trail_name                    = "main"
  is_logging                    = true
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  s3_bucket_name                = awscc_s3_bucket.logs.id
  kms_key_id                    = awscc_kms_key.trail.arn
}
resource "awscc_s3_bucket" "logs" {
  bucket_name = "main-logs"
}
resource "awscc_s3_bucket_policy" "logs" {
  bucket = awscc_s3_bucket.logs.id
  policy_document = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["s3:GetBucketAcl", "s3:PutObject"]
      Resource  = [awscc_s3_bucket.logs.arn, "\${awscc_s3_bucket.logs.arn}/*"]
    }]
  })
}
resource "awscc_kms_key" "trail" {
  enable_key_rotation = true
  key_policy = jsonencode({
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
`;
const TRAIL = ".#awscc_cloudtrail_trail.main";

const changed = (from: string | RegExp, to: string): string => {
  const text = MAIN.replace(from, () => to);
  expect(text).not.toBe(MAIN);
  return text;
};

test.for<[string, string, string]>([
  [
    "stops a trail",
    changed("is_logging                    = true", "is_logging = false"),
    `fail change-keeps-trail-recording ${TRAIL}`,
  ],
  [
    "takes a trail away",
    changed(/resource "awscc_cloudtrail_trail"[\s\S]*?^\}\n/m, ""),
    `fail change-keeps-trail ${TRAIL}`,
  ],
  [
    "lets CloudTrail deliver no longer",
    changed('"s3:PutObject"', '"s3:GetObject"'),
    "fail log-bucket-admits-cloudtrail .#awscc_s3_bucket.logs",
  ],
  [
    "takes the key's policy from CloudTrail",
    changed("kms:GenerateDataKey*", "kms:Encrypt"),
    "fail log-key-admits-cloudtrail .#awscc_kms_key.trail",
  ],
])("a change that %s which Terraform makes through the Cloud Control API gates", async (row) => {
  const [, head, found] = row;
  const { path, git, commit } = scratch();
  commit({ "main.tf": MAIN });
  const before = git("rev-parse", "HEAD");
  commit({ "main.tf": head });
  const { code, results } = await checked(path, ["--base-ref", before]);
  expect(lines(results())).toContain(`regression ${found}`);
  expect(code).toBe(1);
});

test("a bucket of somebody else beside such a trail gates nothing", async () => {
  const { path, git, commit } = scratch();
  commit({ "main.tf": MAIN });
  const before = git("rev-parse", "HEAD");
  commit({ "web.tf": 'resource "awscc_s3_bucket" "web" {\n  bucket_name = "web"\n}\n' });
  const { code, results } = await checked(path, ["--base-ref", before]);
  expect(lines(results()).filter((line) => line.startsWith("regression"))).toEqual([]);
  expect(code).toBe(0);
});
