import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  BUCKET,
  itsResources,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
} from "../../subjects/a-snapshot.ts";
import { checked } from "./checked.ts";
import { snapshotFile } from "./compared.ts";
import { scratch } from "./repositories.ts";

const live = aSnapshot({
  resources: [aTrail(), ...itsResources()],
  accounts: [anAccount(MANAGEMENT, [aRegion("us-east-1", [sees()])])],
});

const PROVIDER = `provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["${MANAGEMENT}"]
}
`;
const bucket = (name = BUCKET, label = "a", more = "") =>
  `resource "aws_s3_bucket" "${label}" {\n  bucket = "${name}"\n${more}}\n`;
const group = (name = "trail", more = "") =>
  `resource "aws_cloudwatch_log_group" "a" {\n  name = "${name}"\n${more}}\n`;
const stack = (retained: string, name = BUCKET) => `Resources:
  Logs:
    Type: AWS::S3::Bucket
    ${retained}
    Properties: { BucketName: ${name} }
  Other:
    Type: AWS::S3::Bucket
`;
const OTHER = "Resources:\n  Other:\n    Type: AWS::S3::Bucket\n";

/** What a change of a stack without any trail takes from the live ones, and whether all of it gates. */
async function told(before: string, after: string, file = "main.tf") {
  const repository = scratch();
  copyFileSync(await snapshotFile(live), join(repository.path, "snap"));
  const more = file === "main.tf" ? PROVIDER : "";
  const from = repository.commit({ [file]: more + before });
  repository.commit({ [file]: more + after });
  const { code, results } = await checked(repository.path, ["--base-ref", from, "--live", "snap"]);
  const { findings } = results();
  const broken = findings.filter(({ standing }) => standing === "regression");
  const losses = broken.filter(({ policy }) => policy === "change-keeps-log-protection");
  return {
    code,
    losses: losses.map(({ message }) => message.replace(/^.*trails need: /, "")),
    others: broken.length > losses.length,
  };
}

const lost = (what: string, how: string) => `${what} of organization: was there, is ${how}`;
const NOTHING = { code: 0, losses: [], others: false };

test("the bucket of a live trail is missed although its stack has neither trail nor bucket policy", async () => {
  const gone = { code: 1, others: true };
  expect(await told(bucket(), "")).toEqual({ ...gone, losses: [lost("bucket", "deleted")] });
  expect(await told(bucket(), bucket("other"))).toEqual({
    ...gone,
    losses: [lost("bucket", "deleted and made anew")],
  });
  expect(await told(stack(""), OTHER, "stack.yaml")).toEqual({
    ...gone,
    losses: [lost("bucket", "deleted")],
  });
});

test("the log group of a live trail is missed", async () => {
  expect((await told(group(), "")).losses).toEqual([lost("log group", "deleted")]);
  expect((await told(group(), group("other"))).losses).toEqual([
    lost("log group", "deleted and made anew"),
  ]);
});

test("what stays in AWS, or that no live trail uses, is not missed", async () => {
  expect(await told(bucket(), bucket(BUCKET, "a", '  tags = { a = "b" }\n'))).toEqual(NOTHING);
  expect(await told(bucket("photos"), bucket("pictures"))).toEqual(NOTHING);
  expect(await told(group("app"), "")).toEqual(NOTHING);
  const moved = "moved {\n  from = aws_s3_bucket.a\n  to   = aws_s3_bucket.b\n}\n";
  expect(await told(bucket(), moved + bucket(BUCKET, "b"))).toEqual(NOTHING);
  const kept = stack("DeletionPolicy: Retain");
  expect(await told(kept, OTHER, "stack.yaml")).toEqual(NOTHING);
  const both = "DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain";
  expect(await told(stack(both), stack(both, "other"), "stack.yaml")).toEqual(NOTHING);
});

test("a bucket that a name from outside may rename is not known to be there", async () => {
  const variable = 'variable "name" {}\n';
  const { code, losses, others } = await told(
    variable + bucket(),
    variable + bucket("$" + "{var.name}"),
  );
  expect({ code, losses: losses.length, others }).toEqual({ code: 1, losses: 1, others: true });
});

const archive = (...trails: string[]) => `resource "aws_s3_bucket" "archive" {
  bucket = "archive"
}
resource "aws_s3_bucket_policy" "archive" {
  bucket = aws_s3_bucket.archive.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::archive/AWSLogs/*"
      Condition = { StringEquals = { "aws:SourceArn" = ${JSON.stringify(trails)} } }
    }]
  })
}
`;

test("a trail that the snapshot shows to be none may be taken out of an archive's policy, any other may not", async () => {
  const seen = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/old`;
  const unseen = [
    `arn:aws:cloudtrail:eu-west-1:${MANAGEMENT}:trail/old`,
    "arn:aws:cloudtrail:us-east-1:444444444444:trail/old",
    ORG_TRAIL,
  ];
  const other = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/other`;
  expect(await told(archive(seen, other), archive(other))).toEqual(NOTHING);
  for (const trail of unseen) {
    const { code, losses } = await told(archive(trail, other), archive(other));
    expect({ code, losses: losses.length }).toEqual({ code: 1, losses: 1 });
  }
  const planned = `resource "aws_cloudtrail" "old" {
  name           = "old"
  s3_bucket_name = "elsewhere"
}
`;
  const { losses } = await told(planned + archive(seen, other), planned + archive(other));
  expect(losses).toHaveLength(1);
});
