import { expect, test } from "vitest";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { compileSchema } from "../../src/policy/evaluate.ts";
import { exampleSubject } from "../../src/policy/example.ts";
import { examplesOf } from "../../src/policy/example-faults.ts";
import { resolveParameters } from "../../src/policy/parameters.ts";
import { fieldsRead } from "../../src/policy/reads.ts";
import { unknown } from "../../src/snapshot/unknown.ts";

const builtin = builtinPolicies();
const parameters = resolveParameters(builtin, {});

test.for<[string, unknown, readonly string[] | null]>([
  ["names of properties", { properties: { a: {}, b: {} } }, ["a", "b"]],
  ["names that are required", { required: ["a"], properties: { b: {} } }, ["a", "b"]],
  ["every branch", { anyOf: [{ properties: { a: {} } }, { required: ["b"] }] }, ["a", "b"]],
  ["what is negated", { not: { properties: { a: {} } } }, ["a"]],
  [
    "a condition and its branches",
    {
      if: { properties: { a: {} } },
      then: { properties: { b: {} } },
      else: { properties: { c: {} } },
    },
    ["a", "b", "c"],
  ],
  ["the subject's own type", { type: "object" }, []],
  ["whatever else there is", { additionalProperties: false }, null],
  ["that, in one branch of several", { anyOf: [{ additionalProperties: false }, {}] }, null],
])("what a schema reads: %s", ([, schema, expected]) => {
  expect(fieldsRead(compileSchema(schema))).toEqual(expected);
});

test("no verdict of a built-in policy hangs on a field that it is not said to read", () => {
  for (const policy of builtin) {
    const compiled = compilePolicy(policy, parameters);
    for (const { difference } of examplesOf(policy)) {
      const fields = exampleSubject(policy.subject, difference);
      const others = Object.keys(fields).filter((name) => !compiled.reads?.includes(name));
      const masked = others.map((name) => [name, unknown("timeout")]);
      const narrowed = { ...fields, ...Object.fromEntries(masked) };
      expect(compiled.verdict(narrowed), policy.id).toBe(compiled.verdict(fields));
    }
  }
});
