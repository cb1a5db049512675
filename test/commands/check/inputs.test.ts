import { expect, test } from "vitest";
import {
  type InputRequest,
  readBaseInputs,
  readInputs,
  type StackDefinition,
} from "../../../src/commands/check/inputs.ts";
import { AuditError } from "../../../src/errors.ts";
import { filesOf } from "../../templates/files-in-memory.ts";
import { aChange, aPlan } from "../../templates/plan/a-plan.ts";

type Texts = { [path: string]: string | Uint8Array };

const SOURCE = 'resource "aws_cloudtrail" "main" {\n  name = "main"\n}\n';
const TEMPLATE = "Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n";
const PLAN = JSON.stringify(aPlan([aChange("aws_cloudtrail.main", { after: { name: "main" } })]));
const MANIFEST = JSON.stringify({
  version: "53.0.0",
  artifacts: {
    Audit: { type: "aws:cloudformation:stack", properties: { templateFile: "A.json" } },
  },
});
const CDK = {
  "cdk.out/manifest.json": MANIFEST,
  "cdk.out/A.json": '{"Resources":{"T":{"Type":"AWS::CloudTrail::Trail"}}}',
};

function request(paths: readonly string[], more: Partial<InputRequest> = {}): InputRequest {
  const split = paths.map((each) => {
    const [, name = null, path = each] = /^(\w+)=(.*)$/.exec(each) ?? [];
    return { name, path };
  });
  return { paths: split, stacks: [], expect: [], isFork: false, isBrought: () => false, ...more };
}

const aStack = (name: string, path: string, more: Partial<StackDefinition> = {}) => ({
  name,
  path,
  plan: null,
  account: null,
  region: null,
  parameters: {},
  variableFiles: [],
  ...more,
});

const read = (texts: Texts, paths: readonly string[], more: Partial<InputRequest> = {}) =>
  readInputs(filesOf(texts), request(paths, more));

/** Each input as `stack: kind of path`. */
async function found(texts: Texts, paths: readonly string[], more: Partial<InputRequest> = {}) {
  const { inputs } = await read(texts, paths, more);
  return inputs.map(({ stack, kind, path }) => `${stack}: ${kind} of ${path}`);
}

const error = async (texts: Texts, paths: readonly string[], more: Partial<InputRequest> = {}) =>
  read(texts, paths, more).then(
    () => expect.fail("it was read"),
    (reason: unknown) => (reason instanceof AuditError ? reason : expect.fail(String(reason))),
  );

test.for<[string, Texts, string, string[]]>([
  ["a plan", { "a/p.json": PLAN }, "a/p.json", ["a: terraform-plan of a/p.json"]],
  [
    "a plan after a wrapper's words",
    { "p.json": `::debug::x\n${PLAN}` },
    "p.json",
    [".: terraform-plan of p.json"],
  ],
  [
    "a plan as PowerShell writes it",
    { "a/p.txt": Buffer.from(`\uFEFF${PLAN}`, "utf16le") },
    "a/p.txt",
    ["a: terraform-plan of a/p.txt"],
  ],
  ["a file of Terraform", { "a/x.tf": SOURCE }, "a/x.tf", ["a: terraform-source of a"]],
  ["a file of OpenTofu", { "a/x.tofu": SOURCE }, "a/x.tofu", ["a: terraform-source of a"]],
  ["a folder of Terraform", { "a/x.tf": SOURCE }, "./a/", ["a: terraform-source of a"]],
  ["a root of Terraform", { "x.tf": SOURCE }, "", [".: terraform-source of "]],
  ["a template", { "a/t.yaml": TEMPLATE }, "a/t.yaml", ["a/t: cloudformation of a/t.yaml"]],
  ["a CDK folder", CDK, "cdk.out", ["Audit: cdk of cdk.out/A.json"]],
  ["a CDK manifest", CDK, "cdk.out/manifest.json", ["Audit: cdk of cdk.out/A.json"]],
])("%s is known by what it holds", async ([, texts, path, expected]) => {
  expect(await found(texts, [path])).toEqual(expected);
});

test("a folder is searched for all that can be judged, and says what it left out", async () => {
  const texts = {
    ...CDK,
    "prod/main.tf": `module "m" {\n  source = "../modules/m"\n}\n${SOURCE}`,
    "modules/m/main.tf": SOURCE,
    "dev/main.tf": SOURCE,
    "dev/plan.json": PLAN,
    "cfn/t.yml": TEMPLATE,
    "cfn/outer.yml":
      "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: inner.yml\n",
    "cfn/inner.yml": TEMPLATE,
    "node_modules/x/t.yml": TEMPLATE,
    "package.json": "{}",
    "ci.yaml": "on: push\n",
    "serverless.yml": `resources:\n  ${TEMPLATE.replaceAll("\n", "\n  ")}`,
  };
  const { inputs, passedOver, stacks, missing, lead } = await read(texts, [""]);
  expect(inputs.map(({ stack, kind }) => `${stack}: ${kind}`).sort()).toEqual([
    "Audit: cdk",
    "cfn/outer: cloudformation",
    "cfn/t: cloudformation",
    "dev: terraform-plan",
    "prod: terraform-source",
  ]);
  expect(passedOver).toEqual([
    "Not looked into, as copies of others' code: node_modules/.",
    "Judged as modules where they are called, and not by themselves: modules/m.",
    "serverless.yml speaks of CloudTrail and is no template by itself: it is not judged.",
    "Judged where they are nested, and not by themselves: cfn/inner.yml.",
  ]);
  expect(stacks.map(({ name, resources }) => [name, resources])).toContainEqual(["prod", 2]);
  expect([missing, lead]).toEqual([[], []]);
});

test("a change that has nothing to do with CloudTrail is judged without a word of blame", async () => {
  const { stacks } = await read({ "main.tf": 'resource "aws_instance" "x" {}\n' }, [""]);
  expect(stacks).toMatchObject([{ name: ".", resources: 0 }]);
  const { inputs, lead } = await read({ "docs/readme.md": "" }, ["docs"]);
  expect([inputs, lead]).toEqual([[], ["Nothing that can be judged was found in docs."]]);
});

test.for<[string, Texts, string[], string]>([
  ["nothing that is known", { "a.md": "x" }, ["a.md"], "a.md is nothing that can be judged"],
  [
    "a state, which is no plan",
    { "a.json": '{"format_version":"1.0","prior_state":{}}' },
    ["a.json"],
    "a.json is nothing",
  ],
  ["not there", { "a.tf": SOURCE }, ["b"], "There is no b"],
  ["not there, as a plan", { "a.tf": SOURCE }, ["plan.json"], "There is no plan.json"],
  ["outside", { "a.tf": SOURCE }, ["../x"], "../x lies outside"],
  ["absolute", { "a.tf": SOURCE }, ["/etc/passwd"], "/etc/passwd lies outside"],
  [
    "two plans of one name",
    { "a/p.json": PLAN, "b/p.json": PLAN },
    ["x=a/p.json", "x=b/p.json"],
    "x has two plans: a/p.json and b/p.json",
  ],
  [
    "two sources of one name",
    { "a/x.tf": SOURCE, "b/x.tf": SOURCE },
    ["x=a", "x=b"],
    "x has two inputs: a and b",
  ],
  [
    "one name for a folder of two",
    { "a/b/x.tf": SOURCE, "a/c/x.tf": SOURCE },
    ["x=a"],
    "x=a names one stack, and there are 2",
  ],
])("a path that is %s is the operator's mistake", async ([, texts, paths, message]) => {
  const { code, message: said } = await error(texts, paths);
  expect(code).toBe("bad-option");
  expect(said).toContain(message);
});

test("two plans of one stack of the config are a mistake, and so are two of one folder named alike", async () => {
  const texts = { "a/p.json": PLAN, "a/q.json": PLAN, "a/x.tf": SOURCE };
  const { code, message } = await error(texts, ["a"], { stacks: [aStack("prod", "a")] });
  expect([code, message]).toEqual([
    "bad-option",
    "The stack prod has two plans: a/p.json and a/q.json.",
  ]);
  expect((await error(texts, ["prod=a"])).message).toContain("two plans");
});

test("stacks that nobody named have the names of their places, each its own", async () => {
  const texts = {
    "infra/prod/main.tf": SOURCE,
    "infra/prod.yaml": TEMPLATE,
    "infra/prod.json": TEMPLATE,
    "plans/a.json": PLAN,
    "plans/b.json": PLAN,
    "one/plan.json": PLAN,
    "odd#name/t.yaml": TEMPLATE,
  };
  expect((await found(texts, [""])).sort()).toEqual([
    "infra/prod.json: cloudformation of infra/prod.json",
    "infra/prod.yaml: cloudformation of infra/prod.yaml",
    "infra/prod: terraform-source of infra/prod",
    "odd%23name/t: cloudformation of odd#name/t.yaml",
    "one: terraform-plan of one/plan.json",
    "plans/a: terraform-plan of plans/a.json",
    "plans/b: terraform-plan of plans/b.json",
  ]);
});

test("a name that the user gave goes before those that paths give", async () => {
  const texts = { "a/x.tf": SOURCE, "b/x.tf": SOURCE };
  expect(await found(texts, ["a", "a=b"])).toEqual([
    "a (terraform): terraform-source of a",
    "a: terraform-source of b",
  ]);
});

test.for<[string, Partial<StackDefinition>, string]>([
  ["at the place that the config tells", { plan: "out/p.json" }, "out/p.json"],
  ["below its folder", {}, "infra/.plans/p.json"],
])(
  "a stack's plan is found %s, and its source is not judged beside it",
  async ([, more, place]) => {
    const texts = { "infra/main.tf": SOURCE, [place]: PLAN };
    const stacks = [
      aStack("prod", "infra", { account: "111122223333", region: "eu-west-1", ...more }),
    ];
    const { inputs, stacks: told } = await read(texts, [""], { stacks });
    expect(inputs).toMatchObject([{ kind: "terraform-plan", stack: "prod", path: place }]);
    const [trail] = inputs[0]?.after[0].resources ?? [];
    expect(trail).toMatchObject({ region: "eu-west-1", accountId: "111122223333" });
    expect(trail?.locate("/name")).toMatchObject({ file: "infra/main.tf", line: 2 });
    expect(told[0]?.notes.join()).not.toContain("No plan");
  },
);

test("a plan in the folder of another stack's source is that one's, whatever lies around it", async () => {
  const texts = { "main.tf": SOURCE, "envs/a/main.tf": SOURCE, "envs/a/p.json": PLAN };
  expect(await found(texts, [""], { stacks: [aStack("prod", ".")] })).toEqual([
    "envs/a: terraform-plan of envs/a/p.json",
    "prod: terraform-source of ",
  ]);
});

test("what the config tells of a stack reaches its reader", async () => {
  const texts = {
    "infra/main.tf":
      'variable "n" {}\nvariable "m" {}\nresource "aws_cloudtrail" "t" {\n name = "${var.n}-${var.m}"\n}\n',
    "vars/prod.tfvars": 'm = "file"\n',
    "t.yaml":
      "Parameters:\n  On: {Type: String}\nResources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties: {IsLogging: !Ref On, TrailName: !Ref AWS::Region}\n",
  };
  const stacks = [
    aStack("tf", "./infra", { parameters: { n: 7 }, variableFiles: ["vars/prod.tfvars"] }),
    aStack("cfn", "t.yaml", { parameters: { On: true }, region: "eu-west-1" }),
  ];
  const { inputs } = await read(texts, ["infra", "t.yaml"], { stacks });
  expect(inputs[0]?.after[0].resources[0]?.values).toMatchObject({ name: "7-file" });
  expect(inputs[1]?.after[0].resources[0]?.values).toMatchObject({
    IsLogging: true,
    TrailName: "eu-west-1",
  });
});

test("an expected stack that no path leads to is read where the config has it, else it is missing", async () => {
  const texts = {
    "a/p.json": PLAN,
    "b/main.tf": SOURCE,
    "c.yaml": TEMPLATE,
    "d/main.tf": SOURCE,
    "d/.out/p.json": PLAN,
    "e/main.tf": SOURCE,
    "plans/e.json": PLAN,
  };
  const stacks = [
    aStack("b", "b", { plan: "b/plan.json" }),
    aStack("c", "c.yaml"),
    aStack("d", "d"),
    aStack("e", "e", { plan: "plans/e.json" }),
    aStack("gone", "gone"),
    aStack("unasked", "c.yaml"),
  ];
  const expected = ["b", "c", "d", "e", "gone", "nobody"];
  const all = await read(texts, ["a/p.json"], { stacks, expect: expected });
  expect(all.inputs.map(({ stack, kind }) => `${stack}: ${kind}`)).toEqual([
    "a: terraform-plan",
    "d: terraform-plan",
    "e: terraform-plan",
    "b: terraform-source",
    "c: cloudformation",
  ]);
  expect(all.missing).toEqual(["gone", "nobody"]);
  const notes = all.stacks.map(({ name, notes: said }) => [name, said[0]]);
  expect(notes).toContainEqual(["b", "No plan of stack b was found: its source is judged."]);
  expect(all.stacks.find(({ name }) => name === "c")?.notes.join()).not.toContain("No plan");
});

test("a stack of the CDK that is expected by its application's name is there", async () => {
  const stacks = [aStack("app", "cdk.out")];
  const { inputs, missing } = await read(CDK, [""], { stacks, expect: ["app"] });
  expect(inputs.map(({ stack }) => stack)).toEqual(["app/Audit"]);
  expect(missing).toEqual([]);
});

const LEAD = (stack: string) =>
  `This change comes from a fork, so there is no plan of stack ${stack}: its source is judged instead.`;

test.for<[string, string[], Partial<InputRequest>, string[], string[]]>([
  ["in the plan's folder", ["a/p.json"], {}, ["a: terraform-source of a"], [LEAD("a")]],
  ["under the name it was given", ["x=a/p.json"], {}, ["x: terraform-source of a"], [LEAD("x")]],
  [
    "where the config has it",
    ["plans/a.json"],
    { stacks: [aStack("prod", "a", { plan: "plans/a.json" })] },
    ["prod: terraform-source of a"],
    [LEAD("prod")],
  ],
  [
    "where the config has the name",
    ["prod=plans/a.json"],
    { stacks: [aStack("prod", "a")] },
    ["prod: terraform-source of a"],
    [LEAD("prod")],
  ],
  [
    "where it is expected",
    ["a"],
    { stacks: [aStack("prod", "a", { plan: "a/plan.json" })], expect: ["prod"] },
    ["prod: terraform-source of a"],
    [LEAD("prod")],
  ],
])("on a fork a missing plan's source is judged %s", async ([, paths, more, inputs, lead]) => {
  const texts = { "a/main.tf": SOURCE, "plans/readme.md": "" };
  const all = await read(texts, paths, { isFork: true, ...more });
  expect(all.inputs.map(({ stack, kind, path }) => `${stack}: ${kind} of ${path}`)).toEqual(inputs);
  expect(all.lead).toEqual(lead);
});

test("on a fork a missing template, or a plan without a source, is missing still", async () => {
  const texts = { "a/main.tf": SOURCE, "plans/readme.md": "" };
  expect((await error(texts, ["a/t.yaml"], { isFork: true })).message).toContain("There is no");
  expect((await error(texts, ["plans/p.json"], { isFork: true })).cure).toContain("stacks");
});

test("a plan that a fork's change brings along is not believed", async () => {
  const texts = { "a/main.tf": SOURCE, "a/p.json": PLAN };
  const { inputs, passedOver } = await read(texts, [""], { isFork: true });
  expect(inputs.map(({ kind }) => kind)).toEqual(["terraform-source"]);
  expect(passedOver.join()).toContain(
    "a/p.json is a plan that was committed or that a fork brings along",
  );
});

test("what cannot be read and was only found is known to be there, and no more", async () => {
  const broken = { "a.yaml": `${TEMPLATE}  - x`, "b.yaml": TEMPLATE };
  const { inputs, passedOver } = await read(broken, [""]);
  expect(inputs[0]).toMatchObject({
    stack: "a",
    after: [{ resources: [], open: { $unknown: {} } }],
  });
  expect(inputs[1]?.after[0].open).toBeNull();
  expect(passedOver.join()).toMatch(/cannot be read.*a\.yaml:\d/);
  expect(await error(broken, ["a.yaml"])).toMatchObject({ code: "bad-template" });
  expect(await error({ "a.yaml": broken["a.yaml"] }, [""])).toMatchObject({ code: "bad-template" });
});

const based = async (
  head: Texts,
  base: Texts,
  paths: readonly string[],
  more: Partial<InputRequest> = {},
) => {
  const asked = request(paths, more);
  const files = filesOf(base);
  const inputs = await readBaseInputs(files, asked, await readInputs(filesOf(head), asked));
  return inputs.map(({ stack, kind, path }) => `${stack}: ${kind} of ${path}`).sort();
};

test("at the base the same places are the same stacks, and what is gone is there too", async () => {
  const head = { "a/main.tf": SOURCE, "t.yaml": TEMPLATE, ...CDK, "new/main.tf": SOURCE };
  const base = {
    "a/main.tf": SOURCE,
    "t.yaml": TEMPLATE,
    ...CDK,
    "old/main.tf": SOURCE,
    "old.yaml": TEMPLATE,
  };
  expect(await based(head, base, [""])).toEqual([
    "Audit: cdk of cdk.out/A.json",
    "a: terraform-source of a",
    "old.yaml: cloudformation of old.yaml",
    "old: terraform-source of old",
    "t: cloudformation of t.yaml",
  ]);
});

test("at the base a stack has the name that the head gives its place", async () => {
  const base = { "a.yaml": TEMPLATE };
  expect(await based({ ...base, "a.json": TEMPLATE }, base, [""])).toEqual([
    "a.yaml: cloudformation of a.yaml",
  ]);
  expect(
    await based({ "x/main.tf": SOURCE }, { "x/main.tf": SOURCE, "x/y/main.tf": SOURCE }, ["n=x"]),
  ).toEqual(["n: terraform-source of x", "x/y: terraform-source of x/y"]);
});

test("a folder that was a module at the base is read there as it is at the head", async () => {
  const call = `module "m" {\n  source = "../m"\n}\n`;
  const base = { "a/main.tf": call, "m/main.tf": SOURCE };
  expect(await based({ "m/main.tf": SOURCE }, base, [""])).toEqual([
    "a: terraform-source of a",
    "m: terraform-source of m",
  ]);
});

test("plans tell what was before: the base is not asked for their sources", async () => {
  const head = { "a/main.tf": SOURCE, "a/p.json": PLAN, "b/main.tf": SOURCE, "out/b.json": PLAN };
  const base = { "a/main.tf": SOURCE, "b/main.tf": SOURCE, "c/main.tf": SOURCE, "a/p.json": PLAN };
  const stacks = [aStack("b", "b", { plan: "out/b.json" })];
  expect(await based(head, base, [""], { stacks, expect: ["b"] })).toEqual([
    "c: terraform-source of c",
  ]);
});

test("the base is not read at all where all paths are plans", async () => {
  const head = await readInputs(filesOf({ "a/p.json": PLAN }), request(["a/p.json"]));
  const untouched = { read: () => expect.fail("read"), list: () => expect.fail("listed") };
  expect(await readBaseInputs(untouched, request(["a/p.json"]), head)).toEqual([]);
});

test("what cannot be read at the base is not known, and no reason to stop", async () => {
  const head = { "a/main.tf": SOURCE };
  const asked = request(["a"]);
  const base = filesOf({ "a/main.tf": "resource {" });
  const [input] = await readBaseInputs(base, asked, await readInputs(filesOf(head), asked));
  expect(input).toMatchObject({ stack: "a", after: [{ open: { $unknown: {} } }] });
});

test("a template that loses its resources is there without them", async () => {
  const head = await read({ "t.yaml": "Resources: {}\n" }, [""]);
  expect(head.stacks).toMatchObject([{ name: "t", kind: "cloudformation", resources: 0 }]);
  expect(await based({ "t.yaml": "Resources: {}\n" }, { "t.yaml": TEMPLATE }, [""])).toEqual([
    "t: cloudformation of t.yaml",
  ]);
});

test("a template that is emptied altogether is gone", async () => {
  const texts = { "t.yaml": "", "u.yaml": TEMPLATE };
  expect(await based(texts, { "t.yaml": TEMPLATE }, [""])).toEqual(["t: cloudformation of t.yaml"]);
});

test("a source that is named as a plan elsewhere is that plan's", async () => {
  const texts = { "a/main.tf": SOURCE, "out/p.json": PLAN };
  const { inputs } = await read(texts, ["x=out/p.json", "x=a"]);
  expect(inputs.map(({ kind }) => kind)).toEqual(["terraform-plan"]);
  expect(inputs[0]?.after[0].resources[0]?.locate("/name")).toMatchObject({ file: "a/main.tf" });
});

test.for<[string, string]>([
  ["at the place that the config tells", "out/p.json"],
  ["below its folder", "a/.out/p.json"],
])("an expected stack's plan %s is not believed on a fork either", async ([, place]) => {
  const texts = { "a/main.tf": SOURCE, [place]: PLAN, "b/main.tf": SOURCE };
  const stacks = [aStack("prod", "a", { plan: "out/p.json" })];
  const { inputs } = await read(texts, ["b"], { stacks, expect: ["prod"], isFork: true });
  expect(inputs.map(({ stack, kind }) => `${stack}: ${kind}`)).toEqual([
    "b: terraform-source",
    "prod: terraform-source",
  ]);
});

test("of templates that are nested in each other the first is judged", async () => {
  const nests = (url: string) =>
    `Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ${url}\n`;
  const texts = { "a.yaml": nests("b.yaml"), "b.yaml": nests("a.yaml") };
  expect(await found(texts, [""])).toEqual(["a: cloudformation of a.yaml"]);
});

test("a file of variables that the base does not have yet is no reason to know nothing of it", async () => {
  const texts = { "a/main.tf": SOURCE };
  const stacks = [aStack("prod", "a", { variableFiles: ["new.tfvars"] })];
  const asked = request(["a"], { stacks });
  const head = await readInputs(filesOf({ ...texts, "new.tfvars": "" }), asked);
  const [input] = await readBaseInputs(filesOf(texts), asked, head);
  expect(input).toMatchObject({ stack: "prod", after: [{ open: null }] });
  await expect(readInputs(filesOf(texts), asked)).rejects.toMatchObject({ code: "bad-option" });
});

test("where nothing is listed but what was named, files and folders are found all the same", async () => {
  const all = filesOf({ "a/p.json": PLAN, "b/main.tf": SOURCE });
  const only = (named: string) => ({
    read: (path: string) => (path.startsWith(named) ? all.read(path) : null),
    list: (path: string) => (path.startsWith(named) ? all.list(path) : []),
  });
  const kindsIn = async (path: string) =>
    (await readInputs(only(path), request([path]))).inputs.map(({ kind }) => kind);
  expect(await kindsIn("a/p.json")).toEqual(["terraform-plan"]);
  expect(await kindsIn("b")).toEqual(["terraform-source"]);
  // One file of a folder says nothing of the others.
  await expect(kindsIn("b/main.tf")).rejects.toMatchObject({ code: "bad-option" });
});
