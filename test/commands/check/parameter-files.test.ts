import { describe, expect, test } from "vitest";
import { jsonParameters, samParameters } from "../../../src/commands/check/parameter-files.ts";

describe("parameters in JSON are those of", () => {
  test.each<[string, unknown, Record<string, string> | null]>([
    ["keys and values", [{ ParameterKey: "A", ParameterValue: "x" }], { A: "x" }],
    ["values that stay as they are", [{ ParameterKey: "A", UsePreviousValue: true }], {}],
    ["texts", ["A=x=y", "none"], { A: "x=y" }],
    [
      "members",
      { Parameters: { A: "x", B: 1, C: true, D: ["x", "y"] } },
      { A: "x", B: "1", C: "true", D: "x,y" },
    ],
    ["names that are none", [{ ParameterKey: "AWS::Region", ParameterValue: "x" }], {}],
    ["values that are none", { Parameters: { A: {}, B: null } }, {}],
    ["something else", { A: "x" }, null],
    ["nothing", null, null],
  ])("%s", (_, content, values) => {
    const expected = values === null ? null : [{ label: "", values }];
    expect(jsonParameters(JSON.stringify(content))).toEqual(expected);
  });

  test("no JSON at all", () => {
    expect(jsonParameters("[")).toBeNull();
  });
});

describe("parameters in samconfig.toml are those of", () => {
  test.each<[string, string, Record<string, string>]>([
    ["a text", '"A=x B=\\"y z\\" C=\'1 2\'"', { A: "x", B: "y z", C: "1 2" }],
    ["a list", '[ # these\n  "A=x",\n  \'B="y"\', # and\n]', { A: "x", B: "y" }],
    ["lines", '"""\\\n  A=x \\\n  B=y\n"""', { A: "x", B: "y" }],
    ["raw lines", "'''\nA=x\nB=y\n'''", { A: "x", B: "y" }],
    [
      "keys and values",
      '"ParameterKey=A,ParameterValue=x ParameterKey=B,ParameterValue=\\"y z\\""',
      { A: "x", B: "y z" },
    ],
  ])("%s", (_, written, values) => {
    const text = `version = 0.1\n[prod.deploy.parameters]\nparameter_overrides = ${written}\nregion = "C=z"\n`;
    expect(samParameters(text)).toEqual([{ label: "prod", values }]);
  });

  test("each environment that deploys with some", () => {
    const text = `[default.build.parameters]
parameter_overrides = "A=build"
[default.global.parameters]
parameter_overrides = "A=all"
[default.deploy.parameters]
stack_name = "audit"
[prod.deploy.parameters]
parameter_overrides = "A=prod"
`;
    expect(samParameters(text)).toEqual([
      { label: "default.global", values: { A: "all" } },
      { label: "prod", values: { A: "prod" } },
    ]);
  });

  test("none that can be read", () => {
    expect(samParameters("[prod.deploy.parameters]\nregion = 1\n")).toBeNull();
  });
});
