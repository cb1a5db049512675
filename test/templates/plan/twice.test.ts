import { expect, test } from "vitest";
import { readTerraformPlan } from "../../../src/templates/terraform-plan.ts";
import { aChange, aPlan, type Loose, OPTIONS, read } from "./a-plan.ts";

const TRAIL = "aws_cloudtrail.main";
const values = { name: "main", s3_bucket_name: "logs", enable_logging: true };
const stop = { actions: ["update"], before: values, after: { ...values, enable_logging: false } };
const keep = { actions: ["no-op"], before: values, after: values };
const stopped = aChange(TRAIL, stop);
const kept = aChange(TRAIL, keep);
const module = (...resources: Loose[]) => ({ root_module: { child_modules: [{ resources }] } });
const planned = (enable_logging: boolean, beside: Loose = {}) => ({
  address: TRAIL,
  mode: "managed",
  type: "aws_cloudtrail",
  values: { ...values, enable_logging },
  ...beside,
});

test.each<[name: string, plan: Loose, what: string]>([
  ["two changes of one resource", aPlan([stopped, kept]), TRAIL],
  [
    "two changes of what was one",
    aPlan([
      aChange(TRAIL, keep, { previous_address: "aws_cloudtrail.a" }),
      aChange("aws_cloudtrail.b", keep, { previous_address: "aws_cloudtrail.a" }),
    ]),
    "aws_cloudtrail.b",
  ],
  [
    "two that were put off",
    aPlan([], { deferred_changes: [{ resource_change: stopped }, { resource_change: kept }] }),
    TRAIL,
  ],
  [
    "two states of one resource",
    aPlan([kept], { prior_state: { values: module(planned(true), planned(false)) } }),
    TRAIL,
  ],
  [
    "two values planned for one resource",
    aPlan([kept], { planned_values: module(planned(true), planned(false)) }),
    TRAIL,
  ],
])("a plan with %s is refused, with a cure", (_, plan, what) => {
  expect(() => read(plan)).toThrow(
    expect.objectContaining({
      code: "bad-template",
      message: `plan.json has the resource "${what}" twice, which no plan of Terraform or OpenTofu does`,
      cure: expect.stringContaining("terraform show -json"),
    }),
  );
});

test("a plan with two lists of changes is refused", () => {
  const text = JSON.stringify(aPlan([stopped]));
  const twice = text.replace(/}$/, `,"resource_changes":${JSON.stringify([kept])}}`);
  const bytes = new TextEncoder().encode(twice);
  expect(() => readTerraformPlan(bytes, OPTIONS)).toThrow("plan.json has resource_changes twice");
});

test.each<[name: string, plan: Loose]>([
  [
    "what is left of an object that was replaced",
    aPlan([
      kept,
      aChange(TRAIL, { actions: ["delete"], before: values, after: null }, { deposed: "a1b2c3d4" }),
    ]),
  ],
  [
    "what is left of one in the state",
    aPlan([kept], {
      prior_state: { values: module(planned(true), planned(false, { deposed_key: "a1b2c3d4" })) },
    }),
  ],
  [
    "the same values twice",
    aPlan([kept], { planned_values: module(planned(true), planned(true)) }),
  ],
  ["two instances", aPlan([aChange(`${TRAIL}[0]`, keep), aChange(`${TRAIL}[1]`, keep)])],
  ["the same name in two modules", aPlan([kept, aChange(`module.a.${TRAIL}`, keep)])],
  [
    "a new resource where another was",
    aPlan([
      aChange(TRAIL, { actions: ["create"], after: values }),
      aChange("aws_cloudtrail.moved", keep, { previous_address: TRAIL }),
    ]),
  ],
])("a plan with %s is read", (_, plan) => {
  expect(read(plan).after[0].resources.length).toBeGreaterThan(0);
});
