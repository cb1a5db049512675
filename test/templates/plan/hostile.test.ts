import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AuditError } from "../../../src/errors.ts";
import { readTerraformPlan } from "../../../src/templates/terraform-plan.ts";
import { aBlock, aChange, aPlan, OPTIONS, read, refersTo } from "./a-plan.ts";

const TEXT = JSON.stringify(
  aPlan(
    [aChange("aws_cloudtrail.t", { after: { name: "Prüfung" }, after_unknown: { arn: true } })],
    {
      prior_state: { values: { root_module: { resources: [], child_modules: [] } } },
      configuration: {
        provider_config: { aws: { expressions: { region: { constant_value: "eu-west-1" } } } },
        root_module: { resources: [aBlock("aws_cloudtrail.t", { arn: refersTo("var.a") })] },
      },
    },
  ),
);
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => Buffer.from(text, "utf16le");

function reading(bytes: Uint8Array) {
  return readTerraformPlan(bytes, OPTIONS);
}

describe("encodings", () => {
  test.for<[string, Uint8Array]>([
    ["UTF-8", utf8(TEXT)],
    ["UTF-8 with a mark", utf8(`\ufeff${TEXT}`)],
    ["UTF-16 as PowerShell writes it", utf16(`\ufeff${TEXT}`)],
    ["UTF-16 without a mark", utf16(TEXT)],
    ["UTF-16, big end first", utf16(`\ufeff${TEXT}`).swap16()],
    [
      "lines of a wrapper before it",
      utf8(`[command]/bin/terraform show {x}\n::debug::a\n${TEXT}\n::set-output\n`),
    ],
    ["pretty print", utf8(JSON.stringify(JSON.parse(TEXT), null, 2))],
  ])("a plan is read from %s", ([, bytes]) => {
    const input = reading(bytes);
    expect(input?.after[0].resources.map((each) => each.values["name"])).toEqual(["Prüfung"]);
    expect(input?.after[0].resources[0]?.region).toBe("eu-west-1");
  });

  test("that lines stood before the plan is told", () => {
    expect(reading(utf8(`Warning\n${TEXT}`))?.notes.join()).toContain("terraform_wrapper: false");
    expect(reading(utf8(TEXT))?.notes.join()).not.toContain("terraform_wrapper");
  });
});

test.for([
  ["a state", '{"format_version":"1.0","terraform_version":"1","values":{"prior_state":1}}'],
  ["provider schemas", '{"format_version":"1.0","provider_schemas":{"resource_changes":[]}}'],
  ["a template", '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}'],
  ["a plan for people", "Terraform will perform the following actions:"],
  ["broken JSON that speaks of no plan", '{"Resources": nonsense'],
  ["nothing", ""],
])("%s is no plan", ([, text]) => {
  expect(reading(utf8(text ?? ""))).toBeNull();
});

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

test.for<[string, Uint8Array, RegExp]>([
  ["the binary plan", utf8("PK\u0003\u0004..tfplan..tfstate"), /terraform show -json/],
  [
    "the log of a plan",
    utf8('{"@level":"info","@message":"Terraform"}\n{}'),
    /terraform show -json/,
  ],
  ["a plan of a later major format", utf8(TEXT.replace('"1.2"', '"2.0"')), /newer Trailproof/],
  ["a plan that was cut", utf8(TEXT.slice(0, -40)), /terraform show -json/],
  ["a plan cut within its changes", utf8(TEXT.slice(0, 400)), /terraform show -json/],
  ["brackets that do not match", utf8(TEXT.replace(/\}\}$/, "}]")), /terraform show -json/],
  ["a value that is none", utf8(TEXT.replace('"Prüfung"', "nonsense")), /terraform show -json/],
  ["bytes that are no UTF-8", Buffer.from(TEXT, "latin1"), /terraform show -json/],
  [
    "values nested without end",
    utf8(TEXT.replace('"Prüfung"', nested(200_000))),
    /terraform show -json/,
  ],
  [
    "nesting where nothing matters",
    utf8(TEXT.replace('"1.11.4"', nested(200_000))),
    /terraform show -json/,
  ],
])("%s is refused with its cure", ([, bytes, cure]) => {
  expect(() => reading(bytes)).toThrow(AuditError);
  try {
    reading(bytes);
  } catch (error) {
    expect(error).toMatchObject({ code: "bad-template", cure: expect.stringMatching(cure) });
  }
});

test("a plan of 20,000 resources yields those that matter, each once", () => {
  const changes = Array.from({ length: 20_000 }, (_, index) =>
    aChange(index % 1000 === 0 ? `aws_s3_bucket.b${index}` : `aws_instance.i${index}`),
  );
  const input = read(aPlan(changes));
  expect(input.after[0].resources).toHaveLength(20);
  expect(input.notes.join()).toContain("19980 resources");
});

/** Whatever it is, it is read, is no plan, or is refused. */
function isTaken(bytes: Uint8Array): void {
  try {
    reading(bytes);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
  }
}

describe("garbage throws nothing but AuditError", () => {
  test("any bytes, and any after the beginning of a plan", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), isTaken));
    const start = utf8('{"format_version":"1.2","resource_changes":');
    fc.assert(fc.property(fc.uint8Array(), (more) => isTaken(Buffer.concat([start, more]))));
  });

  test("a plan of which bytes were changed, left out or put in", () => {
    const bytes = utf8(TEXT);
    const at = fc.nat(bytes.length - 1);
    fc.assert(
      fc.property(at, fc.nat(8), fc.uint8Array({ maxLength: 8 }), (offset, less, more) => {
        isTaken(Buffer.concat([bytes.subarray(0, offset), more, bytes.subarray(offset + less)]));
      }),
      { numRuns: 1000 },
    );
  });

  test("a plan of which any value is any other", () => {
    const plan = JSON.stringify(JSON.parse(TEXT));
    const values = [...plan.matchAll(/(?<=:)("[^"]*"|true|false|\{\}|\[\]|\[[^\]]*\])/g)];
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.jsonValue(), ({ index, 0: old }, value) => {
        const changed =
          plan.slice(0, index) + JSON.stringify(value) + plan.slice(index + old.length);
        isTaken(utf8(changed));
      }),
      { numRuns: 2000 },
    );
  });
});
