import fc from "fast-check";
import { expect, test } from "vitest";
import { all, and, any, not, or, type Truth } from "../../src/snapshot/logic.ts";
import {
  causesOf,
  isOpenEnd,
  isUnknown,
  merged,
  plain,
  unknown,
  unknownMore,
} from "../../src/snapshot/unknown.ts";

const denied = unknown("access-denied", { action: "cloudtrail:GetTrailStatus" });
const late = unknown("timeout");

test.for<[string, Truth, Truth]>([
  ["false decides `and`, whatever is unknown", and(denied, false), false],
  ["`and` of true and unknown is unknown", and(true, denied), denied],
  ["`and` of nothing is true", and(), true],
  ["true decides `or`, whatever is unknown", or(denied, true), true],
  ["`or` of false and unknown is unknown", or(false, denied), denied],
  ["`or` of nothing is false", or(), false],
  ["not of unknown is unknown", not(denied), denied],
  [
    "an open list may hold one more that counts",
    any([1, unknownMore(denied)], () => false),
    { $unknown: denied.$unknown },
  ],
  ["an open list has what it shows", any([1, unknownMore(denied)], () => true), true],
  [
    "all of an open list is not known",
    all([1, unknownMore(denied)], () => true),
    { $unknown: denied.$unknown },
  ],
  ["one that fails decides all of an open list", all([1, unknownMore(denied)], () => false), false],
])("%s", ([, actual, expected]) => {
  expect(actual).toEqual(expected);
});

test("a derived fact carries the reasons of all it hangs on, each once", () => {
  const both = and(denied, late, denied, true);
  if (!isUnknown(both)) throw new Error("it is unknown");
  expect(causesOf(both)).toEqual([denied.$unknown, late.$unknown]);
  const nested = or(both, unknown("throttled"));
  expect(isUnknown(nested) && causesOf(nested).map(({ reason }) => reason)).toEqual([
    "access-denied",
    "timeout",
    "throttled",
  ]);
});

test("a marker made of many reasons stays small", () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    unknown("timeout", { action: `a:${index}` }),
  );
  expect(causesOf(merged(many))).toHaveLength(8);
});

test("only a last item with `more` opens a list", () => {
  expect(isOpenEnd(denied)).toBe(false);
  expect(isOpenEnd(unknownMore(denied))).toBe(true);
});

test("nothing that somebody else wrote can pose as a marker, at any depth", () => {
  const hostile = fc.letrec((tie) => ({
    json: fc.oneof(
      fc.constant({ $unknown: { reason: "outside-scope" } }),
      fc.dictionary(fc.constantFrom("$unknown", "$$unknown", "a", "__proto__"), tie("json")),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.string(),
    ),
  })).json;
  fc.assert(
    fc.property(hostile, (value) => {
      const copy = plain(JSON.parse(JSON.stringify(value)));
      expect(JSON.stringify(copy)).not.toMatch(/"\$unknown"/);
      expect(containsMarker(copy)).toBe(false);
    }),
  );
});

function containsMarker(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsMarker);
}

test("`__proto__` from outside is an ordinary key", () => {
  const copy = plain(JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(Object.keys(copy ?? {})).toEqual(["__proto__"]);
  expect(JSON.stringify({})).toBe("{}");
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});
