import { describe, expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { checked, lines } from "../commands/check/checked.ts";
import { scratch } from "../commands/check/repositories.ts";
import { filesOf } from "../templates/files-in-memory.ts";
import { judgedStacks } from "../templates/records/planned.ts";

// In Terraform a policy names its bucket by reference, whose ARN nobody has written down.

const POLICIES = [
  "log-bucket-admits-cloudtrail",
  "log-bucket-policy-bound-to-trails",
  "log-bucket-readers-trusted",
  "log-bucket-writers-trusted",
  "log-bucket-tls-only",
];

const LITERAL = "arn:aws:s3:::organization-logs";
const TRAIL = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/organization";

type Writing = { arn: string; bucket?: string; trail?: string; more?: readonly Statement[] };
type Statement = {
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

const WAYS: Record<string, (all: readonly Statement[]) => string> = {
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

const NAMED = `resource "aws_s3_bucket" "logs" {
  bucket = "organization-logs"
}`;
const UNNAMED = `resource "aws_s3_bucket" "logs" {
  bucket_prefix = "logs-"
}`;
const BY_KEY = `resource "aws_s3_bucket" "logs" {
  for_each      = toset(["eu"])
  bucket_prefix = "logs-"
}`;

function files(way: (all: readonly Statement[]) => string, writing: Writing) {
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

/** The bucket's five verdicts, as `check` asks for them. */
async function judged(made: Record<string, string>) {
  const { after } = readTerraformSource(filesOf(made), "", { stack: "prod" });
  const { all } = await judgedStacks({ stack: "prod", state: after[0] });
  const own = all.filter(({ policy, id }) => POLICIES.includes(policy) && /\.logs\b/.test(id));
  return Object.fromEntries(own.map(({ policy, verdict }) => [policy, verdict]));
}

/** What each policy says; all the same but for those named. */
const each = (verdict: string, others: Record<string, string> = {}) => ({
  ...Object.fromEntries(POLICIES.map((id) => [id, verdict])),
  ...others,
});

const args = ["--policy", POLICIES.join(","), "--base-ref", "main"];

/** `check` of a branch that replaces the first by the second. */
async function gated(base: Record<string, string>, change: Record<string, string>) {
  const repository = scratch();
  repository.commit(base);
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const run = await checked(repository.path, args);
  return { code: run.code, err: run.err, lines: lines(run.results()) };
}

const REFERRED = "${aws_s3_bucket.logs.arn}";
const TO_TRAIL = "${aws_cloudtrail.main.arn}";

const OTHER = `resource "aws_s3_bucket" "other" {
  bucket = "other"
}`;
const RIGHTS: Statement = {
  type: "AWS",
  who: "arn:aws:iam::999999999999:root",
  actions: ["s3:GetObject", "s3:DeleteObject", "s3:PutBucketPolicy"],
  on: [REFERRED, `${REFERRED}/*`],
};
/** Without the organization's list nobody knows whose account it is. */
const STRANGERS = {
  "log-bucket-readers-trusted": "unknown",
  "log-bucket-writers-trusted": "unknown",
};
const LOOSE: Statement = {
  type: "Service",
  who: "cloudtrail.amazonaws.com",
  actions: ["s3:PutObject"],
  on: [`${REFERRED}/*`],
};

describe.each(Object.entries(WAYS))("%s", (_, way) => {
  test.for<[string, Writing]>([
    ["a bucket with a name, by its literal ARN", { arn: LITERAL }],
    ["a bucket with a name", { arn: REFERRED }],
    ["a bucket that AWS names", { arn: REFERRED, bucket: UNNAMED }],
    ["a bucket of for_each, whose address has quotes", { arn: REFERRED, bucket: BY_KEY }],
    ["the trail by reference too", { arn: REFERRED, trail: TO_TRAIL }],
    ["the bucket's name in an ARN", { arn: "arn:aws:s3:::${aws_s3_bucket.logs.id}" }],
  ])("%s: what is right passes, another account is seen", async ([, writing]) => {
    expect(await judged(files(way, writing))).toEqual(each("pass"));
    const more = [{ ...RIGHTS, on: [writing.arn, `${writing.arn}/*`] }];
    expect(await judged(files(way, { ...writing, more }))).toEqual(each("pass", STRANGERS));
  });

  test("statements about another bucket do not count for this one", async () => {
    const arn = "${aws_s3_bucket.other.arn}";
    const bucket = `${NAMED}\n${OTHER}`;
    const found = await judged(files(way, { arn, bucket }));
    expect(found["log-bucket-admits-cloudtrail"]).toBe("fail");
    expect(found["log-bucket-tls-only"]).toBe("fail");
  });

  test("CloudTrail's statements for whatever trail are not bound", async () => {
    const found = await judged(files(way, { arn: REFERRED, bucket: UNNAMED, more: [LOOSE] }));
    expect(found).toEqual(each("pass", { "log-bucket-policy-bound-to-trails": "fail" }));
  });

  test("a change that lets CloudTrail into another bucket instead gates", async () => {
    const bucket = `${NAMED}\n${OTHER}`;
    const found = await gated(
      files(way, { arn: REFERRED, bucket }),
      files(way, { arn: "${aws_s3_bucket.other.arn}", bucket }),
    );
    expect(found.lines, found.err).toContain(
      "regression fail log-bucket-admits-cloudtrail .#aws_s3_bucket.logs",
    );
    expect(found.code).toBe(1);
  });

  test("references in the place of literal ARNs are no regression, nor the other way round", async () => {
    const [literal, referred] = [{ arn: LITERAL }, { arn: REFERRED, trail: TO_TRAIL }];
    for (const [before, after] of [
      [literal, referred],
      [referred, literal],
    ] as const) {
      const found = await gated(files(way, before), files(way, after));
      expect(found.lines, found.err).toEqual([]);
      expect(found.code).toBe(0);
    }
  });
});

test.for<[string, string]>([
  ["a variable", "${var.arn}"],
  ["what another resource gives", "${aws_ssm_parameter.arn.value}"],
  ["an attribute that is no name", "${aws_s3_bucket.logs.policy}"],
])("with %s in it a policy may hold whole statements: nothing is sure", async ([, trail]) => {
  for (const way of Object.values(WAYS)) {
    const { "main.tf": text } = files(way, { arn: REFERRED, trail });
    const rest = 'variable "arn" {}\nresource "aws_ssm_parameter" "arn" {}\n';
    expect(await judged({ "main.tf": `${text}\n${rest}` })).toEqual(each("unknown"));
  }
});
