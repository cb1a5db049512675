/** What checks of a log bucket's policy are about. */
export const POLICIES = [
  "log-bucket-admits-cloudtrail",
  "log-bucket-policy-bound-to-trails",
  "log-bucket-readers-trusted",
  "log-bucket-writers-trusted",
  "log-bucket-tls-only",
];

/** The ARN of the log bucket, as it can be written out. */
export const LITERAL = "arn:aws:s3:::organization-logs";

const TRAIL = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/organization";

/** How the policy names the bucket and the trail, and how the bucket is written. */
export type Writing = { arn: string; bucket?: string; trail?: string; more?: readonly Statement[] };
/** One statement of a policy. */
export type Statement = {
  effect?: string;
  type: string;
  who: string;
  actions: readonly string[];
  on: readonly string[];
  condition?: readonly [test: string, key: string, value: string];
};

/** CloudTrail's two statements, held to the trail, and no access without TLS. */
const statements = ({ arn, trail = TRAIL, more = [] }: Writing): Statement[] => [
  {
    type: "Service",
    who: "cloudtrail.amazonaws.com",
    actions: ["s3:GetBucketAcl"],
    on: [arn],
    condition: ["StringEquals", "aws:SourceArn", trail],
  },
  {
    type: "Service",
    who: "cloudtrail.amazonaws.com",
    actions: ["s3:PutObject"],
    on: [`${arn}/AWSLogs/111122223333/*`],
    condition: ["StringEquals", "aws:SourceArn", trail],
  },
  {
    effect: "Deny",
    type: "*",
    who: "*",
    actions: ["s3:*"],
    on: [arn, `${arn}/*`],
    condition: ["Bool", "aws:SecureTransport", "false"],
  },
  ...more,
];

const list = (texts: readonly string[]) => `[${texts.map((text) => `"${text}"`).join(", ")}]`;

/** A bucket policy in each of the ways in which Terraform writes one. */
export const WAYS: Record<string, (all: readonly Statement[]) => string> = {
  jsonencode: (all) => `
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [${all.map(
      ({ effect = "Allow", type, who, actions, on, condition }) => `
      {
        Effect    = "${effect}"
        Principal = ${type === "*" ? '"*"' : `{ ${type} = "${who}" }`}
        Action    = ${list(actions)}
        Resource  = ${list(on)}
        ${condition === undefined ? "" : `Condition = { ${condition[0]} = { "${condition[1]}" = "${condition[2]}" } }`}
      }`,
    )}]
  })
}
`,
  aws_iam_policy_document: (all) => `
data "aws_iam_policy_document" "logs" {${all
    .map(
      ({ effect = "Allow", type, who, actions, on, condition }) => `
  statement {
    effect    = "${effect}"
    actions   = ${list(actions)}
    resources = ${list(on)}
    principals {
      type        = "${type}"
      identifiers = ["${who}"]
    }
    ${
      condition === undefined
        ? ""
        : `condition {
      test     = "${condition[0]}"
      variable = "${condition[1]}"
      values   = ["${condition[2]}"]
    }`
    }
  }`,
    )
    .join("")}
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json
}
`,
  "a text written out": (all) => `
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<-JSON
    {"Statement": [${all.map(
      ({ effect = "Allow", type, who, actions, on, condition }) => `
      {"Effect": "${effect}", "Principal": ${type === "*" ? '"*"' : `{"${type}": "${who}"}`},
      "Action": ${list(actions)}, "Resource": ${list(on)}
      ${condition === undefined ? "" : `, "Condition": {"${condition[0]}": {"${condition[1]}": "${condition[2]}"}}`}}`,
    )}]}
  JSON
}
`,
};

/** The log bucket with a name, without one, and one of several. */
export const NAMED = `resource "aws_s3_bucket" "logs" {
  bucket = "organization-logs"
}`;
export const UNNAMED = `resource "aws_s3_bucket" "logs" {
  bucket_prefix = "logs-"
}`;
export const BY_KEY = `resource "aws_s3_bucket" "logs" {
  for_each      = toset(["eu"])
  bucket_prefix = "logs-"
}`;

/** A trail with its bucket and the bucket's policy. */
export function files(way: (all: readonly Statement[]) => string, writing: Writing) {
  const text = `provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
resource "aws_cloudtrail" "main" {
  name                          = "organization"
  s3_bucket_name                = aws_s3_bucket.logs.bucket
  include_global_service_events = true
}
${writing.bucket ?? NAMED}
${way(statements(writing))}`;
  const isKeyed = writing.bucket === BY_KEY;
  return {
    "main.tf": isKeyed ? text.replace(/s3_bucket\.logs\.\b/g, 's3_bucket.logs["eu"].') : text,
  };
}

/** The bucket and the trail by reference, and another bucket. */
export const REFERRED = "${aws_s3_bucket.logs.arn}";
export const TO_TRAIL = "${aws_cloudtrail.main.arn}";
export const OTHER = `resource "aws_s3_bucket" "other" {
  bucket = "other"
}`;
