import { describe, expect, test } from "vitest";
import { edited } from "./a-kept-trail.ts";
import { alerts, gate, sources } from "./gate.ts";

const STRANGER = "999999999999";
const keyOf = (account: string, id = "1234abcd") => `arn:aws:kms:eu-west-1:${account}:key/${id}`;
const OWN = keyOf("111122223333");

/** A bucket whose policy lets CloudTrail in; no plan holds the trails. */
const ARCHIVE = `
resource "aws_s3_bucket" "logs" {
  bucket = "audit-logs"
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::audit-logs/AWSLogs/*"
    }]
  })
}
`;

const encrypted = (key: string | null, algorithm = "aws:kms") => `
resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "${algorithm}"
      ${key === null ? "" : `kms_master_key_id = ${key.startsWith("var.") ? key : `"${key}"`}`}
    }
  }
}
`;

async function told(before: string, after: string) {
  const { findings } = await gate(sources({ prod: [before, after] }));
  return alerts(findings)
    .filter((each) => each.includes("change-keeps-log-protection"))
    .map((each) => each.replace(/^(\w+) .*change takes away what trails need: /, "$1 "));
}

const doubtful = [expect.stringMatching(/^unknown .*can no longer be proven$/)];
const lost = (what: string) => [`fail bucket of trails elsewhere: encryption ${what}`];

describe("an archive of trails that no plan holds", () => {
  test.each<[string, string, string, unknown[]]>([
    [
      "is encrypted by S3 alone where it had a key",
      encrypted(OWN),
      "",
      lost(`was ${OWN}, is a key of AWS`),
    ],
    [
      "is encrypted with AES256 where it had a key",
      encrypted(OWN),
      encrypted(null, "AES256"),
      lost(`was ${OWN}, is a key of AWS`),
    ],
    [
      "is encrypted with the key that AWS keeps for S3",
      encrypted(OWN),
      encrypted("alias/aws/s3"),
      lost(`was ${OWN}, is a key of AWS`),
    ],
    [
      "is encrypted with a stranger's key",
      encrypted(OWN),
      encrypted(keyOf(STRANGER)),
      lost(`was ${OWN}, is a stranger's: ${keyOf(STRANGER)}`),
    ],
    [
      "is encrypted with a stranger's key where it had none",
      "",
      encrypted(keyOf(STRANGER)),
      lost(`was a key of AWS, is a stranger's: ${keyOf(STRANGER)}`),
    ],
    ["is encrypted with what nobody knows", encrypted(OWN), encrypted("var.key"), doubtful],
    [
      "is encrypted with another key of the account",
      encrypted(OWN),
      encrypted(keyOf("111122223333", "other")),
      [],
    ],
    ["is encrypted with an alias of the account", encrypted(OWN), encrypted("alias/logs"), []],
    ["is encrypted with a key where it had none", "", encrypted(OWN), []],
    [
      "stays with the stranger's key that it had",
      encrypted(keyOf(STRANGER)),
      encrypted(keyOf(STRANGER, "other")),
      [],
    ],
    ["says of S3's own encryption what holds anyway", "", encrypted(null, "AES256"), []],
  ])("%s", async (_, before, after, wanted) => {
    const variable = 'variable "key" {}\n';
    expect(await told(ARCHIVE + variable + before, ARCHIVE + variable + after)).toEqual(wanted);
  });

  test("loses its encryption and a copy of its own at once, and both are told", async () => {
    const copy = `
resource "aws_s3_bucket_replication_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    status = "Enabled"
    destination {
      bucket  = "arn:aws:s3:::others"
      account = "${STRANGER}"
    }
  }
}
`;
    expect(await told(ARCHIVE + encrypted(OWN), ARCHIVE + copy)).toEqual([
      `fail bucket of trails elsewhere: copies log files to arn:aws:s3:::others of ${STRANGER}, did not; encryption was ${OWN}, is a key of AWS`,
    ]);
  });
});

test("the bucket's encryption is a trail's only where the trail has no key of its own", async () => {
  const keyless = edited(["  kms_key_id                    = aws_kms_key.logs.arn\n", ""]);
  expect(await told(keyless + encrypted(OWN), keyless)).toEqual([
    `fail bucket of audit: encryption was ${OWN}, is a key of AWS`,
  ]);
  expect(await told(edited() + encrypted(OWN), edited())).toEqual([]);
});

test("a bucket without log files may be encrypted as its owner likes", async () => {
  const bucket = 'resource "aws_s3_bucket" "logs" {\n  bucket = "photos"\n}\n';
  expect(await told(bucket + encrypted(OWN), bucket)).toEqual([]);
});
