import { expect, test } from "vitest";
import { resolveParameters } from "../../src/policy/parameters.ts";
import type { Parameter } from "../../src/policy/policy.ts";
import { aPolicy } from "./a-policy.ts";

const hours = (changes: Partial<Parameter> = {}): Parameter => ({
  type: "number",
  default: 3,
  minimum: 1,
  maximum: 720,
  description: "How old it may be.",
  ...changes,
});
const policies = [
  aPolicy({ id: "a", parameters: { hours: hours() } }),
  aPolicy({ id: "b", parameters: { hours: hours({ description: "In other words." }) } }),
  aPolicy({
    id: "c",
    parameters: {
      days: { type: "integer", default: 1, description: "Days." },
      names: { type: "array", default: ["x"], description: "Names." },
      text: { type: "string", default: "x", description: "A text." },
      strict: { type: "boolean", default: true, description: "Whether." },
    },
  }),
];
const defaults = { hours: 3, days: 1, names: ["x"], text: "x", strict: true };

test.each([
  [{}, defaults],
  [
    { hours: 720, names: [] },
    { ...defaults, hours: 720, names: [] },
  ],
  [
    { strict: false, text: "" },
    { ...defaults, strict: false, text: "" },
  ],
])("%j gives %j", (configured, values) => {
  expect(resolveParameters(policies, configured)).toEqual(values);
});

test.each([
  [{ hour: 3 }, '"hour": no policy has it', "days, hours, names, strict, text"],
  [{ toString: 3 }, '"toString": no policy has it', "days, hours"],
  [{ hours: 0.5 }, '"hours": it must be at least 1', "How old it may be"],
  [{ hours: 721 }, '"hours": it must be at most 720', "How old it may be"],
  [{ hours: Number.NaN }, '"hours": it must be a number', "How old"],
  [{ hours: "3" }, '"hours": it must be a number', "How old"],
  [{ days: 1.5 }, '"days": it must be a whole number', "Days"],
  [{ names: ["x", 1] }, '"names": it must be a list of texts', "Names"],
  [{ names: { $unknown: {} } }, '"names": it must be a list of texts', "Names"],
  [{ strict: "true" }, '"strict": it must be true or false', "Whether"],
])("%j is refused", (configured, message, cure) => {
  expect(() => resolveParameters(policies, configured)).toThrow(
    expect.objectContaining({
      code: "bad-config",
      message: expect.stringContaining(message),
      cure: expect.stringContaining(cure),
    }),
  );
});

test.each([{ maximum: 721 }, { default: 4 }, { type: "integer" as const }])(
  "one name declared with and without %j is refused",
  (change) => {
    const other = aPolicy({ id: "d", parameters: { hours: hours(change) } });
    expect(() => resolveParameters([...policies, other], {})).toThrow(
      expect.objectContaining({
        code: "bad-policy",
        message: "the parameter hours is declared differently by a and d",
      }),
    );
  },
);
