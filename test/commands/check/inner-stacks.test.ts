import { expect, test } from "vitest";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const MAIN = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const STACK =
  'resource "aws_cloudformation_stack" "audit" {\n  name          = "audit"\n  template_body = file("${path.module}/audit.yaml")\n}\n';
const TEMPLATE = `Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: audit
      S3BucketName: logs
      IsLogging: true
      IsMultiRegionTrail: true
`;
const BASE = { "main.tf": MAIN, "stack.tf": STACK, "audit.yaml": TEMPLATE };
const TRAIL = ".#aws_cloudformation_stack.audit/Trail";

async function judged(base: Record<string, string>, head: Record<string, string | null>) {
  const { path, git, commit } = scratch();
  commit(base);
  const before = git("rev-parse", "HEAD");
  commit(head);
  const { code, results, out } = await checked(path, ["--base-ref", before]);
  const found = lines(results()).filter((line) => line.startsWith("regression"));
  return { code, found, out, stacks: results().gate.stacks };
}

test.for<[string, Record<string, string | null>, string]>([
  [
    "stops the trail in the template",
    { "audit.yaml": TEMPLATE.replace("IsLogging: true", "IsLogging: false") },
    `fail change-keeps-trail-recording ${TRAIL}`,
  ],
  [
    "takes the trail out of the template",
    { "audit.yaml": "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n" },
    `fail change-keeps-trail ${TRAIL}`,
  ],
  [
    "takes the stack away with its template",
    { "stack.tf": null, "audit.yaml": null },
    `fail change-keeps-trail ${TRAIL}`,
  ],
  [
    "takes the stack away and leaves the template",
    { "stack.tf": null },
    `unknown change-keeps-trail ${TRAIL}`,
  ],
])("a change gates that %s of a stack that Terraform applies", async ([, head, line]) => {
  const { code, found } = await judged(BASE, head);
  expect(found).toContain(`regression ${line}`);
  expect(code).toBe(1);
});

test("the template is judged as what the stack makes, and not by itself", async () => {
  const { code, found, stacks } = await judged(BASE, { "other.tf": "# nothing\n" });
  expect(found).toEqual([]);
  expect(code).toBe(0);
  expect(stacks.map(({ name }) => name)).toEqual(["."]);
});

const FORGET =
  "removed {\n  from = aws_cloudformation_stack.audit\n  lifecycle {\n    destroy = false\n  }\n}\n";

test("a stack that Terraform only forgets keeps its trail", async () => {
  const { code, found } = await judged(BASE, { "stack.tf": FORGET, "audit.yaml": null });
  expect(found).toEqual([]);
  expect(code).toBe(0);
});

test("a stack whose template is not at hand and that is called as if it held trails is told of", async () => {
  const elsewhere = STACK.replace(/template_body.*/, 'template_url = "https://x/audit.yaml"');
  const { code, out } = await judged(
    { "main.tf": MAIN, "stack.tf": elsewhere },
    { "stack.tf": "" },
  );
  expect(out).toContain("The change removes aws_cloudformation_stack.audit (https://x/audit.yaml)");
  expect(out).toContain("judge its template by itself");
  expect(code).toBe(0);
});
