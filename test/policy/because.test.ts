import { expect, test } from "vitest";
import { becauseOf, MOST_REASONS } from "../../src/policy/because.ts";
import { compileSchema } from "../../src/policy/evaluate.ts";
import { unknown, unknownMore } from "../../src/snapshot/unknown.ts";

const U = unknown("access-denied", { action: "cloudtrail:GetTrailStatus" });
const V = unknown("throttled");
const more = unknownMore(V);
const truth = (name: string) => ({ properties: { [name]: { const: true } } });

test.each<[string, unknown, unknown, [pointer: string, expected: string, actual: unknown][]]>([
  [
    "an object that is hidden",
    { properties: { a: { type: "object", required: ["x"] } } },
    { a: U },
    [["/a", "x present", U]],
  ],
  [
    "a list that is too long, with a bound that asks nothing",
    { type: "array", minItems: 0, maxItems: 1 },
    [1, 2],
    [["", "at most 1 item", [1, 2]]],
  ],
  ["a wrong flag", truth("a"), { a: false }, [["/a", "true", false]]],
  [
    "a wrong value of several",
    { properties: { a: { properties: { owner: { enum: ["x", "y"] } } } } },
    { a: { owner: "z" } },
    [["/a/owner", "one of x, y", "z"]],
  ],
  [
    "null where a bound is set",
    { properties: { age: { type: "number", maximum: 3 } } },
    { age: null },
    [["/age", "at most 3", null]],
  ],
  [
    "null where an object is asked for",
    { properties: { key: { type: "object" } } },
    { key: null },
    [["/key", "not null", null]],
  ],
  [
    "null where an object with something in it is asked for",
    { properties: { key: { type: "object", ...truth("a") } } },
    { key: null },
    [["/key", "not null", null]],
  ],
  [
    "two bounds of which one is broken",
    { type: "integer", minimum: 1, maximum: 3 },
    5,
    [["", "at least 1 and at most 3", 5]],
  ],
  [
    "no item that matches",
    { contains: { properties: { a: { const: true }, b: { const: true } } } },
    [{ a: true, b: false }],
    [["", "at least one item with a true and b true (1 item, 0 match)", [{ a: true, b: false }]]],
  ],
  ["an item too many", { maxItems: 0 }, ["x"], [["", "an empty list", ["x"]]]],
  ["an item that is wrong", { items: { const: 1 } }, [1, 2], [["/1", "1", 2]]],
  ["a key that is missing", { required: ["a/b"] }, {}, [["/a~1b", "to be present", null]]],
  ["a key too many", { additionalProperties: false }, { a: 1 }, [["/a", "nothing", 1]]],
  [
    "alternatives at one place",
    { anyOf: [{ type: "null" }, { type: "integer", minimum: 7 }] },
    3,
    [["", "null or at least 7", 3]],
  ],
  [
    "alternatives at several places",
    { anyOf: [truth("a"), truth("b")] },
    { a: false, b: false },
    [
      ["/a", "either true", false],
      ["/b", "either true", false],
    ],
  ],
  [
    "something that must not hold, at its place",
    { not: { properties: { a: { enum: ["x", "y"] } } } },
    { a: "x" },
    [["/a", "not (one of x, y)", "x"]],
  ],
  [
    "two things that must not hold together",
    { not: { properties: { a: { const: 1 }, b: { const: 2 } } } },
    { a: 1, b: 2 },
    [["", "not (a 1 and b 2)", { a: 1, b: 2 }]],
  ],
  [
    "the branch that applies",
    { if: truth("a"), then: truth("b") },
    { a: true, b: false },
    [["/b", "true", false]],
  ],
  [
    "the branch that applies otherwise",
    { if: truth("a"), else: truth("b") },
    { a: false, b: false },
    [["/b", "true", false]],
  ],
  ["a hidden flag", truth("a"), { a: U, b: V }, [["/a", "true", U]]],
  [
    "a hidden flag beside one that is right",
    { allOf: [truth("a"), truth("b")] },
    { a: true, b: U },
    [["/b", "true", U]],
  ],
  [
    "a wrong flag beside a hidden one",
    { allOf: [truth("a"), truth("b")] },
    { a: false, b: U },
    [["/a", "true", false]],
  ],
  [
    "a hidden condition",
    { if: truth("a"), then: truth("b") },
    { a: U, b: false },
    [["/a", "true", U]],
  ],
  [
    "a hidden condition and a hidden consequence",
    { if: truth("a"), then: truth("b"), else: truth("c") },
    { a: U, b: V, c: true },
    [
      ["/a", "true", U],
      ["/b", "true", V],
    ],
  ],
  [
    "a branch that is ruled out",
    { if: truth("a"), then: truth("b"), else: truth("c") },
    { a: true, b: U, c: V },
    [["/b", "true", U]],
  ],
  [
    "a list that may go on",
    { contains: { const: 1 } },
    [2, more],
    [["/1", "at least one item with 1", more]],
  ],
  [
    "a hidden item, and a list that may go on",
    { items: { const: 1 } },
    [U, 1, more],
    [
      ["/0", "1", U],
      ["/2", "only items with 1", more],
    ],
  ],
  ["a length that is not known", { maxItems: 2 }, [1, more], [["/1", "at most 2 items", more]]],
  ["a hidden fact under not", { not: truth("a") }, { a: U }, [["/a", "true", U]]],
])("%s is told", (_, schema, value, reasons) => {
  expect(becauseOf(compileSchema(schema), value)).toEqual(
    reasons.map(([pointer, expected, actual]) => ({ pointer, expected, actual })),
  );
});

test("a fact that two keywords ask about is named once", () => {
  const schema = { anyOf: [truth("a"), { properties: { a: { const: 1 } } }] };
  expect(becauseOf(compileSchema(schema), { a: U })).toHaveLength(1);
});

test("what is shown is bounded, and says what it leaves out", () => {
  const node = compileSchema({ properties: { a: { const: 1 } } });
  const shown = (a: unknown) => becauseOf(node, { a })[0]?.actual;
  expect(shown("x".repeat(10_000))).toHaveLength(500);
  expect(shown(Array(30).fill(0))).toHaveLength(21);
  expect(shown(Array(30).fill(0))).toContain("… and 10 more");
  const wide = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, index]));
  expect(Object.keys(Object(shown(wide)))).toHaveLength(21);
  let deep: unknown = 0;
  for (let depth = 0; depth < 1000; depth += 1) deep = [deep];
  expect(JSON.stringify(shown(deep))).toBe('[[[[[[["…"]]]]]]]');
  const many = becauseOf(compileSchema({ items: { const: 1 } }), Array(5000).fill(0));
  expect(many).toHaveLength(MOST_REASONS);
  const long = compileSchema({ enum: Array.from({ length: 500 }, (_, index) => `value-${index}`) });
  expect(becauseOf(long, 1)[0]?.expected).toHaveLength(300);
});
