import { describe, expect, test } from "vitest";
import { compileSchema } from "../../src/policy/evaluate.ts";
import type { Verdict } from "../../src/policy/policy.ts";
import { verdictOf } from "../../src/policy/ternary.ts";
import { unknown, unknownMore } from "../../src/snapshot/unknown.ts";

const U = unknown("access-denied", { action: "cloudtrail:GetTrailStatus" });
const more = unknownMore(U);

type Row = [schema: unknown, value: unknown, verdict: Verdict];

const TABLE: Record<string, Row[]> = {
  "true and schemas that ask nothing": [
    [true, U, "pass"],
    [{}, U, "pass"],
    [{ description: "x" }, U, "pass"],
    [false, 1, "fail"],
    [false, U, "fail"],
  ],
  type: [
    [{ type: "string" }, "a", "pass"],
    [{ type: "string" }, null, "fail"],
    [{ type: ["string", "null"] }, null, "pass"],
    [{ type: "integer" }, 1.5, "fail"],
    [{ type: "integer" }, 2, "pass"],
    [{ type: "object" }, [], "fail"],
    [{ type: "object" }, null, "fail"],
    [{ type: "array" }, [], "pass"],
    [{ type: "string" }, U, "unknown"],
    [{ type: "array" }, [more], "pass"],
  ],
  "const and enum": [
    [{ const: true }, true, "pass"],
    [{ const: true }, "true", "fail"],
    [{ const: null }, null, "pass"],
    [{ const: null }, U, "unknown"],
    [{ enum: ["a", null] }, null, "pass"],
    [{ enum: ["a", null] }, "b", "fail"],
    [{ enum: ["a", null] }, {}, "fail"],
    [{ enum: ["a"] }, U, "unknown"],
  ],
  "bounds of numbers": [
    [{ minimum: 3 }, 3, "pass"],
    [{ minimum: 3 }, 2, "fail"],
    [{ exclusiveMinimum: 3 }, 3, "fail"],
    [{ maximum: 3 }, 3, "pass"],
    [{ maximum: 3 }, 4, "fail"],
    [{ exclusiveMaximum: 3 }, 3, "fail"],
    [{ exclusiveMaximum: 3 }, 2, "pass"],
    [{ maximum: 3 }, null, "pass"],
    [{ maximum: 3 }, U, "unknown"],
  ],
  texts: [
    [{ pattern: "^a+$" }, "aa", "pass"],
    [{ pattern: "^a+$" }, "ab", "fail"],
    [{ pattern: "^.$" }, "😀", "pass"],
    [{ minLength: 2 }, "😀", "fail"],
    [{ maxLength: 1 }, "😀", "pass"],
    [{ minLength: 1 }, "", "fail"],
    [{ pattern: "a" }, U, "unknown"],
    [{ minLength: 1 }, U, "unknown"],
  ],
  required: [
    [{ required: ["a"] }, { a: U }, "pass"],
    [{ required: ["a"] }, {}, "fail"],
    [{ required: ["toString"] }, {}, "fail"],
    [{ required: ["a"] }, U, "unknown"],
  ],
  properties: [
    [{ properties: { a: { const: 1 } } }, { a: 1 }, "pass"],
    [{ properties: { a: { const: 1 } } }, {}, "pass"],
    [{ properties: { a: { const: 1 } } }, { a: U }, "unknown"],
    [{ properties: { a: { const: 1 }, b: { const: 1 } } }, { a: U, b: 2 }, "fail"],
    [{ properties: { a: { const: 1 } } }, U, "unknown"],
  ],
  additionalProperties: [
    [{ additionalProperties: false }, { a: U }, "fail"],
    [{ properties: { a: {} }, additionalProperties: false }, { a: U }, "pass"],
    [{ additionalProperties: { const: 1 } }, { a: 1, b: U }, "unknown"],
    [{ additionalProperties: { const: 1 } }, { a: 2, b: U }, "fail"],
  ],
  items: [
    [{ items: { const: 1 } }, [1, 1], "pass"],
    [{ items: { const: 1 } }, [], "pass"],
    [{ items: { const: 1 } }, [1, U], "unknown"],
    [{ items: { const: 1 } }, [1, more], "unknown"],
    [{ items: { const: 1 } }, [2, more], "fail"],
    [{ items: true }, [more], "pass"],
    [{ items: false }, [U], "fail"],
    [{ items: false }, [more], "unknown"],
  ],
  contains: [
    [{ contains: { const: 1 } }, [2, 1], "pass"],
    [{ contains: { const: 1 } }, [], "fail"],
    [{ contains: { const: 1 } }, [2, U], "unknown"],
    [{ contains: { const: 1 } }, [1, more], "pass"],
    [{ contains: { const: 1 } }, [2, more], "unknown"],
    [{ contains: true }, [U], "pass"],
    [{ contains: true }, [more], "unknown"],
    [{ contains: { const: 1 }, minContains: 2 }, [1, U], "unknown"],
    [{ contains: { const: 1 }, minContains: 3 }, [1, U], "fail"],
    [{ contains: { const: 1 }, minContains: 0, maxContains: 1 }, [1], "pass"],
    [{ contains: { const: 1 }, minContains: 0, maxContains: 0 }, [2], "pass"],
    [{ contains: { const: 1 }, minContains: 0, maxContains: 0 }, [2, U], "unknown"],
    [{ contains: { const: 1 }, minContains: 0, maxContains: 0 }, [more], "unknown"],
    [{ contains: { const: 1 }, maxContains: 1 }, [1, 1, more], "fail"],
  ],
  "minItems and maxItems": [
    [{ minItems: 1 }, [U], "pass"],
    [{ minItems: 1 }, [more], "unknown"],
    [{ minItems: 1 }, [1, more], "pass"],
    [{ minItems: 1 }, [], "fail"],
    [{ maxItems: 0 }, [U], "fail"],
    [{ maxItems: 0 }, [more], "unknown"],
    [{ maxItems: 1 }, [1], "pass"],
    [{ maxItems: 1 }, [1, 2, more], "fail"],
  ],
  combinations: [
    [{ allOf: [{ const: 1 }, { type: "string" }] }, U, "unknown"],
    [{ allOf: [{ const: 1 }, { minimum: 0 }] }, 1, "pass"],
    [{ anyOf: [{ const: 1 }, { const: 2 }] }, 2, "pass"],
    [{ anyOf: [{ const: 1 }, { const: 2 }] }, 3, "fail"],
    [{ anyOf: [{ required: ["b"] }, { properties: { a: { const: 1 } } }] }, { a: U }, "unknown"],
    [{ not: { const: 1 } }, 1, "fail"],
    [{ not: { maxItems: 0 } }, [more], "unknown"],
    [{ not: { maxItems: 0 } }, [U], "pass"],
    [{ not: { contains: { const: 1 } } }, [1, more], "fail"],
    [{ not: { properties: { a: { const: 1 } } } }, { a: U }, "unknown"],
  ],
  "if, then and else": [
    [{ if: { type: "string" }, then: { minLength: 1 } }, 1, "pass"],
    [{ if: { type: "string" }, then: { minLength: 1 } }, "", "fail"],
    [{ if: { type: "string" }, else: { const: 1 } }, 2, "fail"],
    [{ if: { required: ["b"] }, else: { properties: { a: { const: 1 } } } }, { a: U }, "unknown"],
    [{ if: { properties: { a: { const: 1 } } }, then: { required: ["b"] } }, { a: U }, "unknown"],
    [{ if: { properties: { a: { const: 1 } } }, then: { required: ["a"] } }, { a: U }, "pass"],
    [
      {
        if: { properties: { a: { const: 1 } } },
        then: { required: ["b"] },
        else: { required: ["c"] },
      },
      { a: U },
      "unknown",
    ],
  ],
};

describe.each(Object.entries(TABLE))("%s", (_, rows) => {
  test.each(rows)("%j of %j is judged %s", (schema, value, verdict) => {
    expect(verdictOf(compileSchema(schema).judge(value))).toBe(verdict);
  });
});

test.each([
  [{ oneOf: [{}] }, "/oneOf", "is not one that policies may use"],
  [{ $ref: "#" }, "/$ref", "is not one that policies may use"],
  [{ allOf: [{ prefixItems: [] }] }, "/allOf/0/prefixItems", "is not one that policies may use"],
  [{ properties: { a: { format: "date" } } }, "/properties/a/format", "may use"],
  [{ const: { $unknown: { reason: "throttled" } } }, "/const", "this is not a text"],
  [{ enum: [[1]] }, "/enum", "this is not a text"],
  [{ minimum: "3" }, "/minimum", "this is not a number"],
  [{ minItems: -1 }, "/minItems", "this is not a whole number"],
  [{ type: "text" }, "/type", "this is not a type"],
  [{ then: {} }, "/then", "say nothing without if"],
  [{ if: {} }, "/if", "says nothing alone"],
  [{ maxContains: 1 }, "/maxContains", "say nothing without contains"],
  [
    { contains: {}, minContains: 2, maxContains: 1 },
    "/contains",
    "minContains is over maxContains",
  ],
  [{ contains: {}, minContains: 0 }, "/contains", "accepts every list"],
  [{ allOf: [] }, "/allOf", "at least one schema"],
  [{ pattern: "(a+)+" }, "/pattern", "repeats a group"],
  [{ not: 1 }, "/not", "this is not a schema"],
])("%j is refused at %s", (schema, pointer, what) => {
  expect(() => compileSchema(schema)).toThrow(
    expect.objectContaining({ code: "bad-policy", pointer, what: expect.stringContaining(what) }),
  );
});

test("a schema nested without end is refused", () => {
  const schema: Record<string, unknown> = {};
  schema.not = schema;
  expect(() => compileSchema(schema)).toThrow(/nested at most 30 deep/);
});
