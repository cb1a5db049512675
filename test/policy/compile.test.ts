import { expect, test } from "vitest";
import { compilePolicy, render, renderCommand } from "../../src/policy/compile.ts";
import { exampleSubject } from "../../src/policy/example.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { aPolicy } from "./a-policy.ts";

const U = unknown("access-denied", { action: "kms:DescribeKey" });
const V = unknown("throttled");

const policy = compilePolicy(
  aPolicy({
    when: { properties: { isOrganizationTrail: { const: true } } },
    require: { properties: { isMultiRegion: { const: true } } },
  }),
  {},
);

test.each([
  [{}, "pass", "pass", []],
  [{ isMultiRegion: false }, "pass", "fail", ["/isMultiRegion"]],
  [{ isMultiRegion: U }, "pass", "unknown", ["/isMultiRegion"]],
  [{ isOrganizationTrail: false, isMultiRegion: false }, "fail", null, undefined],
  [{ isOrganizationTrail: U }, "unknown", "pass", []],
  [
    { isOrganizationTrail: U, isMultiRegion: false },
    "unknown",
    "unknown",
    ["/isOrganizationTrail"],
  ],
  [
    { isOrganizationTrail: U, isMultiRegion: V },
    "unknown",
    "unknown",
    ["/isOrganizationTrail", "/isMultiRegion"],
  ],
])("a trail with %j is selected: %s, judged %s", (difference, selected, verdict, pointers) => {
  const fields = exampleSubject("trail", difference);
  expect(policy.selects(fields)).toBe(selected);
  expect(policy.verdict(fields)).toBe(verdict);
  const judgement = policy.judge(fields);
  expect(judgement?.verdict ?? null).toBe(verdict);
  expect(judgement?.because.map(({ pointer }) => pointer)).toEqual(pointers);
});

test("a parameter takes the place of values, and only the policy's own are kept", () => {
  const declared = { type: "integer", default: 1, description: "How many." } as const;
  const { judge, parameters } = compilePolicy(
    aPolicy({
      parameters: {
        least: declared,
        role: { type: "string", default: "x", description: "Which." },
      },
      require: {
        properties: {
          tags: { type: "array", minItems: { $param: "least" } },
          role: { enum: [{ $param: "role" }, "primary"] },
        },
      },
    }),
    { least: 3, other: 4 },
  );
  expect(parameters).toEqual({ least: 3, role: "x" });
  expect(judge(exampleSubject("trail", {}))?.because).toEqual([
    {
      pointer: "/tags",
      expected: "at least 3 items",
      actual: [{ key: "owner", value: "security" }],
    },
  ]);
});

test("a parameter that is not declared, or stands where no value does, is refused", () => {
  const requiring = (require: unknown) => () => compilePolicy(aPolicy({ require }), {});
  expect(requiring({ minItems: { $param: "x" } })).toThrow(/"x" is not declared/);
  expect(requiring({ not: { $param: "x" } })).toThrow(/"\$param" is not one/);
  expect(requiring({ const: { $param: "x", y: 1 } })).toThrow(/"" is not declared/);
});

test("a configured value that does not fit its place is refused, and the policy named", () => {
  const least = { type: "number", default: 1, description: "How many." } as const;
  const require = { properties: { insightTypes: { minItems: { $param: "least" } } } };
  const policy = aPolicy({ parameters: { least }, require });
  expect(() => compilePolicy(policy, { least: 1.5 })).toThrow(
    "a-claim: /require/properties/insightTypes/minItems: this is not a whole number from 0",
  );
});

test.each([
  ["{name} in {kmsKey.accountId}", "organization in 111111111111"],
  ["{isMultiRegion} {topic} {missingTagKeys}", "true none owner, team"],
  [
    "{kmsKey.owner} {kmsKey.nothing} {constructor} {toString.name}",
    "unknown (access-denied) none none none",
  ],
  ["{logGroup.arn} {logGroup}", "unknown (throttled) unknown (throttled)"],
  [
    "{bucket}",
    '{"name":"b","prefix":null,"accountId":"unknown (throttled)","owner":"other-account","exists":true}',
  ],
  ["{homeRegion}", "a b{name}"],
  ["{ name } {} {1}", "{ name } {} {1}"],
])("the message %s reads %s", (message, text) => {
  const fields = exampleSubject("trail", {
    kmsKey: { owner: U },
    logGroup: V,
    bucket: { name: "b", accountId: V, owner: "other-account" },
    homeRegion: "a\u0000\n\u001b\u202eb{name}",
    topic: null,
    missingTagKeys: ["owner", "team"],
  });
  expect(render(message, fields)).toBe(text);
});

test("what a message shows is bounded", () => {
  expect(render("{name}", { name: "x".repeat(10_000) })).toHaveLength(200);
  expect(render("{name}", { name: Array(1000).fill("xxxxx") })).toHaveLength(138);
  expect(render("{name}", { name: { a: "x".repeat(10_000) } })).toHaveLength(200);
});

test("a number in a message has two decimals at most", () => {
  expect(render("{age} hours", { age: 31.133333333 })).toBe("31.13 hours");
});

test.each([
  ["audit", "stop audit"],
  [
    "arn:aws:cloudtrail:us-east-1:111111111111:trail/audit",
    "stop arn:aws:cloudtrail:us-east-1:111111111111:trail/audit",
  ],
  ["audit; rm -rf ~", "stop 'audit; rm -rf ~'"],
  ["$(id)", "stop '$(id)'"],
  ["it's", "stop 'it'\\''s'"],
])("the name %s cannot leave its place in a command", (name, command) => {
  expect(renderCommand("stop {name}", { name })).toBe(command);
});
