import { expect, test } from "vitest";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { encodedTerm } from "../../../src/templates/hcl/encoded.ts";
import { jsonText } from "../../../src/templates/hcl/json-text.ts";
import { isText } from "../../../src/templates/value.ts";

const hole = unknown("unresolved", { detail: "var.a" });
const bucket = { $reference: { address: "aws_s3_bucket.b", attribute: "arn" } };

/** What is read of what an encoder wrote. */
function read(text: string) {
  const written = jsonText(
    new Map([["Action", [text, hole, { $text: ["1", bucket, "/*", bucket] }]]]),
  );
  return isText(written) ? encodedTerm(written) : null;
}

test("a document that an encoder wrote is read with what is not known where it stood", () => {
  expect(read('"0"')).toEqual(
    new Map([["Action", ['"0"', hole, { $text: ["1", bucket, "/*", bucket] }]]]),
  );
});

test("nothing is read of a document that has the letters that stand for what is not known", () => {
  expect(read("\u{E010}1\u{E011}")).toEqual(
    unknown("unresolved", { detail: "a document with private characters" }),
  );
});
