import { expect, test } from "vitest";
import { alerts, gate, sources } from "./gate.ts";

/** A bucket that keeps what CloudTrail delivers, to these keys, of trails that no plan holds. */
const archive = (keys: string, rule = "") => `
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
      Resource  = "arn:aws:s3:::audit-logs/${keys}"
    }]
  })
}
resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    id     = "years"
    status = "Enabled"
    filter {}
    expiration {
      days = 2557
    }
  }
  ${rule}
}
`;

const shortly = (prefix: string) => `rule {
    id     = "soon"
    status = "Enabled"
    filter {
      prefix = "${prefix}"
    }
    expiration {
      days = 3
    }
  }`;

const ALL = "AWSLogs/*";
const OF_ORGANIZATION = "AWSLogs/o-abc1234567/*";

test.each<[string, string, string[]]>([
  ["AWSLogs/", ALL, ["fail"]],
  ["AWS", ALL, ["fail"]],
  ["AWSLogs/o-abc1234567/", OF_ORGANIZATION, ["fail"]],
  ["AWSLogs/o-abc1234567/", ALL, ["unknown"]],
  ["AWSLogs/111122223333/", ALL, ["unknown"]],
  ["AWSLogs/111122223333/CloudTrail/eu-west-1/", ALL, ["unknown"]],
  ["AWSLogs/", "*", ["unknown"]],
  ["org/AWSLogs/", "org/AWSLogs/*", ["fail"]],
  ["org/", "org/AWSLogs/*", ["fail"]],
  ["AWSLogs/111122223333/elasticloadbalancing/", ALL, []],
  ["AWSLogs/o-zzz1234567/", OF_ORGANIZATION, []],
  ["tmp/", ALL, []],
  ["tmp/", "*", []],
  ["AWSLogs/", "org/AWSLogs/*", []],
])(
  "what begins with %s and goes after days is log files where CloudTrail writes %s: %j",
  async (prefix, keys, wanted) => {
    const { findings } = await gate(
      sources({ prod: [archive(keys), archive(keys, shortly(prefix))] }),
    );
    const told = alerts(findings).filter((each) =>
      each.includes("log-bucket-retention-sufficient"),
    );
    expect(told.map((each) => each.split(" ")[0])).toEqual(wanted);
  },
);
