import { expect, test } from "vitest";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "./files-in-memory.ts";

const FILES = {
  "infra/p/b.json": "{}",
  "infra/p/a.json": "{}",
  "infra/p/c.txt": "",
  "infra/p/deep/d.json": "{}",
  "infra/p/deep/er/e.yaml": "",
  "other/x.json": "{}",
};

function computed(expression: string) {
  const main = `resource "aws_sns_topic" "t" {\n  name = jsonencode(${expression})\n}\n`;
  const files = filesOf({ ...FILES, "infra/main.tf": main });
  const [topic] = readTerraformSource(files, "infra", { stack: "prod" }).after[0].resources;
  const name = topic?.values["name"];
  return typeof name === "string" ? JSON.parse(name) : null;
}

test.for<[string, string, string[]]>([
  ["p", "*.json", ["a.json", "b.json"]],
  ["${path.module}/p", "*.{json,txt}", ["a.json", "b.json", "c.txt"]],
  ["p", "?.txt", ["c.txt"]],
  ["p", "**/*.json", ["a.json", "b.json", "deep/d.json"]],
  ["p", "deep/**", ["deep/d.json", "deep/er/e.yaml"]],
  ["p", "*/*.json", ["deep/d.json"]],
  ["../other", "*", ["x.json"]],
  [".", "p/[.json", []],
  ["none", "*", []],
])("fileset(%s, %s) gives the files that match", ([path, pattern, found]) => {
  if (pattern.includes("[")) expect(computed(`fileset("${path}", "${pattern}")`)).toBeNull();
  else expect(computed(`fileset("${path}", "${pattern}")`)).toEqual(found);
});

test.for([
  ["outside of what may be read", 'fileset("../..", "*")'],
  ["by a pattern that takes long", 'fileset("p", "*a*a*a*a*")'],
  ["by a pattern with many depths", 'fileset("p", "**/**/**/**/*")'],
  ["by one that is not known", 'fileset("p", var.x)'],
] as const)("fileset is not known %s", ([, expression]) => {
  expect(computed(expression)).toBeNull();
});

test("fileexists tells whether there is a file", () => {
  expect(computed('[fileexists("p/a.json"), fileexists("p/z.json")]')).toEqual([true, false]);
});

test("each file makes an instance", () => {
  const main = 'resource "aws_sns_topic" "t" {\n  for_each = fileset("p", "*.json")\n}\n';
  const files = filesOf({ ...FILES, "infra/main.tf": main });
  const { resources } = readTerraformSource(files, "infra", { stack: "prod" }).after[0];
  expect(resources.map(({ address }) => address)).toEqual([
    'aws_sns_topic.t["a.json"]',
    'aws_sns_topic.t["b.json"]',
  ]);
});
