import fc from "fast-check";
import { expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { rootsAmong } from "../../src/templates/terraform-source-roots.ts";
import { filesOf } from "./files-in-memory.ts";

const read = (text: string | Uint8Array, file = "main.tf") =>
  readTerraformSource(filesOf({ [file]: text }), "", { stack: "s" }).after[0].resources;
const trail = (name: string) => `resource "aws_cloudtrail" "t" {\n  name = ${name}\n}\n`;
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");
const locals = (lines: string) => `locals {\n${lines}\n}\n`;

test.for([
  ["an argument twice", "a = 1\nb = 2\na = 3", "main.tf:3"],
  ["two arguments on one line", "a = 1 b = 2", "main.tf:1"],
  ["a resource twice", trail('"a"') + trail('"b"'), "main.tf:4"],
  ["a text without an end", 'a = "x\n"', "main.tf:1"],
  ["a heredoc without an end", "\na = <<X\nfoo\n", "main.tf:2"],
  ["brackets without an end", `a = ${"[".repeat(100_000)}`, "main.tf:1: more than 150 levels"],
  ["signs without an end", `a = ${"!".repeat(100_000)}true`, "main.tf:1: more than 150 levels"],
  ["templates within templates", `a = "${'${"'.repeat(1000)}`, "main.tf:1: more than 150 levels"],
  ["bytes that are not UTF-8", new Uint8Array([0x61, 0xff]), "main.tf:1: the file is not UTF-8"],
  ["more than 2 MB", "#".repeat(2_100_000), "main.tf:1: more than 2 MB"],
] as const)("%s is refused with file and line", ([, text, message]) => {
  const attempt = () => read(text);
  expect(attempt).toThrow(AuditError);
  expect(attempt).toThrow(message);
});

test.for([
  [
    "a text that doubles",
    locals(
      `a0 = "0123456789"\n${many(60, (i) => `a${i + 1} = "\${local.a${i}}\${local.a${i}}"`)}`,
    ) + trail("local.a60"),
  ],
  [
    "a list that doubles",
    locals(`a0 = 1\n${many(60, (i) => `a${i + 1} = [local.a${i}, local.a${i}]`)}`) +
      trail("jsonencode(local.a60)"),
  ],
  [
    "a separator that multiplies",
    trail('join(join("", range(1024)), [for i in range(1024) : join("", range(1024))])'),
  ],
  [
    "loops within loops",
    trail("[for a in range(1024) : [for b in range(1024) : [for c in range(1024) : a]]]"),
  ],
  [
    "a chain of references",
    locals(many(20_000, (i) => `a${i} = local.a${i + 1}`)) + trail("local.a0"),
  ],
  ["a long sum", trail(`1${"+1".repeat(100_000)}`)],
  ["a long path", trail(`x${".a".repeat(100_000)}`)],
  ["a resource that counts itself", trail('"x"\n  count = length(aws_cloudtrail.t)')],
] as const)("%s ends as something that is not known", ([, text]) => {
  expect(JSON.stringify(read(text)[0])).toContain('"unresolved"');
});

test("blocks within blocks end in an open list", () => {
  const dynamic = (name: string, inner: string) =>
    `dynamic "${name}" {\n for_each = range(1000)\n content {\n${inner}\n}\n}`;
  const [only] = read(
    `resource "aws_cloudtrail" "t" {\n${dynamic("a", dynamic("b", "c = 1"))}\n}\n`,
  );
  expect(JSON.stringify(only?.values)).toContain('"more":true');
});

test("modules that double end in an open state, with a bounded number of resources", () => {
  const folder = (index: number) => [
    `m${index}/main.tf`,
    `${["a", "b"].map((name) => `module "${name}" {\n source = "../m${index + 1}"\n}\n`).join("")}resource "aws_kms_key" "k" {\n}\n`,
  ];
  const files = filesOf(
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => folder(index))),
  );
  const [after] = readTerraformSource(files, "m0", { stack: "s" }).after;
  expect(after.open).not.toBeNull();
  expect(after.resources.length).toBeLessThanOrEqual(2_001);
});

test("keys that pose as markers or prototypes are keys", () => {
  const [only] = read(
    `locals {\n __proto__ = "p"\n}\n${trail('{ "$unknown" = {}, __proto__ = local.__proto__ }')}`,
  );
  expect(JSON.stringify(only?.values["name"])).toBe('{"$$unknown":{},"__proto__":"p"}');
});

const PIECES = [
  "a",
  "resource",
  '"aws_cloudtrail"',
  '"t"',
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  "=",
  "\n",
  '"',
  "${",
  "%{ if true }",
  "%{ endif }",
  "<<E\n",
  "E\n",
  "for x in ",
  ":",
  "=>",
  "?",
  "...",
  ".",
  "*",
  "[*]",
  "-",
  "!",
  "1",
  "null",
  "local.a",
  "try(",
  "join(",
  ",",
  "#",
  "/*",
  "locals {\n a = ",
  'dynamic "d" {',
  "for_each = ",
  "count = ",
  "\\",
  "__proto__",
  "jsonencode(",
  "merge(",
  " ",
];

test.for(["main.tf", "main.tf.json", "terraform.tfvars"])(
  "garbage in %s never ends in anything but an AuditError",
  (file) => {
    const garbage = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.json(),
      fc.uint8Array({ maxLength: 60 }),
      fc
        .array(fc.constantFrom(...PIECES), { maxLength: 20 })
        .map((pieces) => trail(pieces.join(""))),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        try {
          read(text, file);
        } catch (error) {
          expect(error).toBeInstanceOf(AuditError);
        }
        rootsAmong(filesOf({ [file]: text, "b/main.tf": "" }), ["", "b"]);
      }),
      { numRuns: 1500 },
    );
  },
);
