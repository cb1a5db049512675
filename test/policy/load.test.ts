import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { joined, lintFolder, loadPolicies, parsePolicy } from "../../src/policy/load.ts";
import { aPolicy } from "./a-policy.ts";

/** Line 5 is when, line 6 is require. */
const file = (changes: Record<string, string> = {}): string => {
  const lines = {
    title: "title: A claim",
    subject: "subject: account",
    severity: "severity: high",
    severityReason: "severityReason: It matters.",
    when: "when: { properties: { accountId: { type: string } } }",
    require: "require: { properties: { hasMultiRegionTrailLogging: { const: true } } }",
    message: 'message: "{accountId} has none"',
    why: "why: Because.",
    fix: "fix: { text: Do it. }",
    references: "references: [https://docs.aws.amazon.com/]",
    pass: "examples:\n  pass: [{}]",
    fail: "  fail: [{ hasMultiRegionTrailLogging: false }]",
    unknown: "  unknown: [{ hasMultiRegionTrailLogging: { $unknown: { reason: throttled } } }]",
    ...changes,
  };
  return Object.values(lines).join("\n");
};
const require = (properties: string) => ({ require: `require: { properties: { ${properties} } }` });

test("a well-made policy is read with the file's name as its id", () => {
  const policy = parsePolicy(file(), "policies/a-claim.yaml");
  expect(policy.id).toBe("a-claim");
  expect(policy.require).toEqual({ properties: { hasMultiRegionTrailLogging: { const: true } } });
});

const rule = (text: string) => ({ require: `require: ${text}` });
const parameter = (text: string, use = "{ $param: least }") => ({
  when: `parameters: { least: ${text} }`,
  ...require(`trails: { minItems: ${use} }, hasMultiRegionTrailLogging: { const: true }`),
});
const declared = "{ type: integer, minimum: 1, default: 1, description: How many. }";

describe("what would pass in silence, or is malformed, is refused with line, column and cure", () => {
  test.each<[string, Record<string, string>, string, string]>([
    [
      "a property that the subject has not",
      require("hasTrail: { const: true }"),
      "6:26: the subject has here no property",
      "hasMultiRegionTrailLogging",
    ],
    [
      "a property in when that the subject has not",
      { when: "when: { properties: { hasTrail: { const: true } } }" },
      "5:23: the subject has here no property",
      "accountId",
    ],
    [
      "an unknown keyword",
      rule("{ oneOf: [] }"),
      "6:12: no policy may use here the keyword",
      "anyOf",
    ],
    [
      "a keyword of another type",
      require("hasMultiRegionTrailLogging: { minimum: 1 }"),
      "6:56: no policy may use here the keyword",
      "Use one of",
    ],
    [
      "properties beside null without type",
      require("accountId: { pattern: a }"),
      "6:39: pattern has no type beside it",
      "Write the type",
    ],
    [
      "properties beside type [string, null]",
      require('accountId: { type: [string, "null"], pattern: a }'),
      "6:39: beside pattern this type lets",
      'Use one of "string"',
    ],
    [
      "items without minItems",
      require("trails: { items: { required: [arn] } }"),
      "6:36: items passes an empty list",
      "minItems: 0",
    ],
    [
      "a value that the fact cannot have",
      require('hasMultiRegionTrailLogging: { const: "yes" }'),
      "6:56: the fact can never be this",
      "true, false",
    ],
    [
      "an enum value that the fact cannot have",
      require('hasMultiRegionTrailLogging: { enum: [true, "yes"] }'),
      "6:69: the fact can never be this",
      "true, false",
    ],
    [
      "a marker as a value",
      require("hasMultiRegionTrailLogging: { const: { $unknown: { reason: throttled } } }"),
      "6:56: an object is no value",
      "$param",
    ],
    [
      "a marker within an enum",
      require("hasMultiRegionTrailLogging: { enum: [{ $unknown: { reason: throttled } }] }"),
      "6:63: an object is no value",
      "$param",
    ],
    [
      "a marker as a property",
      require("$unknown: { type: object }"),
      "6:26: the subject has here no property",
      "Use one of",
    ],
    [
      "an empty requirement",
      rule("{}"),
      "6:1: an empty schema accepts everything",
      "Say what must hold",
    ],
    [
      "a requirement that only describes",
      rule("{ description: x }"),
      "6:1: this holds of every subject",
      "Say what must hold",
    ],
    [
      "a type that every such fact has",
      require("hasMultiRegionTrailLogging: { type: boolean }"),
      "6:26: this holds of every subject",
      "Say what must hold",
    ],
    [
      "an enum of all values",
      require("hasMultiRegionTrailLogging: { enum: [true, false] }"),
      "6:26: this holds of every subject",
      "Say what must hold",
    ],
    ["true for a requirement", rule("true"), "6:1: this is not of the type object", "Write object"],
    [
      "then without if",
      rule("{ then: { required: [name] } }"),
      "6:12: then says nothing without if",
      "Add if",
    ],
    [
      "if alone",
      rule("{ if: { required: [name] } }"),
      "6:12: if says nothing alone",
      "Add then or else",
    ],
    [
      "a pattern that can take for ever",
      require('name: { pattern: "(a+)+" }'),
      "6:34: the pattern is refused: it repeats",
      "without repetition inside",
    ],
    ["a missing key", { why: "" }, "1:1: why is missing", "Add why"],
    ["an unknown key", { why: "why: x\nwhom: y" }, '9:1: there is no key "whom"', "title"],
    [
      "an unknown severity",
      { severity: "severity: bad" },
      "3:1: this is none of its values",
      "critical",
    ],
    [
      "an unknown kind of subject",
      { subject: "subject: planet" },
      "2:1: this is none of its values",
      "log-group",
    ],
    [
      "an unknown name in the message",
      { message: 'message: "{accountid}"' },
      "7:1: {accountid} is no field",
      "Name a field",
    ],
    [
      "an unknown name in the fix",
      { fix: 'fix: { cli: "x {trails.arn}" }' },
      "9:8: {trails.arn} is no field",
      "Name a field",
    ],
    [
      "an example that is judged otherwise",
      { fail: "  fail: [{}]" },
      "13:10: this example of fail is judged pass",
      "Correct the example",
    ],
    [
      "an example that when does not select",
      { pass: "examples:\n  pass: [{ accountId: null }]" },
      "12:10: this example of pass is not selected by when",
      "Correct the example",
    ],
    [
      "an example with a field that there is not",
      { pass: "examples:\n  pass: [{ acountId: x }]" },
      '12:12: there is no key "acountId"',
      "accountId",
    ],
    [
      "an example with an impossible value",
      { fail: "  fail: [{ hasMultiRegionTrailLogging: 0 }]" },
      "13:12: this is not of the type boolean",
      "boolean",
    ],
    [
      "an example with an unknown reason",
      { unknown: "  unknown: [{ hasMultiRegionTrailLogging: { $unknown: { reason: lazy } } }]" },
      "14:57: this is none of its values",
      "throttled",
    ],
    [
      "a policy that explains itself",
      { why: "why: x\nexplainedBy: [{ policy: a-claim, repair: logging }]" },
      "9:1: it explains itself",
      "Remove",
    ],
    [
      "an undeclared parameter",
      { ...parameter(declared), when: "parameters: {}" },
      '6:36: the parameter "least" is not declared',
      "Declare it",
    ],
    ["an unused parameter", parameter(declared, "1"), "5:15: the parameter is not used", "Use it"],
    [
      "a default out of bounds",
      parameter(declared.replace("default: 1", "default: 0")),
      "5:51: the default is refused: it must be at least 1",
      "Correct it",
    ],
    [
      "a default of another type",
      parameter(declared.replace("integer", "string")),
      "5:50: the default is refused: it must be a text",
      "Correct it",
    ],
    [
      "a parameter whose value does not fit its place",
      parameter(declared.replace("integer", "number").replace("default: 1", "default: 1.5")),
      "6:36: this is not of the type integer",
      "integer",
    ],
    [
      "a parameter with an odd name",
      { ...parameter(declared), when: `parameters: { Least-One: ${declared} }` },
      "5:15: this is no name of a parameter",
      "camelCase",
    ],
    [
      "a parameter in another place",
      rule("{ properties: { $param: least } }"),
      "6:26: the subject has here no property",
      "Use one of",
    ],
    [
      "a key twice",
      { why: "why: x\nwhy: y" },
      "9:1: this is not YAML: Map keys must be unique",
      "Correct the YAML",
    ],
    ["broken YAML", { why: "why: [x" }, "9:1: this is not YAML", "Correct the YAML"],
    [
      "a tag of YAML",
      { why: "why: !!js/function x" },
      "8:6: this is not YAML: Unresolved tag",
      "Correct the YAML",
    ],
    [
      "deep nesting",
      rule("[".repeat(70) + "]".repeat(70)),
      "a-claim.yaml: it is nested more than 60 deep",
      "flatter",
    ],
    [
      "an alias that names itself",
      rule("&a { not: *a }"),
      "a-claim.yaml: it has too many aliases",
      "Write the parts out",
    ],
    [
      "an alias of nothing",
      { why: "why: *nothing" },
      "its aliases are refused: Unresolved alias",
      "Write the parts out",
    ],
    [
      "aliases of aliases that grow without end",
      {
        why: `why: &a [x,x]\n${["b", "c", "d", "e", "f", "g", "h"]
          .map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index]},`.repeat(9)}]`)
          .join("\n")}`,
      },
      "its aliases are refused: Excessive alias count",
      "Write the parts out",
    ],
    [
      "very many aliases",
      { why: `why: &a x\nx: [${"*a,".repeat(101)}]` },
      "a-claim.yaml: it has too many aliases",
      "Write the parts out",
    ],
  ])("%s", (_, changes, message, cure) => {
    expect(() => parsePolicy(file(changes), "a-claim.yaml")).toThrow(
      expect.objectContaining({
        code: "bad-policy",
        message: expect.stringContaining(message),
        cure: expect.stringContaining(cure),
      }),
    );
  });

  test("a file of another name than an id", () => {
    expect(() => parsePolicy(file(), "A Claim.yaml")).toThrow(/A Claim.yaml: the file's name/);
  });

  test("a file of more than 256 KiB", () => {
    expect(() => parsePolicy(`${file()}\n#${"x".repeat(270_000)}`, "a-claim.yaml")).toThrow(/256/);
  });

  test("a text that is no map", () => {
    expect(() => parsePolicy("- x", "a-claim.yaml")).toThrow(/a-claim.yaml:1:1: .*type object/);
  });
});

describe("a set of policies", () => {
  const explained = (id: string, ...by: string[]) =>
    aPolicy({ id, explainedBy: by.map((policy) => ({ policy, repair: "logging" as const })) });

  test("is sorted by id", () => {
    const ids = joined([[explained("b")], [explained("a", "b"), explained("c", "b", "a")]]);
    expect(ids.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  test.each([
    ["an id that occurs twice", [explained("a"), explained("a")], "a.yaml: there is another"],
    ["an explanation by no policy", [explained("a", "z")], 'a.yaml: explainedBy names "z"'],
    [
      "explanations in a circle",
      [explained("a", "b"), explained("b", "c"), explained("c", "b")],
      "b.yaml: explainedBy leads back to it: b -> c -> b",
    ],
  ])("is refused for %s", (_, policies, message) => {
    expect(() => joined([policies])).toThrow(
      expect.objectContaining({ code: "bad-policy", message: expect.stringContaining(message) }),
    );
  });
});

describe("a folder", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "policies-"));

  test("is read file by file in the order of ids, other files and folders left alone", () => {
    const path = folder();
    for (const name of ["b-claim.yaml", "a-claim.yaml"]) writeFileSync(join(path, name), file());
    writeFileSync(join(path, "README.md"), "x");
    mkdirSync(join(path, "frameworks"));
    expect(loadPolicies(path).map(({ id }) => id)).toEqual(["a-claim", "b-claim"]);
  });

  test("with nothing in it, or that is not there, is refused", () => {
    const path = folder();
    expect(() => loadPolicies(path)).toThrow(/there is no policy in this folder/);
    expect(() => loadPolicies(join(path, "none"))).toThrow(/cannot be read/);
  });

  test("is linted to the end, each fault told", () => {
    const path = folder();
    writeFileSync(join(path, "a-claim.yaml"), file());
    writeFileSync(join(path, "b-claim.yaml"), file({ why: "" }));
    writeFileSync(join(path, "c-claim.yml"), file());
    const { policies, faults } = lintFolder(path);
    expect(policies.map(({ id }) => id)).toEqual(["a-claim"]);
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining("b-claim.yaml:1:1: why is missing"),
      expect.stringContaining("c-claim.yml: the file's name is not an id"),
    ]);
  });

  test("whose policies are explained by built-in ones is well made", () => {
    const path = folder();
    const explainedBy = (id: string) =>
      file({ why: `why: x\nexplainedBy: [{ policy: ${id}, repair: logging }]` });
    writeFileSync(join(path, "a-claim.yaml"), explainedBy("trail-is-logging"));
    expect(lintFolder(path).faults).toEqual([]);
    writeFileSync(join(path, "a-claim.yaml"), explainedBy("trail-is-loging"));
    expect(lintFolder(path).faults).toEqual([
      expect.objectContaining({ message: expect.stringContaining('"trail-is-loging"') }),
    ]);
  });
});
