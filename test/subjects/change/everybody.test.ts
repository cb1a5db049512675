import { describe, expect, test } from "vitest";
import { edited } from "./a-kept-trail.ts";
import { alerts, gate, sources } from "./gate.ts";

const FIRST = '{\n        Effect    = "Allow"\n        Principal = { Service = "cloudtrail';
const BLOCK = (isOn: boolean) => `
resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = ${isOn}
  ignore_public_acls      = true
  restrict_public_buckets = ${isOn}
}

resource "aws_s3_account_public_access_block" "all" {
  block_public_acls       = ${isOn}
  block_public_policy     = ${isOn}
  ignore_public_acls      = ${isOn}
  restrict_public_buckets = ${isOn}
}
`;

type Open = { may?: string; to?: string; how?: string; block?: boolean };

/** The trail with a bucket whose policy lets everybody in whom a condition does not hold back. */
function open({ may = "s3:GetObject", to, how = "StringEquals", block }: Open): string {
  const condition = to === undefined ? "" : `Condition = { ${how} = ${to} }`;
  const statement = `{
        Effect    = "Allow"
        Principal = "*"
        Action    = ["${may}"]
        Resource  = "arn:aws:s3:::audit-logs/*"
        ${condition}
      },
      `;
  const guarded = block === undefined ? "" : BLOCK(block);
  return `${edited([FIRST, `${statement}${FIRST}`])}${guarded}variable "ours" { type = string }\n`;
}

const OURS = '{ "aws:PrincipalOrgID" = var.ours }';

const OWN = '{ "aws:PrincipalAccount" = "111122223333" }';

const told = async (before: string, after: string) =>
  alerts((await gate(sources({ prod: [before, after] }))).findings);

const lets = (does: string) => [
  `fail change-keeps-log-protection prod#aws_s3_bucket_policy.logs: The change takes away what trails need: bucket policy of audit: lets everybody do ${does}, did not`,
];

describe("a bucket policy that a change opens to everybody", () => {
  test.each<[string, Open, Open, string[]]>([
    [
      "where public access is blocked",
      { to: OURS, block: true },
      { block: true },
      lets("s3:GetObject"),
    ],
    ["where nobody knows whether it is blocked", { to: OURS }, {}, lets("s3:GetObject")],
    [
      "who were accounts of an organization that is known",
      { to: '{ "aws:PrincipalOrgID" = "o-abcdefghij" }', block: true },
      { block: true },
      lets("s3:GetObject"),
    ],
    [
      "who were services for one account",
      { to: '{ "aws:SourceAccount" = "111122223333" }', block: true },
      { block: true },
      lets("s3:GetObject"),
    ],
    [
      "for more than it was",
      { block: true },
      { may: "s3:*", block: true },
      lets("s3:GetObjectVersion, s3:PutObject, s3:DeleteObject and 9 more"),
    ],
    [
      "for more, of a bucket that was public",
      { block: false },
      { may: "s3:PutObject", block: false },
      lets("s3:PutObject"),
    ],
    [
      "by a pattern that all organizations match",
      { to: OURS, block: true },
      { to: '{ "aws:PrincipalOrgID" = "o-*" }', how: "StringLike", block: true },
      lets("s3:GetObject"),
    ],
    [
      "who come by an endpoint of which nobody knows whose it is",
      { to: OWN, block: true },
      { to: '{ "aws:SourceVpce" = "vpce-0123456789abcdef0" }', block: true },
      [
        "unknown change-keeps-log-protection prod#aws_s3_bucket_policy.logs: aws_s3_bucket_policy.logs: what held before can no longer be proven",
      ],
    ],
    ["no more than it was", { block: true }, { block: true }, []],
    ["no longer", { block: false }, { to: OWN, block: false }, []],
  ])("%s", async (_, before, after, wanted) => {
    expect(await told(open(before), open(after))).toEqual(wanted);
  });

  test("weighs as much as a public bucket", async () => {
    const states = sources({ prod: [open({ to: OURS, block: false }), open({ block: false })] });
    const { findings, explained } = await gate(states);
    const broken = findings.filter(({ standing }) => standing === "regression");
    expect(broken.map(({ gateSeverity }) => gateSeverity)).toEqual(["critical"]);
    expect(explained.map(({ policy }) => policy)).toContain("log-bucket-not-public");
  });

  test("mends nothing, though S3 holds back everybody else whom it lets in", async () => {
    const mended = async (before: Open, after: Open) =>
      (await gate(sources({ prod: [open(before), open(after)] }))).improvements;
    expect(await mended({ to: OURS, block: true }, { block: true })).toEqual([]);
    expect(await mended({ to: OURS, block: true }, { to: OWN, block: true })).toEqual([
      {
        policy: "log-bucket-readers-trusted",
        subject: "prod#aws_s3_bucket.logs",
        was: "unknown",
      },
    ]);
  });
});

test("a key that a change opens to everybody is told once, and of a public one what more they may", async () => {
  const root = `Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"`;
  const key = (action: string) =>
    edited([root, `Principal = "*"\n        Action    = "kms:${action}"`]);
  const { findings } = await gate(sources({ prod: [edited(), key("Decrypt")] }));
  expect(alerts(findings)).toEqual([
    "fail change-keeps-log-protection prod#aws_kms_key.logs: The change takes away what trails need: KMS key of audit: lets everybody do kms:Decrypt, did not",
  ]);
  expect(findings.map(({ gateSeverity }) => gateSeverity)).toContain("critical");
  const wider = await told(key("Decrypt"), key("*"));
  expect(wider).toHaveLength(1);
  expect(await told(key("*"), edited())).toEqual([]);
});
