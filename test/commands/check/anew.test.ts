import { expect, test } from "vitest";
import { checked, lines } from "./checked.ts";
import { scratch } from "./repositories.ts";

const trail = (address: string, more = "", name = "organization") => `
resource "aws_cloudtrail" "${address}" {
  name                  = "${name}"
  s3_bucket_name        = "logs"
  is_multi_region_trail = true
  ${more}
}
`;
const STOPPED = "enable_logging = false";

async function gated(base: Record<string, string>, change: Record<string, string | null>) {
  const repository = scratch();
  repository.commit(base);
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const run = await checked(repository.path, ["--base-ref", "main"]);
  const told = lines(run.results());
  return {
    regressions: told.filter((line) => line.startsWith("regression")),
    debts: told.filter((line) => line.startsWith("debt")),
    messages: run.results().findings.map(({ message }) => message),
    text: [...run.out, run.err].join(""),
  };
}

const source = (before: string, after: string) =>
  gated({ "main.tf": before }, { "main.tf": after });
const REPLACED = "regression fail change-keeps-trail .#aws_cloudtrail.old";

test("a trail under another address without a moved block is made anew, and its debts are no new failures", async () => {
  const { regressions, debts } = await source(trail("old"), trail("new"));
  expect(regressions).toEqual([REPLACED]);
  expect(debts).toContain("debt fail trail-encrypted-with-kms .#aws_cloudtrail.new");
});

test("what did not fail before fails anew", async () => {
  const { regressions } = await source(trail("old"), trail("new", STOPPED));
  expect(regressions).toContain("regression fail trail-is-logging .#aws_cloudtrail.new");
  expect(regressions).not.toContain(
    "regression fail trail-encrypted-with-kms .#aws_cloudtrail.new",
  );
});

test("what was stopped before and is so under its new address is old debt", async () => {
  const { debts } = await source(trail("old", STOPPED), trail("new", STOPPED));
  expect(debts).toContain("debt fail trail-is-logging .#aws_cloudtrail.new");
});

test.each([
  ["another name", trail("old"), trail("new", "", "other")],
  ["two of the name", trail("old"), trail("new") + trail("newer")],
  ["two of the name before", trail("old") + trail("older"), trail("new")],
  [
    "one that may not be there",
    trail("old"),
    `variable "is_on" {}\n${trail("new", "count = var.is_on ? 1 : 0")}`,
  ],
])("a new trail with %s has nobody's debts", async (_, before, after) => {
  const { debts } = await source(before, after);
  expect(debts).toEqual([]);
});

test("a moved block moves", async () => {
  const moved = "moved {\n  from = aws_cloudtrail.old\n  to   = aws_cloudtrail.new\n}\n";
  const { regressions, debts } = await source(trail("old"), trail("new") + moved);
  expect(regressions).toEqual([]);
  expect(debts).toContain("debt fail trail-encrypted-with-kms .#aws_cloudtrail.new");
});

const synthesised = (id: string, path = "Audit/Trail/Resource", more = {}) =>
  JSON.stringify({
    Resources: {
      [id]: {
        Type: "AWS::CloudTrail::Trail",
        Properties: { S3BucketName: "logs", IsLogging: true, ...more },
        Metadata: { "aws:cdk:path": path },
      },
    },
  });
const MANIFEST = JSON.stringify({
  version: "48.0.0",
  artifacts: {
    Audit: {
      type: "aws:cloudformation:stack",
      environment: "aws://111122223333/eu-west-1",
      properties: { templateFile: "Audit.template.json" },
    },
  },
});
const application = (template: string) => ({
  "cdk.out/manifest.json": MANIFEST,
  "cdk.out/Audit.template.json": template,
});

test("a construct that gets another logical id is made anew, told by its path", async () => {
  const { regressions, debts, messages } = await gated(
    application(synthesised("TrailA1B2C3D4")),
    application(synthesised("TrailE5F6A7B8", "Audit/Trail/Resource", { IsLogging: true })),
  );
  expect(regressions).toEqual([
    expect.stringMatching(/^regression fail change-keeps-trail .*#TrailA1B2C3D4$/),
  ]);
  expect(messages.join("\n")).toMatch(/is replaced by it.*\(construct Audit\/Trail\)/);
  expect(debts).toContainEqual(
    expect.stringMatching(/^debt fail trail-encrypted-with-kms .*#TrailE5F6A7B8$/),
  );
});

test("another construct is another trail", async () => {
  const { debts, messages } = await gated(
    application(synthesised("TrailA1B2C3D4")),
    application(synthesised("TrailE5F6A7B8", "Audit/Other/Resource")),
  );
  expect(messages.join("\n")).toContain("is deleted");
  expect(debts).toEqual([]);
});

test("an unnamed trail of two stacks that gets another logical id in both moves to neither", async () => {
  const manifest = JSON.parse(MANIFEST);
  manifest.artifacts.Second = {
    ...manifest.artifacts.Audit,
    properties: { templateFile: "Second.template.json" },
  };
  const both = (id: string) => ({
    ...application(synthesised(id)),
    "cdk.out/manifest.json": JSON.stringify(manifest),
    "cdk.out/Second.template.json": synthesised(id, "Second/Trail/Resource"),
  });
  const { regressions } = await gated(both("TrailA1B2C3D4"), both("TrailE5F6A7B8"));
  expect(regressions).toEqual([
    expect.stringMatching(/^regression fail change-keeps-trail .*Audit#TrailA1B2C3D4$/),
    expect.stringMatching(/^regression fail change-keeps-trail .*Second#TrailA1B2C3D4$/),
  ]);
});
