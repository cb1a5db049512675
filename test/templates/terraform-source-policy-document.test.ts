import { expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { isText } from "../../src/templates/value.ts";
import { filesOf } from "./files-in-memory.ts";

const statement = (sid: string, action: string) =>
  `statement {\n sid = ${sid}\n actions = ["${action}"]\n resources = ["\${aws_s3_bucket.b.arn}/*"]\n }`;

/** The policy whose statements are taken from another document, with the Sids of the two. */
function policy(inner: string, outer: string) {
  const text = `variable "sid" {}
resource "aws_s3_bucket" "b" {}
data "aws_iam_policy_document" "inner" {
  ${statement(inner, "s3:GetObject")}
}
data "aws_iam_policy_document" "outer" {
  source_policy_documents = [data.aws_iam_policy_document.inner.json]
  ${statement(outer, "s3:PutObject")}
}
resource "aws_s3_bucket_policy" "b" {
  policy = data.aws_iam_policy_document.outer.json
}`;
  const { after } = readTerraformSource(filesOf({ "main.tf": text }), "", { stack: "prod" });
  const found = after[0].resources.find(({ type }) => type === "aws_s3_bucket_policy");
  return found?.values["policy"] ?? null;
}

test.each([
  ["another Sid", '"B"', 2],
  ["no Sid", '""', 2],
  ["the same Sid", '"A"', 1],
])(
  "a statement with %s beside one of a document that names what is not made yet",
  (_, sid, count) => {
    const document = policy('"A"', sid);
    if (!isText(document)) throw new Error("the document is not known");
    const text = document.$text.map((part) => (typeof part === "string" ? part : "arn")).join("");
    expect(JSON.parse(text).Statement).toHaveLength(count);
    expect(document.isJson).toBe(true);
  },
);

test.each([
  ["var.sid", '"A"'],
  ['"A"', "var.sid"],
  ['"A${var.sid}"', '"A1"'],
])("a Sid that is not known may take any statement's place: %s and %s", (inner, outer) => {
  expect(policy(inner, outer)).toMatchObject({ $unknown: { reason: "unresolved" } });
});
