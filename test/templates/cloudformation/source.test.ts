import fc from "fast-check";
import { expect, test } from "vitest";
import { AuditError } from "../../../src/errors.ts";
import { readJson } from "../../../src/templates/cloudformation/json.ts";
import type { Node } from "../../../src/templates/cloudformation/node.ts";
import { readCloudFormation } from "../../../src/templates/cloudformation.ts";
import { at, checkout, only, read, trailWith } from "./a-checkout.ts";

const input = (content: string | Uint8Array) =>
  readCloudFormation(checkout({ "t.yaml": content }), "t.yaml", { stack: "s" });

const bytes = (text: string) => new TextEncoder().encode(text);

test.for([
  ["an empty file", ""],
  ["a file that is not there, or text", "hello"],
  ["a Kubernetes file of several documents", "Resources: {T: {Type: AWS::X::Y}}\n---\nkind: B\n"],
  ["a workflow", "on: push\njobs: {a: {steps: []}}\n"],
  ["a plan in which a template is text", '{"a": "AWSTemplateFormatVersion: 2010-09-09"}'],
  ["broken YAML about something else", "a: [b\nc: }"],
  ["invalid UTF-8 about something else", Uint8Array.of(0xff, 0xfe, 0x41)],
  ["a scalar that names the version", "AWSTemplateFormatVersion"],
] as const)("%s is no template", ([, content]) => {
  expect(input(content)).toBeNull();
});

test.for([
  ["a version", "AWSTemplateFormatVersion: '2010-09-09'"],
  ["a transform of AWS's", "Transform: AWS::Serverless-2016-10-31"],
  ["a resource of AWS's", "Resources: {T: {Type: AWS::SNS::Topic}}"],
  ["a custom resource", "Resources: {T: {Type: Custom::Thing}}"],
  ["JSON", '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}'],
  ["a byte order mark", "\uFEFFResources: {T: {Type: AWS::SNS::Topic}}"],
  ["Windows' line ends", "Resources:\r\n  T:\r\n    Type: AWS::SNS::Topic\r\n"],
] as const)("A file with %s is a template", ([, content]) => {
  expect(input(content)).not.toBeNull();
});

const deep = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;
const JSON_START = '{"Resources":{"T":{"Type":"AWS::SNS::Topic","Properties":{"X":';

test.for([
  ["a syntax error in YAML", `${trailWith("A: 1")}\n  B: [1`, /^t\.yaml:\d+:\d+: /],
  ["a syntax error in JSON", `${JSON_START}\n1]}}}`, /^t\.yaml:2:\d+: /],
  ["deep brackets", trailWith(`A: ${deep(5000)}`), /nested too deep/],
  ["deep brackets in JSON", `${JSON_START}${deep(5000)}}}}}`, /nested too deep/],
  ["a hundred thousand open brackets", trailWith(`A: ${"[".repeat(100_000)}`), /nested too deep/],
  ["deep lists on one line", trailWith(`A:\n${"- ".repeat(5000)}1`), /nested too deep/],
  ["brackets 250 deep", trailWith(`A: ${deep(250)}`), /nested too deep/],
  ["an alias of nothing", trailWith("A: *nothing"), /t\.yaml:7:10: /],
  ["an alias within what it names", trailWith("A: &a [*a]"), /nested too deep/],
  ["a key that is an object", trailWith("? {a: b}\n: 1"), /a key is no text/],
  ["more than 5 MB", trailWith(`A: ${"x".repeat(5_000_000)}`), /larger than 5 MB/],
  [
    "invalid UTF-8",
    Uint8Array.of(...bytes("Type: AWS::A::B\nB: "), 0xff),
    /^t\.yaml:2: it is not UTF-8/,
  ],
] as const)("A template with %s ends in an error that names file and line", ([, content, says]) => {
  expect(() => input(content)).toThrow(AuditError);
  expect(() => input(content)).toThrow(says);
});

test("Aliases that multiply without end are refused", () => {
  const levels = Array.from({ length: 12 }, (_, n) => {
    const items =
      n === 0
        ? "x, x, x, x, x, x, x, x"
        : Array(8)
            .fill(`*a${n - 1}`)
            .join(", ");
    return `A${n}: &a${n} [${items}]`;
  });
  expect(() => input(trailWith(levels.join("\n")))).toThrow(/aliases/);
});

test("Anchors, aliases and merged keys are put in", () => {
  const text = trailWith("A: &a {x: 1, y: 2}\nB: *a\nC: {<<: *a, y: 3}");
  expect(at(only(read(text)), "Trail").values).toMatchObject({
    B: { x: 1, y: 2 },
    C: { x: 1, y: 3 },
  });
});

test("A text that doubles itself through Fn::Sub is given up", () => {
  const levels = Array.from(
    { length: 40 },
    (_, n) =>
      `  B${n + 1}: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "\${B${n}}\${B${n}}"}}`,
  );
  const text = `Resources:\n  B0: {Type: AWS::S3::Bucket, Properties: {BucketName: xxxxxxxxxx}}\n${levels.join("\n")}`;
  expect(JSON.stringify(input(text)?.after).length).toBeLessThan(20_000_000);
});

test("A mapping that looks itself up, twice at each turn, is given up", () => {
  const again = '!Join ["", [!FindInMap [M, a, b], !FindInMap [M, a, b]]]';
  const text = trailWith("X: !FindInMap [M, a, b]", `Mappings: {M: {a: {b: ${again}}}}`);
  const value = at(only(read(text)), "Trail").values["X"];
  expect(JSON.stringify(value)).toContain("Fn::FindInMap within a mapping");
});

test("Loops within loops that write nothing are given up", () => {
  const items = JSON.stringify(Array.from({ length: 200 }, (_, n) => `i${n}`));
  const loops = Array.from({ length: 8 }, (_, n) => `{"Fn::ForEach::L${n}": [V${n}, ${items}, `);
  const text = trailWith(`X: ${loops.join("")}{}${"]}".repeat(8)}`);
  expect(JSON.stringify(at(only(read(text)), "Trail").values["X"])).toContain("a loop too long");
});

test("A value that is evaluated without end is given up", () => {
  const output = (n: number) => `Resources:
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t${n + 1}.yaml}}
Outputs: {O: {Value: !Join ["", [!GetAtt N.Outputs.O, ${"!GetAtt N.Outputs.O, ".repeat(60)} x]]}}`;
  const files = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`t${n}.yaml`, output(n)]));
  const root = `${output(-1)}`.replace(
    "Outputs:",
    "  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt N.Outputs.O}}\nOutputs:",
  );
  const found = readCloudFormation(checkout({ ...files, "r.yaml": root }), "r.yaml", {
    stack: "s",
  });
  expect(found?.after).toHaveLength(1);
});

test("Conditions in a chain of two thousand end", () => {
  const chain = Array.from({ length: 2000 }, (_, n) => `  C${n}: !Not [!Condition C${n + 1}]`);
  const text = trailWith("X: !If [C0, 1, 2]", `Conditions:\n${chain.join("\n")}`);
  expect(input(text)).not.toBeNull();
});

test("JSON is read as JSON.parse reads it, and what is no JSON is left to the YAML reader", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.boolean(), (text, indented) => {
      const written = indented ? JSON.stringify(JSON.parse(text), null, 2) : text;
      const node = readJson(written);
      expect(node && plainOf(node.root)).toEqual(JSON.parse(written));
    }),
  );
  for (const text of [
    "",
    "{",
    "[1,]",
    '{"a"}',
    "{a:1}",
    "01",
    "'a'",
    '"\n"',
    '"\\x"',
    "1 2",
    "tru",
  ]) {
    expect(readJson(text), text).toBeNull();
  }
});

function plainOf(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainOf(value)]));
}

const PIECES = [
  "Resources:",
  "\n  ",
  "\n    ",
  "Type: AWS::CloudTrail::Trail",
  "Properties:",
  "T:",
  "!Ref ",
  "!If ",
]
  .concat([
    "!Sub ",
    "!GetAtt ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "${",
    "A.B",
    "<<: ",
    "*a ",
    "&a ",
    "- ",
    "? ",
    "|\n",
  ])
  .concat([
    "Conditions:",
    "Parameters:",
    "Fn::ForEach::L: ",
    "Fn::Transform: ",
    "__proto__: ",
    "$unknown: ",
    "\t",
    "\0",
    "#",
  ])
  .concat([
    "AWSTemplateFormatVersion: x\n",
    "Condition: ",
    "Outputs:",
    "constructor",
    "!Join ",
    "true",
    "1e999",
    "---\n",
  ]);

test.each([
  "Resources: {}\n",
  "Description: gone\nParameters: {}\nResources:\nOutputs: {}\n",
  '{"Resources": {}}',
  '"Resources": {}\n',
])("a template of which the resources were taken out is one still: %j", (text) => {
  expect(input(new TextEncoder().encode(text))?.after[0].resources).toEqual([]);
});

test.each(["Resources: {}\nkind: App\n", "Resources: [a]\n", "a:\n  Resources: {}\n"])(
  "what only has a word of templates is none: %j",
  (text) => expect(input(new TextEncoder().encode(text))).toBeNull(),
);

test("Garbage is no template, a template or bad-template, and never anything else", () => {
  const garbage = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => bytes(pieces.join(""))),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => {
      return bytes(
        `Resources:\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties: ${pieces.join("")}`,
      );
    }),
    fc
      .uint8Array({ maxLength: 200 })
      .map((raw) => Uint8Array.of(...bytes("Type: AWS::A::B\n"), ...raw)),
    anyTemplate().map((value) => bytes(JSON.stringify(value))),
  );
  fc.assert(fc.property(garbage, isHarmless), { numRuns: 1500 });
});

function isHarmless(content: Uint8Array): boolean {
  try {
    for (const { resources } of input(content)?.after ?? []) {
      for (const { locate } of resources) locate("/A/0/Ref");
    }
    return true;
  } catch (error) {
    return error instanceof AuditError && error.code === "bad-template";
  }
}

/** Templates of the right outline, with anything wherever something is expected. */
function anyTemplate() {
  const name = fc.constantFrom(
    "A",
    "B",
    "AWS::Region",
    "AWS::NoValue",
    "A.Arn",
    "A.Outputs.B",
    "__proto__",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      name,
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
      tie("list"),
      tie("call"),
      tie("map"),
    ),
    list: fc.array(tie("value"), { maxLength: 4 }),
    map: fc.dictionary(fc.oneof(name, fc.string({ maxLength: 3 })), tie("value"), { maxKeys: 3 }),
    call: fc
      .tuple(
        fc
          .constantFrom("Ref", "Condition")
          .chain((each) => fc.oneof(fc.constant(each), fc.constantFrom(...CALLS))),
        fc.oneof(tie("list"), tie("value")),
      )
      .map(([call, argument]) => ({ [call]: argument })),
  }));
  const type = fc.constantFrom(
    "AWS::CloudTrail::Trail",
    "AWS::S3::Bucket",
    "AWS::CloudFormation::Stack",
    "AWS::CloudFormation::StackSet",
  );
  const resource = fc.record({
    Type: type,
    Properties: value,
    Condition: name,
    DeletionPolicy: value,
    Metadata: value,
  });
  return fc.record({
    AWSTemplateFormatVersion: fc.constant("2010-09-09"),
    Parameters: fc.dictionary(name, value, { maxKeys: 2 }),
    Mappings: value,
    Conditions: fc.dictionary(name, value, { maxKeys: 2 }),
    Transform: value,
    Outputs: value,
    Resources: fc.oneof(fc.dictionary(name, resource, { maxKeys: 3 }), value),
  });
}

const CALLS = [
  "GetAtt",
  "Sub",
  "If",
  "Join",
  "Select",
  "Split",
  "FindInMap",
  "Equals",
  "And",
  "Not",
  "Length",
]
  .concat(["ToJsonString", "ForEach::L", "Transform", "ImportValue", "Base64"])
  .map((call) => `Fn::${call}`);
