import { expect, test } from "vitest";
import { compilePolicy } from "../../src/policy/compile.ts";
import { compiledOnUse } from "../../src/policy/compile-on-use.ts";
import { aPolicy } from "./a-policy.ts";

const limited = aPolicy({
  parameters: { least: { type: "number", default: 1, description: "At least." } },
  require: { properties: { name: { type: "string", minLength: { $param: "least" } } } },
});

test("a policy with its own defaults is compiled when it first judges", () => {
  const strange = aPolicy({ require: { nonsense: true } });
  const compiled = compiledOnUse(strange, { values: {}, configured: {} });
  expect(() => compiled.verdict({})).toThrow("nonsense");
});

test("a configured value that does not fit its place is refused before anything is judged", () => {
  const given = { least: 1.5 };
  expect(() => compiledOnUse(limited, { values: given, configured: given })).toThrow(
    expect.objectContaining({ code: "bad-policy" }),
  );
  const others = { values: { least: 1, other: 2 }, configured: { other: 2 } };
  expect(compiledOnUse(limited, others).verdict({ name: "" })).toBe("fail");
});

test("it judges as if it had been compiled at once", () => {
  const late = compiledOnUse(limited, { values: { least: 1 }, configured: {} });
  const early = compilePolicy(limited, { least: 1 });
  expect(late.parameters).toEqual(early.parameters);
  expect(late.reads).toEqual(early.reads);
  for (const fields of [{ name: "" }, { name: "a" }]) {
    expect(late.judge(fields)).toEqual(early.judge(fields));
    expect(late.verdict(fields)).toBe(early.verdict(fields));
    expect(late.selects(fields)).toBe(early.selects(fields));
  }
});
