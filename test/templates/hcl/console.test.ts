import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readTerraformSource } from "../../../src/templates/terraform-source.ts";
import { filesOf } from "../files-in-memory.ts";

// What `terraform console` 1.11.4 answered to jsonencode(local.r) in this folder.
const answers: { [name: string]: unknown } = JSON.parse(
  readFileSync("test/templates/hcl/console/answers.json", "utf8"),
);

const text = readFileSync("test/templates/hcl/console/main.tf", "utf8");
const asked = `${text}\nresource "aws_cloudtrail" "asked" {\n  r = local.r\n}\n`;
const read = readTerraformSource(filesOf({ "main.tf": asked }), "", { stack: "console" });
const ours = Object(read.after[0].resources[0]?.values["r"]);

test("every expression that Terraform was asked is read", () => {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(answers).sort());
});

test.for(Object.keys(answers))("%s gives what Terraform gives", (name) => {
  expect(ours[name]).toEqual(answers[name]);
});
