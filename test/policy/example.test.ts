import { expect, test } from "vitest";
import { exampleSubject } from "../../src/policy/example.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { SUBJECT_KINDS } from "../../src/subjects/schema/kinds.ts";

const U = unknown("throttled");
const { compliant } = SUBJECT_KINDS.trail;

test.each([
  [
    "objects merge",
    { kmsKey: { enabled: false } },
    { ...compliant, kmsKey: { ...compliant.kmsKey, enabled: false } },
  ],
  ["lists replace", { tags: [] }, { ...compliant, tags: [] }],
  ["null replaces", { kmsKey: null }, { ...compliant, kmsKey: null }],
  ["a marker replaces an object", { kmsKey: U }, { ...compliant, kmsKey: U }],
  [
    "an object of which a part is said keeps the rest",
    { topic: { arn: "a", exists: U } },
    { ...compliant, topic: { ...compliant.topic, arn: "a", exists: U } },
  ],
])("%s", (_, difference, fields) => {
  expect(exampleSubject("trail", difference)).toEqual(fields);
});

test("an example neither changes the compliant subject nor the prototype of objects", () => {
  const before = structuredClone(compliant);
  const fields = exampleSubject(
    "trail",
    JSON.parse('{"__proto__": {"x": 1}, "kmsKey": {"arn": "y"}}'),
  );
  expect(compliant).toEqual(before);
  expect(Object.hasOwn(fields, "__proto__")).toBe(true);
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
});
