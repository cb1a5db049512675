import { expect, test, vi } from "vitest";
import { readInputs } from "../../../src/commands/check/inputs.ts";
import { filesOf } from "../../templates/files-in-memory.ts";
import { aChange, aPlan } from "../../templates/plan/a-plan.ts";

const loaded = vi.hoisted((): string[] => []);
vi.mock("yaml", (original) => {
  loaded.push("yaml");
  return original();
});
vi.mock("../../../src/templates/hcl/evaluate.ts", (original) => {
  loaded.push("hcl");
  return original();
});

const judged = (texts: { [path: string]: string }, path: string) =>
  readInputs(filesOf(texts), {
    paths: [{ name: null, path }],
    stacks: [],
    expect: [],
    isFork: false,
    isBrought: () => false,
  });

test("no reader is loaded before there is something for it to read", async () => {
  const plan = JSON.stringify(aPlan([aChange("aws_cloudtrail.main")]));
  await judged({ "a/p.json": plan, "a/ci.yaml": "on: push" }, "");
  expect(loaded).toEqual([]);
  await judged({ "t.yaml": "Resources: {T: {Type: AWS::CloudTrail::Trail}}" }, "");
  expect(loaded).toEqual(["yaml"]);
  await judged({ "main.tf": "" }, "");
  expect(loaded).toEqual(["yaml", "hcl"]);
});
