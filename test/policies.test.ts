import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { builtinPolicies } from "../src/policy/builtin.ts";
import { compilePolicy } from "../src/policy/compile.ts";
import { exampleSubject } from "../src/policy/example.ts";
import { examplesOf } from "../src/policy/example-faults.ts";
import { joined, lintFolder } from "../src/policy/load.ts";
import { resolveParameters } from "../src/policy/parameters.ts";

const builtin = builtinPolicies();
const parameters = resolveParameters(builtin, {});

test("there are built-in policies, sorted by id", () => {
  const ids = builtin.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  expect(ids).toEqual(ids.toSorted());
});

test("every built-in policy has an id that stays", () => {
  const listed = readFileSync(new URL("policy-ids.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" ")[0]);
  expect(listed).toEqual(expect.arrayContaining(builtin.map(({ id }) => id)));
});

test("every built-in policy is well made, and they explain each other without a cycle", () => {
  const { policies, faults } = lintFolder(fileURLToPath(new URL("../policies", import.meta.url)));
  expect(faults.map(({ message }) => message)).toEqual([]);
  expect(joined([policies])).toEqual(builtin);
});

const examples = builtin.flatMap((policy) =>
  [...examplesOf(policy)].map((example) => ({
    ...example,
    policy,
    id: policy.id,
    summary: JSON.stringify(example.difference),
  })),
);

test.each(examples)("$id: $claimed for $summary", ({ policy, claimed, difference }) => {
  const judgement = compilePolicy(policy, parameters).judge(
    exampleSubject(policy.subject, difference),
  );
  expect(judgement?.verdict).toBe(claimed);
  expect(judgement?.because.length === 0).toBe(claimed === "pass");
});
