import { expect, test } from "vitest";
import { builtinFrameworks } from "../../src/policy/frameworks.ts";
import { packed, unpacked } from "../../src/policy/packed.ts";

const frameworks = builtinFrameworks();

test("frameworks come out of the bundle as they went in", () => {
  expect(unpacked(JSON.parse(JSON.stringify(packed(frameworks))))).toEqual(frameworks);
});

test("packed they are less than a third as long", () => {
  const length = (value: unknown) => JSON.stringify(value).length;
  expect(length(packed(frameworks))).toBeLessThan(length(frameworks) / 3);
});

test("controls are unpacked when they are looked at: damaged numbers are no framework then", () => {
  const damaged = { ...packed(frameworks), texts: ["only one"] };
  const [first] = unpacked(damaged);
  expect(first?.id).toBe(frameworks[0]?.id);
  expect(() => first?.controls).toThrow(/damaged/);
});
