import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { diskFiles } from "../../../src/commands/check/disk.ts";
import {
  type FoundInputs,
  type InputRequest,
  readBaseInputs,
  readInputs,
} from "../../../src/commands/check/inputs.ts";
import { AuditError } from "../../../src/errors.ts";
import type { Files } from "../../../src/templates/files.ts";
import { filesOf } from "../../templates/files-in-memory.ts";
import { aChange, aPlan } from "../../templates/plan/a-plan.ts";
import { folder } from "../../whole-path/judged.ts";

type Texts = { [path: string]: string | Uint8Array };

const TRAIL = "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n";
const SOURCE = 'resource "aws_cloudtrail" "t" {\n  name = "t"\n}\n';
const STACK = (url: string) =>
  `Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ${url}\n`;
const MODULE = (source: string) => `module "m" {\n  source = "${source}"\n}\n`;
const deep = (open: string, close: string, depth = 100_000) =>
  open.repeat(depth) + close.repeat(depth);
const manifest = (artifacts: object) => JSON.stringify({ version: "53.0.0", artifacts });
const cdkStack = (templateFile: string) => ({
  type: "aws:cloudformation:stack",
  properties: { templateFile },
});

/** Files in a folder beside which others lie that are not to be read. */
function onDisk(texts: Texts, links: { [path: string]: string } = {}): Files {
  const around = folder();
  const root = join(around, "root");
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  write(join(around, "outside/main.tf"), SOURCE);
  write(join(around, "outside/t.yaml"), `${TRAIL}      TrailName: outside\n`);
  mkdirSync(root);
  for (const [path, content] of Object.entries(texts)) write(join(root, path), content);
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  return diskFiles(root);
}

const request = (paths: readonly string[], more: Partial<InputRequest> = {}): InputRequest => ({
  paths: paths.map((path) => ({ name: null, path })),
  stacks: [],
  expect: [],
  isFork: false,
  isBrought: () => false,
  ...more,
});

const attempt = (files: Files, path: string): Promise<FoundInputs | AuditError> =>
  readInputs(files, request([path])).catch((error: unknown) =>
    error instanceof AuditError ? error : expect.fail(String(error)),
  );

async function failure(files: Files, path: string): Promise<string> {
  const error = await attempt(files, path);
  return error instanceof AuditError
    ? `${error.code}: ${error.message}`
    : expect.fail("it was read");
}

async function read(files: Files, path: string): Promise<FoundInputs> {
  const found = await attempt(files, path);
  return found instanceof AuditError ? expect.fail(found.message) : found;
}

describe.each([
  ["on the disk", onDisk],
  ["in memory", filesOf],
])("%s", (_, make: (texts: Texts) => Files) => {
  test.for<[string, Texts, string, RegExp]>([
    [
      "YAML of many levels",
      { "t.yaml": `${TRAIL}      X: ${deep("[", "]")}` },
      "t.yaml",
      /t\.yaml:5/,
    ],
    [
      "YAML maps of many levels",
      { "t.yaml": `${TRAIL}      X: ${deep("{a: ", "}")}` },
      "t.yaml",
      /t\.yaml:5/,
    ],
    [
      "YAML of many levels, with others closed between them",
      { "t.yaml": `${TRAIL}      X: ${"{a: [], b: ".repeat(10_000)}` },
      "t.yaml",
      /t\.yaml:5:\d+: it is nested too deep/,
    ],
    [
      "YAML of tags alone",
      { "t.yaml": `${TRAIL}      X: ${"!Sub ".repeat(10_000)}a` },
      "t.yaml",
      /t\.yaml:5:\d+: a value has too many tags/,
    ],
    [
      "YAML of aliases",
      { "t.yaml": `${TRAIL}${"      &a a: *a\n".repeat(10_000)}` },
      "t.yaml",
      /too many aliases/,
    ],
    [
      "YAML of 3 MB",
      { "t.yaml": `${TRAIL}      X: ${"x".repeat(3_000_000)}` },
      "t.yaml",
      /t\.yaml:1:1: it is YAML of more than 2 MB/,
    ],
    [
      "JSON of many levels",
      { "t.json": `{"Resources":{"T":{"Type":"AWS::A::B","X":${deep("[", "]")}}}}` },
      "t.json",
      /t\.json:1/,
    ],
    [
      "a template that is no UTF-8",
      { "t.yaml": Buffer.from(`${TRAIL}      TrailName: é`, "latin1") },
      "t.yaml",
      /t\.yaml:5: it is not UTF-8/,
    ],
    [
      "a template of 6 MB",
      { "t.yaml": `${TRAIL}      TrailName: ${"x".repeat(6_000_000)}` },
      "t.yaml",
      /larger than 5 MB/,
    ],
    ["aliases that double", { "t.yaml": bomb() }, "t.yaml", /t\.yaml/],
    [
      "an alias of what is around it",
      { "t.yaml": `${TRAIL}      X: &a [*a]\n` },
      "t.yaml",
      /t\.yaml:5/,
    ],
    ["source of many levels", { "main.tf": `a = ${deep("(", ")")}` }, "main.tf", /main\.tf:1/],
    [
      "source that is no UTF-8",
      { "main.tf": Uint8Array.of(0x61, 0xff) },
      "main.tf",
      /main\.tf:1: the file is not UTF-8/,
    ],
    ["source of 3 MB", { "main.tf": "#".repeat(3_000_000) }, "main.tf", /more than 2 MB/],
    ["a plan of many levels", { "p.json": plan(deep("[", "]")) }, "p.json", /p\.json/],
    [
      "a plan that is no UTF-8",
      { "p.json": Buffer.from(plan('"é"'), "latin1") },
      "p.json",
      /p\.json/,
    ],
    ["a plan that was cut", { "p.json": plan('"x"').slice(0, -20) }, "p.json", /p\.json/],
    [
      "Terraform's own form of a plan",
      { tfplan: "PK\u0003\u0004 tfplan tfstate" },
      "tfplan",
      /binary/,
    ],
    ["the log of a plan", { "p.json": '{"@level":"info"}\n' }, "p.json", /log of terraform plan/],
    [
      "a CDK folder whose manifest is cut",
      { "cdk.out/manifest.json": '{"version":"5","artifacts":{' },
      "cdk.out",
      /cdk\.out\/manifest\.json:1/,
    ],
  ])(
    "%s is refused, naming the file, and spoils no search for others",
    async ([, texts, path, message]) => {
      const files = make(texts);
      const said = await failure(files, path);
      expect(said).toMatch(/^bad-template/);
      expect(said).toMatch(message);
      expect(said.length).toBeLessThan(600);
      const { inputs } = await read(make({ ...texts, "ok/main.tf": SOURCE }), "");
      expect(inputs.map((each) => each.stack)).toContain("ok");
    },
  );

  test.for<[string, Texts, string]>([
    ["a template nested in itself", { "t.yaml": STACK("t.yaml") }, "t.yaml"],
    [
      "templates nested in each other",
      { "t.yaml": STACK("u.yaml"), "u.yaml": STACK("t.yaml") },
      "t.yaml",
    ],
    ["a template nested from outside", { "t.yaml": STACK("../outside/t.yaml") }, "t.yaml"],
    ["a template nested by an absolute path", { "t.yaml": STACK("/etc/hostname") }, "t.yaml"],
    [
      "modules that call each other",
      { "a/main.tf": MODULE("../b"), "b/main.tf": MODULE("../a") },
      "a",
    ],
    ["a module from outside", { "main.tf": MODULE("../outside") }, "main.tf"],
    ["a module by an absolute path", { "main.tf": MODULE("/etc") }, "main.tf"],
    [
      "a fetched module that is said to lie outside",
      {
        "main.tf": MODULE("x/y/aws"),
        ".terraform/modules/modules.json": '{"Modules":[{"Key":"m","Dir":"../outside"}]}',
      },
      "main.tf",
    ],
  ])("%s leaves open what there is", async ([, texts, path]) => {
    const { inputs } = await read(make(texts), path);
    expect(inputs[0]?.after[0].open).toMatchObject({ $unknown: { reason: "unresolved" } });
    expect(inputs.flatMap(({ after }) => after[0].resources.map(({ type }) => type))).not.toContain(
      "aws_cloudtrail",
    );
  });

  test.for<[string, Texts, string]>([
    ["a file from outside", { "main.tf": named('file("../outside/main.tf")') }, "main.tf"],
    ["a file by an absolute path", { "main.tf": named('file("/etc/hostname")') }, "main.tf"],
    [
      "a local that is made of itself",
      { "main.tf": `locals {\n  a = local.b\n  b = local.a\n}\n${named("local.a")}` },
      "main.tf",
    ],
    [
      "a text that doubles",
      { "main.tf": `locals {\n${doubling()}}\n${named("local.x40")}` },
      "main.tf",
    ],
    [
      "a condition of itself",
      { "t.yaml": `Conditions: {C: !Condition C}\n${TRAIL}      TrailName: !If [C, a, b]\n` },
      "t.yaml",
    ],
    [
      "a resource named by itself",
      { "t.yaml": `${TRAIL}      TrailName: !Sub "\${Q.X}"\n` },
      "t.yaml",
    ],
  ])("%s is not known, and the trail is there", async ([, texts, path]) => {
    const { inputs } = await read(make(texts), path);
    const states = inputs.flatMap(({ after }) => after);
    expect(states.map(({ resources }) => resources.length)).toEqual(states.map(() => 1));
    const names = states.map(
      ({ resources: [trail] }) => trail?.values["name"] ?? trail?.values["TrailName"],
    );
    for (const name of names) expect(JSON.stringify(name)).toMatch(/\$unknown|"[ab]"/);
    expect(JSON.stringify(names)).not.toContain("aws_cloudtrail");
  });

  test.for<[string, Texts, string]>([
    [
      "a template",
      {
        "t.json":
          '{"Resources":{"__proto__":{"Type":"AWS::CloudTrail::Trail","Properties":{"__proto__":{"polluted":1}}}},"Conditions":{"__proto__":{}},"Parameters":{"constructor":{"Default":"x"}}}',
      },
      "t.json",
    ],
    [
      "YAML",
      {
        "t.yaml":
          "__proto__: {polluted: 1}\nResources:\n  __proto__:\n    Type: AWS::CloudTrail::Trail\n    Properties: {__proto__: {polluted: 1}}\n",
      },
      "t.yaml",
    ],
    [
      "source",
      {
        "main.tf":
          'locals {\n  __proto__ = { polluted = 1 }\n}\nresource "aws_cloudtrail" "__proto__" {\n  __proto__ = local.__proto__\n}\n',
      },
      "main.tf",
    ],
    [
      "a plan",
      {
        "p.json": plan('"x"').replace(
          '"tags":',
          '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"tags":',
        ),
      },
      "p.json",
    ],
    [
      "a manifest",
      {
        "cdk.out/manifest.json":
          '{"version":"53.0.0","artifacts":{"__proto__":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json"}}}}',
        "cdk.out/t.json": '{"Resources":{"T":{"Type":"AWS::CloudTrail::Trail"}}}',
      },
      "cdk.out",
    ],
  ])("a __proto__ in %s is a name like any other", async ([, texts, path]) => {
    const { inputs } = await read(make(texts), path);
    expect(inputs[0]?.after[0].resources).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("markers that a template writes itself are its own text", async () => {
    const marker = '{"$unknown": {"reason": "too-young"}}';
    const { inputs } = await read(
      make({ "t.yaml": `${TRAIL}      TrailName: ${marker}\n` }),
      "t.yaml",
    );
    expect(inputs[0]?.after[0].resources[0]?.values["TrailName"]).toEqual({
      $$unknown: { reason: "too-young" },
    });
  });

  test("stages of the CDK in circles, and templates outside of its folder's root, are not read", async () => {
    const back = { type: "cdk:cloud-assembly", properties: { directoryName: "." } };
    const files = make({
      "cdk.out/manifest.json": manifest({ back, out: cdkStack("../../outside/t.yaml") }),
    });
    expect((await read(files, "cdk.out")).inputs).toEqual([]);
  });
});

test.for<[string, { [path: string]: string }, string, RegExp]>([
  ["a template", { "t.yaml": "../outside/t.yaml" }, "t.yaml", /^bad-option: There is no t\.yaml/],
  ["a folder", { infra: "../outside" }, "infra", /^bad-option: There is no infra/],
  [
    "a file in a linked folder",
    { infra: "../outside" },
    "infra/t.yaml",
    /^bad-option: There is no/,
  ],
  ["itself", { "t.yaml": "t.yaml" }, "t.yaml", /^bad-option: There is no t\.yaml/],
])(
  "a link that leads to %s outside is as if it were not there",
  async ([, links, path, message]) => {
    expect(await failure(onDisk({}, links), path)).toMatch(message);
  },
);

test("modules, templates and stacks that links lead out of the root are not read", async () => {
  const files = onDisk(
    {
      "main.tf": MODULE("./m"),
      "t.yaml": STACK("linked.yaml"),
      "cdk.out/manifest.json": manifest({ A: cdkStack("linked.json") }),
    },
    {
      m: "../outside",
      "linked.yaml": "../outside/t.yaml",
      "cdk.out/linked.json": "../../outside/t.yaml",
    },
  );
  const { inputs } = await read(files, "");
  expect(inputs.map(({ path, after }) => [path, after[0].open !== null])).toEqual([
    ["", true],
    ["t.yaml", true],
  ]);
  expect(JSON.stringify(inputs)).not.toContain('outside/t.yaml"');
});

test("links in circles are not searched, and what they lead to is judged once", async () => {
  const files = onDisk(
    { "a/t.yaml": TRAIL },
    { "a/up": "..", "b/a": "../a", "c.yaml": "a/t.yaml" },
  );
  expect((await read(files, "")).inputs.map(({ path }) => path)).toEqual(["a/t.yaml"]);
});

test("configuration that links share is read where they are", async () => {
  const files = onDisk({ "shared/t.tf": SOURCE, "a/own.tf": "" }, { "a/t.tf": "../shared/t.tf" });
  const { inputs } = await read(files, "a");
  expect(inputs[0]?.after[0].resources.map(({ address }) => address)).toEqual(["aws_cloudtrail.t"]);
});

test("what is no ordinary file is not waited for", async () => {
  const root = folder();
  execFileSync("mkfifo", [join(root, "p.json"), join(root, "main.tf")]);
  const files = diskFiles(root);
  expect(await failure(files, "p.json")).toMatch(/no ordinary file/);
  expect((await read(files, "")).inputs.map(({ kind }) => kind)).toEqual(["terraform-source"]);
});

test("a stack whose files are said to lie outside is the operator's mistake", async () => {
  const stack = {
    name: "s",
    path: ".",
    plan: null,
    account: null,
    region: null,
    parameters: {},
    variableFiles: ["../outside/x.tfvars"],
  };
  for (const wrong of [stack, { ...stack, path: "../outside", variableFiles: [] }]) {
    const asked = request(["main.tf"], { stacks: [wrong] });
    await expect(readInputs(onDisk({ "main.tf": SOURCE }), asked)).rejects.toMatchObject({
      code: "bad-option",
    });
  }
});

test("a hostile base is not known, and stops nothing", async () => {
  const head = await read(filesOf({ "t.yaml": TRAIL, "a/main.tf": SOURCE }), "");
  const base = filesOf({
    "t.yaml": bomb(),
    "a/main.tf": `a = ${deep("(", ")")}`,
    "u.yaml": `${TRAIL}      X: ${deep("[", "]")}`,
    "cdk.out/manifest.json": "{",
    "p.json": plan(deep("[", "]")),
  });
  const inputs = await readBaseInputs(base, request([""]), head);
  expect(inputs.map(({ stack, after }) => [stack, after[0].open !== null]).sort()).toEqual([
    ["a", true],
    ["cdk.out", true],
    ["t", true],
    ["u", true],
  ]);
});

function plan(value: string): string {
  const change = aChange("aws_cloudtrail.t", { after: { name: "t", tags: "VALUE" } });
  return JSON.stringify(aPlan([change])).replace('"VALUE"', value);
}

function named(expression: string): string {
  return `resource "aws_cloudtrail" "t" {\n  name = ${expression}\n}\n`;
}

/** A text that is twice as long with each line. */
function doubling(): string {
  const lines = Array.from({ length: 40 }, (_, index) => {
    return `  x${index + 1} = "\${local.x${index}}\${local.x${index}}"\n`;
  });
  return `  x0 = "0123456789"\n${lines.join("")}`;
}

/** YAML that grows tenfold with each line. */
function bomb(): string {
  const lines = Array.from({ length: 12 }, (_, index) => {
    const items = Array.from({ length: 10 }, () => `*a${index}`);
    return `  a${index + 1}: &a${index + 1} [${items.join(", ")}]\n`;
  });
  return `Metadata:\n  a0: &a0 [x, x, x, x, x]\n${lines.join("")}${TRAIL}      X: *a12\n`;
}
