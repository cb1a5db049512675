import { describe, expect, test } from "vitest";
import { edited } from "./a-kept-trail.ts";
import { alerts, gate, sources, templates } from "./gate.ts";

const STRANGER = "999999999999";
const OTHERS = "arn:aws:s3:::others-logs";

type Copy = { bucket?: string; account?: string; status?: string };

const copied = ({ bucket = `"${OTHERS}"`, account, status = "Enabled" }: Copy): string => `
resource "aws_s3_bucket_replication_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  role   = "arn:aws:iam::111122223333:role/copy"
  rule {
    status = "${status}"
    destination {
      bucket = ${bucket}
      ${account === undefined ? "" : `account = "${account}"`}
    }
  }
}
`;

const replica = (provider: string) => `
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
provider "aws" {
  alias = "stranger"
  assume_role {
    role_arn = "arn:aws:iam::${STRANGER}:role/deploy"
  }
}
resource "aws_s3_bucket" "replica" {
  provider = ${provider}
  bucket   = "audit-logs-replica"
}
`;

const granted = (grantee: string, operation = "Decrypt", key = "aws_kms_key.logs.key_id") => `
resource "aws_kms_grant" "logs" {
  key_id            = ${key}
  grantee_principal = "${grantee}"
  operations        = ["${operation}", "DescribeKey"]
}
`;

async function told(before: string, after: string, place?: Parameters<typeof sources>[1]) {
  const { findings } = await gate(sources({ prod: [before, after] }, place));
  return alerts(findings).filter((each) => each.includes("change-keeps-log-protection"));
}

const lost = (id: string, what: string) => [
  `fail change-keeps-log-protection prod#${id}: The change takes away what trails need: ${what}, did not`,
];
const ofBucket = (to: string) =>
  lost("aws_s3_bucket.logs", `bucket of audit: copies log files to ${to}`);
const doubtful = [
  expect.stringMatching(/^unknown change-keeps-log-protection prod#aws_s3_bucket\.logs/),
];

describe("log files that a change begins to copy", () => {
  test.each<[string, string, string, unknown[]]>([
    ["to another account", "", copied({ account: STRANGER }), ofBucket(`${OTHERS} of ${STRANGER}`)],
    ["within the account", "", copied({ account: "111122223333" }), []],
    ["to whom nobody tells", "", copied({}), doubtful],
    ["to where a variable tells", "", copied({ bucket: "var.to" }), doubtful],
    ["by a rule that is off", "", copied({ account: STRANGER, status: "Disabled" }), []],
    [
      "by a rule that was off",
      copied({ account: STRANGER, status: "Disabled" }),
      copied({ account: STRANGER }),
      ofBucket(`${OTHERS} of ${STRANGER}`),
    ],
    ["where they went before", copied({ account: STRANGER }), copied({ account: STRANGER }), []],
    [
      "to a planned bucket",
      "",
      replica("aws.west") + copied({ bucket: "aws_s3_bucket.replica.arn" }),
      [],
    ],
    [
      "to a planned bucket in another account",
      "",
      replica("aws.stranger") + copied({ bucket: "aws_s3_bucket.replica.arn" }),
      ofBucket(`arn:aws:s3:::audit-logs-replica of ${STRANGER}`),
    ],
  ])("%s", async (_, before, after, wanted) => {
    expect(await told(edited() + before, edited() + after)).toEqual(wanted);
  });

  test("to a planned bucket, though no account is told", async () => {
    const after = edited() + replica("aws.west") + copied({ bucket: "aws_s3_bucket.replica.arn" });
    expect(await told(edited(), after, {})).toEqual([]);
  });

  test("in a template, and in Terraform's older way of writing", async () => {
    const older = edited([
      'bucket              = "audit-logs"',
      `bucket = "audit-logs"
  replication_configuration {
    role = "arn:aws:iam::111122223333:role/copy"
    rules {
      status = "Enabled"
      destination {
        bucket     = "${OTHERS}"
        account_id = "${STRANGER}"
      }
    }
  }`,
    ]);
    expect(await told(edited(), older)).toEqual(ofBucket(`${OTHERS} of ${STRANGER}`));
    const template = (more: string) => `
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { TrailName: audit, IsLogging: true, S3BucketName: !Ref Logs }
  Logs:
    Type: AWS::S3::Bucket
    Properties: { BucketName: audit-logs${more} }
`;
    const rule = `, ReplicationConfiguration: { Role: r, Rules: [{ Status: Enabled, Destination: { Bucket: "${OTHERS}", Account: "${STRANGER}" } }] }`;
    const { findings } = await gate(templates({ prod: [template(""), template(rule)] }));
    expect(alerts(findings)).toEqual(
      lost("Logs", `bucket of audit: copies log files to ${OTHERS} of ${STRANGER}`),
    );
  });
});

describe("a grant on a trail's key", () => {
  const ofKey = lost("aws_kms_key.logs", `KMS key of audit: lets ${STRANGER} do kms:Decrypt`);

  test.each<[string, string, string[]]>([
    ["to another account", granted(`arn:aws:iam::${STRANGER}:role/reader`), ofKey],
    ["by the key's ARN", granted(STRANGER, "Decrypt", "aws_kms_key.logs.arn"), ofKey],
    ["within the account", granted("arn:aws:iam::111122223333:role/reader"), []],
    ["for what harms nobody", granted(STRANGER, "GetPublicKey"), []],
    ["on another key", granted(STRANGER, "Decrypt", '"1234abcd-12ab-34cd-56ef-1234567890ab"'), []],
  ])("%s", async (_, grant, wanted) => {
    expect(await told(edited(), edited() + grant)).toEqual(wanted);
  });

  test("that was there and stays is no loss", async () => {
    const both = edited() + granted(STRANGER);
    expect(await told(both, both)).toEqual([]);
  });
});
