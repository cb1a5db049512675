import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { becauseOf } from "../../src/policy/because.ts";
import { compilePolicy } from "../../src/policy/compile.ts";
import { compileSchema } from "../../src/policy/evaluate.ts";
import { FAIL, PASS, UNKNOWN } from "../../src/policy/ternary.ts";
import { isUnknown } from "../../src/snapshot/unknown.ts";
import { aPolicy } from "./a-policy.ts";
import {
  at,
  cases,
  choices,
  completion,
  hiddenIn,
  known,
  masked,
  schemas,
} from "./random-schemas.ts";

// Thousands of cases take seconds, and longer where other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = { numRuns: 6000 };

test("a definite verdict is the verdict of every way in which hidden facts may turn out", () => {
  let definite = 0;
  const property = fc.property(cases, choices, ([schema, value], numbers) => {
    const { judge } = compileSchema(schema);
    const verdict = judge(value);
    if (verdict === UNKNOWN) return;
    if (hiddenIn(value).length > 0) definite += 1;
    for (const each of numbers) expect(judge(completion(value, each))).toBe(verdict);
  });
  fc.assert(property, RUNS);
  expect(definite).toBeGreaterThan(1000);
});

test("where nothing is hidden the verdict is definite and ajv's", () => {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { optimize: false },
    validateSchema: false,
  });
  const several = fc.array(known, { minLength: 8, maxLength: 8 });
  const property = fc.property(schemas, several, (schema, values) => {
    const accepts = ajv.compile(schema);
    const { judge } = compileSchema(schema);
    for (const value of values) expect(judge(value)).toBe(accepts(value) ? PASS : FAIL);
    ajv.removeSchema(schema);
  });
  fc.assert(property, { numRuns: 1500 });
});

test("what is not a pass has a reason, and an unknown verdict names hidden facts alone", () => {
  const property = fc.property(cases, ([schema, value]) => {
    const node = compileSchema(schema);
    const verdict = node.judge(value);
    const because = becauseOf(node, value);
    expect(because.length > 0).toBe(verdict !== PASS);
    if (verdict !== UNKNOWN) return;
    for (const { pointer, actual } of because) {
      expect(isUnknown(actual)).toBe(true);
      expect(at(value, pointer)).toEqual(actual);
    }
  });
  fc.assert(property, RUNS);
});

test("a failing verdict points into the subject, or at a key that is missing", () => {
  const property = fc.property(schemas, known, (schema, value) => {
    for (const { pointer, actual, expected } of becauseOf(compileSchema(schema), value)) {
      expect(expected).not.toBe("");
      expect(at(value, pointer) ?? null).toEqual(actual);
    }
  });
  fc.assert(property, RUNS);
});

test("no way in which an unnamed hidden fact turns out decides an unknown verdict", () => {
  let unnamed = 0;
  const property = fc.property(cases, choices, ([schema, value], numbers) => {
    const node = compileSchema(schema);
    if (node.judge(value) !== UNKNOWN) return;
    const named = new Set(becauseOf(node, value).map(({ pointer }) => pointer));
    if (hiddenIn(value).every((pointer) => named.has(pointer))) return;
    unnamed += 1;
    for (const each of numbers) {
      const filled = completion(value, each, (pointer) => named.has(pointer));
      expect(node.judge(filled)).toBe(UNKNOWN);
    }
  });
  fc.assert(property, RUNS);
  expect(unnamed).toBeGreaterThan(100);
});

test("a policy's definite verdict is that of every completion which its when selects", () => {
  const fields = fc.dictionary(fc.constantFrom("a", "b", "c"), masked, { minKeys: 1 });
  const property = fc.property(
    schemas,
    schemas,
    fields,
    choices,
    (when, require, value, numbers) => {
      const { judge, verdict } = compilePolicy(aPolicy({ when, require }), {});
      const judgement = judge(value);
      expect(judgement?.verdict ?? null).toBe(verdict(value));
      expect((judgement?.because.length ?? 0) > 0).toBe((judgement?.verdict ?? "pass") !== "pass");
      if (judgement?.verdict === "unknown") {
        expect(judgement.because.every(({ actual }) => isUnknown(actual))).toBe(true);
        return;
      }
      for (const each of numbers) {
        const full = judge(Object(completion(value, each)));
        if (judgement === null) expect(full).toBeNull();
        // A pass may come from what would not be selected; a fail is one of the selected alone.
        if (judgement?.verdict === "fail") expect(full).not.toBeNull();
        if (full !== null) expect(full.verdict).toBe(judgement?.verdict);
      }
    },
  );
  fc.assert(property, RUNS);
});
