import { expect, test } from "vitest";
import type { Files } from "../../src/templates/files.ts";
import { findInputs } from "../../src/templates/find.ts";
import { rootsAmong } from "../../src/templates/terraform-source-roots.ts";
import { filesOf } from "./files-in-memory.ts";

test("all that can be judged is found by what it holds, and what is passed over is told", () => {
  const found = findInputs(
    filesOf({
      "cdk.out/manifest.json": JSON.stringify({ version: "53.0.0", artifacts: {} }),
      "cdk.out/A.template.json": "Type: AWS::A::B",
      "web/manifest.json": '{"name": "app"}',
      "app/manifest.json": '{"artifacts": {}}',
      "infra/trail.yml": "Resources: {T: {Type: AWS::CloudTrail::Trail}}",
      "infra/sam.template": "Transform: AWS::Serverless-2016-10-31",
      "infra/large.json": `{"AWSTemplateFormatVersion": "${"x".repeat(5_000_000)}"}`,
      "infra/readme.md": "Type: AWS::CloudTrail::Trail",
      "infra/p.json": '{"format_version":"1.2","planned_values":{}}',
      "infra/.old/x.tofu.json": "{}",
      "infra/.x.tf": "",
      "ci.yaml": "on: push",
      ".git/x.yaml": "Type: AWS::A::B",
      ".terraform/modules/x.tf": "",
      ...Object.fromEntries(
        ["a", "b", "c", "d"].map((each) => [`${each}/node_modules/x/t.yaml`, "Type: AWS::A::B"]),
      ),
    }),
  );
  expect(found).toEqual({
    plans: ["infra/p.json"],
    templates: ["infra/sam.template", "infra/trail.yml"],
    cdk: ["cdk.out"],
    configurations: ["infra/.old"],
    passedOver: [
      "Not looked into, as copies of others' code: a/node_modules/, b/node_modules/, c/node_modules/ and 1 more.",
      "infra/large.json is larger than 5 MB, which no template may be.",
    ],
  });
});

test("links are not followed, but a folder of linked configuration is one of configuration", () => {
  const files: Files = {
    read: () => new TextEncoder().encode("Type: AWS::A::B"),
    list: (folder) =>
      folder !== ""
        ? [{ name: "x.tf", isFolder: false, isLink: true }]
        : [
            { name: "around", isFolder: true, isLink: true },
            { name: "t.yaml", isFolder: false, isLink: true },
            { name: "in", isFolder: true },
          ],
  };
  expect(findInputs(files)).toMatchObject({ templates: [], configurations: ["in"] });
});

test("what will be read is said before the first file is read", () => {
  const expected: string[] = [];
  const files = filesOf({
    "a/t.yaml": "Type: AWS::A::B",
    "a/x.tf": "",
    "a/x.tfvars": "",
    "a/y": "",
  });
  findInputs({
    ...files,
    expect: (paths) => expected.push(...paths),
    read: (path) => (expected.includes(path) ? files.read(path) : expect.fail(path)),
  });
  expect(expected.sort()).toEqual(["a/t.yaml", "a/x.tf", "a/x.tfvars"]);
});

test("a search ends, however deep and wide the folders are, and says that it was cut short", () => {
  const wide: Files = {
    read: () => null,
    list: () => ["a", "b"].map((name) => ({ name, isFolder: true })),
  };
  const { passedOver } = findInputs(wide);
  expect(passedOver.join()).toContain("too many files");
  const deep: Files = { read: () => null, list: () => [{ name: "a", isFolder: true }] };
  expect(findInputs(deep).passedOver.join()).toContain("nested too deep");
});

const calls = (...sources: string[]) =>
  sources.map((source, index) => `module "m${index}" {\n  source = "${source}"\n}\n`).join("");

test.for<[string, { [path: string]: string }, string[]]>([
  ["is called by another", { "a/x.tf": calls("../b"), "b/x.tf": "" }, ["a"]],
  [
    "keeps a state of its own",
    { "a/x.tf": calls("../b"), "b/x.tf": 'terraform {\n backend "s3" {}\n}\n' },
    ["a", "b"],
  ],
  [
    "is kept in the cloud",
    { "a/x.tf": calls("../b"), "b/x.tf": "terraform {\n cloud {}\n}\n" },
    ["a", "b"],
  ],
  [
    "has values of its own",
    { "a/x.tf": calls("../b"), "b/x.tf": "", "b/terraform.tfvars": "" },
    ["a", "b"],
  ],
  [
    "calls who calls it",
    { "a/x.tf": calls("../b"), "b/x.tf": calls("../a"), "c/x.tf": "" },
    ["a", "c"],
  ],
])("a folder that %s is told from a root", ([, texts, roots]) => {
  const folders = [...new Set(Object.keys(texts).map((path) => path.split("/")[0] ?? ""))];
  const found = rootsAmong(filesOf(texts), folders);
  expect(found.roots).toEqual(roots);
  expect([...found.roots, ...found.modules].sort()).toEqual(folders.sort());
});
