import { describe, expect, test } from "vitest";
import { alerts, gate, sources } from "./gate.ts";

const ACCOUNT = "111122223333";
const trail = (name: string) => `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/${name}`;

type Let = { service?: string; who?: string; resource?: string; of?: string; effect?: string };

/** A statement that lets a service write to the bucket, for trails of these ARNs. */
const letsIn = ({
  who,
  service = "cloudtrail.amazonaws.com",
  resource = "archive/*",
  of,
  effect,
}: Let) => `{
      Effect    = "${effect ?? "Allow"}"
      Principal = ${who ?? `{ Service = "${service}" }`}
      Action    = ["s3:PutObject", "kms:GenerateDataKey*"]
      Resource  = ${resource === "*" ? '"*"' : `"arn:aws:s3:::${resource}"`}
      ${of === undefined ? "" : `Condition = { StringEquals = { "aws:SourceArn" = [${of}] } }`}
    }`;

const DATA = 'data "aws_caller_identity" "current" {}\n';
const BUCKET = 'resource "aws_s3_bucket" "archive" {\n  bucket = "archive"\n}\n';
const bucketPolicy = (...statements: Let[]) => `resource "aws_s3_bucket_policy" "archive" {
  bucket = aws_s3_bucket.archive.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [${statements.map(letsIn).join(", ")}]
  })
}
`;
const LOCK = `resource "aws_s3_bucket_object_lock_configuration" "archive" {
  bucket = aws_s3_bucket.archive.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 400
    }
  }
}
`;
const archive = (...statements: Let[]) => `${DATA}${BUCKET}${bucketPolicy(...statements)}`;
const key = (...statements: Let[]) => `${DATA}resource "aws_kms_key" "trail" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [${statements.map((each) => letsIn({ resource: "*", ...each })).join(", ")}]
  })
}
`;

/** What is told of the protection that a change takes away. */
async function told(before: string, after: string): Promise<string[]> {
  const { findings } = await gate(sources({ prod: [before, after] }));
  return alerts(findings)
    .filter((each) => each.includes("change-keeps-log-protection"))
    .map((each) => each.replace(/^fail change-keeps-log-protection prod#/, ""));
}

const lost = (address: string, what: string) => [
  `${address}: The change takes away what trails need: ${what}`,
];
const POLICY = "aws_s3_bucket_policy.archive";

describe("an archive whose policy lets CloudTrail in keeps logs of trails that no plan holds", () => {
  test.each([
    [
      "its bucket",
      DATA,
      "aws_s3_bucket.archive",
      "bucket of trails elsewhere: was there, is deleted",
    ],
    [
      "its policy",
      DATA + BUCKET,
      POLICY,
      "bucket policy of trails elsewhere: was there, is deleted",
    ],
  ])("and %s is missed where it is deleted", async (_, after, address, what) => {
    expect(await told(archive({}), after)).toEqual(lost(address, what));
  });

  test("and so is its Object Lock retention", async () => {
    expect(await told(archive({}) + LOCK, archive({}))).toEqual(
      lost(
        "aws_s3_bucket_object_lock_configuration.archive",
        "Object Lock retention of trails elsewhere: was there, is deleted",
      ),
    );
  });

  test.each([
    ["names it no more", [{ service: "config.amazonaws.com" }]],
    ["denies it too", [{}, { effect: "Deny" }]],
    ["lets it into another folder only", [{ resource: "other/*" }]],
  ])("and a policy that %s is a loss", async (_, statements) => {
    expect(await told(archive({}), archive(...statements))).toEqual(
      lost(POLICY, "bucket policy of trails elsewhere: let CloudTrail do s3:PutObject, does not"),
    );
  });

  test("and a trail that it is no longer open to is named", async () => {
    const both = `"${trail("main")}", "${trail("other")}"`;
    expect(await told(archive({ of: both }), archive({ of: `"${trail("other")}"` }))).toEqual(
      lost(
        POLICY,
        `bucket policy of trails elsewhere: let CloudTrail do s3:PutObject for ${trail("main")}, does not (a snapshot without that trail, --live, clears it)`,
      ),
    );
  });

  test.each<[string, Let[], Let[]]>([
    ["narrows to a trail what was open to all", [{}], [{ of: `"${trail("main")}"` }]],
    ["narrows to a folder what was open to all", [{}], [{ resource: "archive/AWSLogs/*" }]],
    ["opens it to another service too", [{}], [{}, { service: "config.amazonaws.com" }]],
    [
      "spells out what it computed",
      [
        {
          of: `"arn:aws:cloudtrail:eu-west-1:\${data.aws_caller_identity.current.account_id}:trail/main"`,
        },
      ],
      [{ of: `"${trail("main")}"` }],
    ],
    [
      "spells out the folder that it computed",
      [{ resource: "archive/AWSLogs/${data.aws_caller_identity.current.account_id}/*" }],
      [{ resource: `archive/AWSLogs/${ACCOUNT}/*` }],
    ],
    [
      "computes what it spelled out",
      [{ of: `"${trail("main")}"` }],
      [
        {
          of: `"arn:aws:cloudtrail:eu-west-1:\${data.aws_caller_identity.current.account_id}:trail/main"`,
        },
      ],
    ],
  ])("and a policy that %s takes nothing away", async (_, before, after) => {
    expect(await told(archive(...before), archive(...after))).toEqual([]);
  });
});

test.each<[string, string, string]>([
  ["deleted", DATA, "was there, is deleted"],
  [
    "closed to it",
    key({ service: "config.amazonaws.com" }),
    "let CloudTrail do kms:GenerateDataKey, does not",
  ],
])("a key whose policy lets CloudTrail in is missed where it is %s", async (_, after, what) => {
  expect(await told(key({}), after)).toEqual(
    lost("aws_kms_key.trail", `KMS key of trails elsewhere: ${what}`),
  );
});

test("of buckets and keys whose policy does not name CloudTrail nothing is told", async () => {
  const other = { service: "config.amazonaws.com" };
  expect(await told(archive(other) + LOCK, DATA + BUCKET)).toEqual([]);
  expect(await told(key(other), DATA)).toEqual([]);
  expect(await told(archive({ effect: "Deny" }), DATA)).toEqual([]);
  const elsewhere = { effect: "Deny", resource: "archive/elsewhere/*" };
  expect(await told(archive({ who: '"*"' }, elsewhere), DATA)).toEqual([]);
});
