import { describe, expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { alerts, gate, sources } from "../subjects/change/gate.ts";
import { read } from "../templates/cloudformation/a-checkout.ts";
import { filesOf } from "../templates/files-in-memory.ts";
import { judgedStacks } from "../templates/records/planned.ts";

// One module makes the buckets of every environment: what a bucket is called only applying tells, and
// which policy, lock or encryption is its own the references tell.

const OWN = "aws_s3_bucket.logs.id";

type Written = {
  name?: string;
  trail?: string;
  versioning?: string;
  policy?: string;
  more?: string;
};

const stack = ({
  name = '"logs-${var.env}"',
  trail = OWN,
  versioning = OWN,
  policy = OWN,
  more = "",
}: Written) => `
variable "env" {}
variable "team" {}
resource "aws_cloudtrail" "main" {
  name           = "organization"
  s3_bucket_name = ${trail}
}
resource "aws_s3_bucket" "logs" {
  bucket = ${name}
}
resource "aws_s3_bucket_versioning" "logs" {
  bucket = ${versioning}
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = ${policy}
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:GetBucketAcl", Resource = aws_s3_bucket.logs.arn },
      { Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:PutObject", Resource = "\${aws_s3_bucket.logs.arn}/*" },
    ]
  })
}
${more}
`;

const ASKED = [
  "log-bucket-versioning-enabled",
  "log-bucket-admits-cloudtrail",
  "log-bucket-tls-only",
];

/** The verdicts on the bucket `logs`, and on whether the trail's exists. */
async function verdicts(written: Written) {
  const files = filesOf({ "main.tf": stack(written) });
  const { after } = readTerraformSource(files, "", {
    stack: "prod",
    accountId: "111122223333",
    region: "eu-west-1",
  });
  const { of } = await judgedStacks({ stack: "prod", state: after[0] });
  return [
    ...ASKED.map((policy) => of(policy)["aws_s3_bucket.logs"]),
    of("trail-bucket-exists")["aws_cloudtrail.main"],
  ];
}

describe("a bucket whose name is not decided", () => {
  test.each([
    '"logs-${var.env}"',
    '"${var.env}-logs"',
    '"${var.team}${var.env}"',
    'join("-", [var.team, "logs"])',
    "var.env",
    'var.env == 1 ? "one" : "two"',
  ])("has what refers to it: %s", async (name) => {
    expect(await verdicts({ name })).toEqual(["pass", "pass", "fail", "pass"]);
  });

  test("is referred to by its name as well", async () => {
    const byName = "aws_s3_bucket.logs.bucket";
    const all = { trail: byName, versioning: byName, policy: byName };
    expect(await verdicts(all)).toEqual(["pass", "pass", "fail", "pass"]);
  });

  test.each([
    ["the same expression", '"logs-${var.env}"'],
    ["a text that it may turn out to be", '"logs-prod"'],
  ])("may have what names its bucket by %s", async (_, versioning) => {
    const [verdict] = await verdicts({ versioning });
    expect(verdict).toBe("unknown");
    const [other] = await verdicts({ name: "var.env", versioning });
    expect(other).toBe("unknown");
  });

  test.each([
    ["in so many letters", 'bucket = "assets"', '"assets"'],
    ["by reference", 'bucket = "assets-${var.env}"', "aws_s3_bucket.assets.id"],
    ["by reference, of a name that AWS makes up", "", "aws_s3_bucket.assets.id"],
  ])("has nothing that names another planned bucket %s", async (_, bucket, versioning) => {
    const more = `resource "aws_s3_bucket" "assets" {\n${bucket}\n}`;
    expect(await verdicts({ versioning, more })).toEqual(["fail", "pass", "fail", "pass"]);
  });

  test("may have what names a bucket that may not be there", async () => {
    const more = `resource "aws_s3_bucket" "assets" {\ncount = var.team\nbucket = "assets"\n}`;
    const versioning = '"assets"';
    expect((await verdicts({ name: "var.env", versioning, more }))[0]).toBe("unknown");
    // What begins otherwise is none of its names.
    expect((await verdicts({ versioning, more }))[0]).toBe("fail");
  });

  test("has what refers to it in a template", async () => {
    const { after } = read(
      `
Parameters: { Env: { Type: String } }
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { TrailName: organization, IsLogging: true, S3BucketName: !Ref Logs }
  Logs:
    Type: AWS::S3::Bucket
    Properties: { BucketName: !Sub "logs-\${Env}" }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: "*", Action: "s3:*", Resource: [!GetAtt Logs.Arn, !Sub "\${Logs.Arn}/*"], Condition: { Bool: { aws:SecureTransport: "false" } } }
`,
      { stack: "prod" },
    );
    const { of } = await judgedStacks({ stack: "prod", state: after[0] });
    expect([of("log-bucket-tls-only"), of("trail-bucket-exists")]).toEqual([
      { Logs: "pass" },
      { Trail: "pass" },
    ]);
  });

  test.each([
    ["begins otherwise", '"logs-${var.env}"', '"data-${var.env}"', 1],
    ["ends otherwise", '"${var.env}-logs"', '"${var.env}-data"', 1],
    ["may be the same", '"logs-${var.env}"', '"logs-${var.team}-eu"', 0],
    ["is as little known", '"logs-${var.env}"', "var.env", 0],
  ])("is another one where the name that it gets %s", async (_, was, name, count) => {
    const { findings } = await gate(sources({ prod: [stack({ name: was }), stack({ name })] }));
    const lost = alerts(findings).filter((each) => each.includes("deleted and made anew"));
    expect(lost).toHaveLength(count);
  });
});
