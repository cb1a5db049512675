import { describe, expect, test } from "vitest";
import { edited } from "./a-kept-trail.ts";
import { alerts, gate, sources, templates } from "./gate.ts";

const BUCKET = "object_lock_enabled = true";
const KEY = "enable_key_rotation = true";
const PREVENT = (is: boolean) => `\n  lifecycle {\n    prevent_destroy = ${is}\n  }`;

const bucket = (more: string) => `${edited([BUCKET, `${BUCKET}\n${more}`])}variable "yes" {}\n`;
const key = (more: string) => edited([KEY, `${KEY}\n${more}`]);

const told = async (before: string, after: string) =>
  alerts((await gate(sources({ prod: [before, after] }))).findings);

const alert = (id: string, what: string) => [
  `fail change-keeps-log-protection prod#${id}: The change takes away what trails need: ${what}`,
];
const ofBucket = (what: string) => alert("aws_s3_bucket.logs", `bucket of audit: ${what}`);
const FORCED = "force_destroy was false, is true";
const PREVENTED = "prevent_destroy was true, is false";

describe("what keeps a trail's bucket and key from being deleted", () => {
  test.each<[string, string, string, string[]]>([
    ["force_destroy", bucket(""), bucket("force_destroy = true"), ofBucket(FORCED)],
    ["prevent_destroy", bucket(PREVENT(true)), bucket(PREVENT(false)), ofBucket(PREVENTED)],
    ["prevent_destroy that goes", bucket(PREVENT(true)), bucket(""), ofBucket(PREVENTED)],
    [
      "both",
      bucket(PREVENT(true)),
      bucket("force_destroy = true"),
      ofBucket(`${PREVENTED} and ${FORCED}`),
    ],
    [
      "prevent_destroy of the key",
      key(PREVENT(true)),
      key(""),
      alert("aws_kms_key.logs", `KMS key of audit: ${PREVENTED}`),
    ],
    [
      "force_destroy by a value that is not known",
      bucket(""),
      bucket("force_destroy = var.yes"),
      [
        "unknown change-keeps-log-protection prod#aws_s3_bucket.logs: audit-logs: what held before can no longer be proven",
      ],
    ],
    ["the same value", bucket("force_destroy = var.yes"), bucket("force_destroy = var.yes"), []],
    ["the default written out", bucket(""), bucket("force_destroy = false"), []],
    ["more than before", bucket("force_destroy = true"), bucket(PREVENT(true)), []],
    ["what was not kept", bucket("force_destroy = true"), bucket("force_destroy = true"), []],
  ])("%s", async (_, before, after, wanted) => {
    expect(await told(before, after)).toEqual(wanted);
  });

  test("prevent_destroy is about one block: a move leaves it behind, force_destroy comes along", async () => {
    const moved = (text: string) =>
      `${text.replaceAll("aws_s3_bucket.logs", "aws_s3_bucket.kept").replace('"aws_s3_bucket" "logs"', '"aws_s3_bucket" "kept"')}moved {\n  from = aws_s3_bucket.logs\n  to   = aws_s3_bucket.kept\n}\n`;
    expect(await told(bucket(PREVENT(true)), moved(bucket("")))).toEqual([]);
    expect(await told(bucket(""), moved(bucket("force_destroy = true")))).toEqual(ofBucket(FORCED));
  });

  test("a bucket that serves no trail may be deleted as it likes", async () => {
    const web = (more: string) =>
      `${edited()}resource "aws_s3_bucket" "web" {\n  bucket = "web"\n  ${more}\n}\n`;
    expect(await told(web(""), web("force_destroy = true"))).toEqual([]);
  });
});

describe("the policies by which CloudFormation leaves a trail's bucket in AWS", () => {
  const template = (policies: string) => `Resources:
  Logs:
    Type: AWS::S3::Bucket
${policies}    Properties: { BucketName: logs }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { TrailName: audit, S3BucketName: !Ref Logs, IsLogging: true }
`;
  const both = (deletion: string, replacement: string) =>
    template(`    DeletionPolicy: ${deletion}\n    UpdateReplacePolicy: ${replacement}\n`);

  test.each<[string, string, string, string | null]>([
    [
      "deletion",
      both("Retain", "Retain"),
      both("Delete", "Retain"),
      "DeletionPolicy was Retain, is Delete",
    ],
    [
      "replacement",
      both("Retain", "Retain"),
      both("Retain", "Snapshot"),
      "UpdateReplacePolicy was Retain, is Snapshot",
    ],
    [
      "both, which are no longer said",
      both("RetainExceptOnCreate", "Retain"),
      template(""),
      "DeletionPolicy was Retain, is none and UpdateReplacePolicy was Retain, is none",
    ],
    [
      "another that retains",
      both("Retain", "Retain"),
      both("RetainExceptOnCreate", "Retain"),
      null,
    ],
    ["none that was there", both("Delete", "Delete"), template(""), null],
  ])("%s", async (_, before, after, wanted) => {
    const { findings } = await gate(templates({ prod: [before, after] }));
    expect(alerts(findings)).toEqual(
      wanted === null ? [] : alert("Logs", `bucket of audit: ${wanted}`),
    );
  });
});
