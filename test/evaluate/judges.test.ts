import { expect, test } from "vitest";
import { judgesOf } from "../../src/evaluate/judges.ts";
import { type CompiledPolicy, compilePolicy } from "../../src/policy/compile.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { aPolicy } from "../policy/a-policy.ts";

/** A policy about trails that counts how often it judges. */
function counting(id: string, require: object): { compiled: CompiledPolicy; judged: () => number } {
  const compiled = compilePolicy(aPolicy({ id, require }), {});
  let judged = 0;
  const verdict: CompiledPolicy["verdict"] = (fields) => {
    judged += 1;
    return compiled.verdict(fields);
  };
  return { compiled: { ...compiled, verdict }, judged: () => judged };
}

const reads = (field: string, inner: object) => ({ properties: { [field]: inner } });

function verdicts(policies: readonly CompiledPolicy[], subjects: readonly object[]) {
  const judges = judgesOf(policies).get("trail") ?? [];
  return subjects.map((fields) => judges.map(({ verdictOf }) => verdictOf({ ...fields })));
}

test("subjects that share the one field a policy reads are judged once", () => {
  const one = counting("one", reads("kmsKey", { properties: { a: { const: 1 } } }));
  const other = counting("other", reads("kmsKey", { properties: { b: { const: 1 } } }));
  const shared = { a: 1, b: 2 };
  const differs = { a: 2, b: 1 };
  const given = [shared, differs, shared, differs].map((kmsKey, id) => ({ id, kmsKey }));
  expect(verdicts([one.compiled, other.compiled], given)).toEqual([
    ["pass", "fail"],
    ["fail", "pass"],
    ["pass", "fail"],
    ["fail", "pass"],
  ]);
  expect([one.judged(), other.judged()]).toEqual([2, 2]);
});

test("a policy that reads two fields is asked about each subject", () => {
  const both = counting("both", {
    properties: { kmsKey: { type: "object" }, isLogging: { const: true } },
  });
  const kmsKey = {};
  const given = [true, false, unknown("timeout")].map((isLogging) => ({ kmsKey, isLogging }));
  expect(verdicts([both.compiled], given)).toEqual([["pass"], ["fail"], ["unknown"]]);
  expect(both.judged()).toBe(3);
});

test("verdicts come in the order of the policies, whatever they read", () => {
  const policies = [
    counting("a", reads("x", { const: 1 })),
    counting("b", reads("y", { const: 1 })),
    counting("c", reads("x", { const: 2 })),
  ].map(({ compiled }) => compiled);
  expect(verdicts(policies, [{ x: 1, y: 2 }])).toEqual([["pass", "fail", "fail"]]);
  expect(
    judgesOf(policies)
      .get("trail")
      ?.map((each) => each.compiled),
  ).toEqual(policies);
});
