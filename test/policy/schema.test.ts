import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { JUDGING_KEYWORDS } from "../../src/policy/evaluate.ts";
import { isRecord } from "../../src/policy/node.ts";
import { SUBJECT_NAMES } from "../../src/policy/policy.ts";
import { allPolicySchema, policySchemaFor } from "../../src/policy/schema.ts";
import { aPolicy } from "./a-policy.ts";

const ajv = new Ajv2020({ strict: true, strictTypes: false });
const isAnyPolicy = ajv.compile(allPolicySchema());
const validators = new Map(SUBJECT_NAMES.map((kind) => [kind, ajv.compile(policySchemaFor(kind))]));

test.each(builtinPolicies().map(({ id, ...file }) => ({ id, file })))(
  "$id keeps to the published schemas, its parameters and examples included",
  ({ file }) => {
    expect(validators.get(file.subject)?.(file)).toBe(true);
    expect(isAnyPolicy(file)).toBe(true);
  },
);

const trail = validators.get("trail");
const replica = validators.get("replica");

test.each([
  ["an open alternative", trail, { anyOf: [{ properties: { topic: { const: null } } }] }, true],
  [
    "a parameter for a bound",
    replica,
    {
      properties: {
        s3: { properties: { lagHours: { type: "number", maximum: { $param: "x" } } } },
      },
    },
    true,
  ],
  [
    "a parameter with more in it",
    trail,
    { properties: { name: { const: { $param: "x", y: 1 } } } },
    false,
  ],
  [
    "another subject's property",
    replica,
    { properties: { isMultiRegion: { const: true } } },
    false,
  ],
  ["an object for a value", trail, { properties: { name: { const: { a: 1 } } } }, false],
  ["a list for a value", trail, { properties: { name: { enum: [["a"]] } } }, false],
  ["null for what is never null", trail, { properties: { isMultiRegion: { const: null } } }, false],
  ["null for what can be null", trail, { properties: { kmsKey: { const: null } } }, true],
  ["a type that it can never have", trail, { properties: { kmsKey: { type: "string" } } }, false],
  ["a name to require that is not there", trail, { required: ["isMultiregion"] }, false],
  ["additionalProperties of a closed object", trail, { additionalProperties: false }, false],
  [
    "a pattern of 201 characters",
    trail,
    { properties: { name: { pattern: "a".repeat(201) } } },
    false,
  ],
  [
    "maxItems without type where only lists are possible",
    trail,
    { properties: { management: { properties: { excludedEventSources: { maxItems: 0 } } } } },
    true,
  ],
])("editors are told of %s", (_, validate, require, valid) => {
  const subject = validate === replica ? "replica" : "trail";
  const { id: __, ...file } = aPolicy({
    subject,
    require,
    examples: { pass: [{}], fail: [{}], unknown: [{}] },
  });
  expect(validate?.(file)).toBe(valid);
  expect(isAnyPolicy(file)).toBe(valid);
});

test.each([
  [{ kmsKey: { owner: "other-account" } }, true],
  [{ kmsKey: { owner: "nobody" } }, false],
  [{ kmsKey: { $unknown: { reason: "throttled" } } }, true],
  [{ kmsKey: { $unknown: { reason: "lazy" } } }, false],
  [{ kmsKeys: {} }, false],
])("an example of %j is known to editors: %s", (difference, valid) => {
  const { id: _, ...file } = aPolicy({
    examples: { pass: [difference], fail: [{}], unknown: [{}] },
  });
  expect(trail?.(file)).toBe(valid);
});

describe.each(SUBJECT_NAMES)("the schema for %s", (kind) => {
  const schema = policySchemaFor(kind);
  const $defs = isRecord(schema.$defs) ? schema.$defs : {};
  const properties = Object.values($defs).flatMap((each) =>
    isRecord(each) && isRecord(each.properties) ? [each.properties] : [],
  );

  test("offers no keyword but those that the evaluator knows, and describes each", () => {
    const requirement = $defs[kind];
    const offered = isRecord(requirement) && isRecord(requirement.properties);
    const keywords = Object.entries(offered ? Object(requirement).properties : {});
    expect(keywords.length).toBeGreaterThan(10);
    for (const [keyword, said] of keywords) {
      expect([...JUDGING_KEYWORDS, "title", "description", "$comment"]).toContain(keyword);
      expect(said).toHaveProperty("description");
    }
  });

  test("leads every reference to a definition", () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, name = ""] of references) expect($defs).toHaveProperty([name]);
    expect(properties.length).toBeGreaterThan(3);
  });
});
