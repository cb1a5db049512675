import { describe, expect, test } from "vitest";
import { withInnerStacks } from "../../src/templates/inner-stacks.ts";
import type { TemplateInput } from "../../src/templates/resource.ts";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "./files-in-memory.ts";
import { aChange, afterwards, aPlan, read } from "./plan/a-plan.ts";

type Options = { region?: string; accountId?: string };

function opened(files: { [path: string]: string }, options: Options = {}): TemplateInput {
  const all = filesOf(files);
  return withInnerStacks(readTerraformSource(all, "", { stack: "prod", ...options }), all);
}

const stack = (body: string, more = "", type = "aws_cloudformation_stack") =>
  `resource "${type}" "s" {\n  name = "s"\n  ${more}\n  template_body = ${body}\n}\n`;
const trailIn = (input: TemplateInput) => afterwards(input, "aws_cloudformation_stack.s/Trail");

const YAML = `Parameters:
  Logs:
    Type: String
    Default: default-logs
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: !Ref Logs
`;
const JSON_BODY =
  'jsonencode({ Resources = { Trail = { Type = "AWS::CloudTrail::Trail", Properties = { IsLogging = true, S3BucketName = var.logs, TrailName = "t-${aws_s3_bucket.b.id}" } } } })';
const WORLD = 'variable "logs" {}\nresource "aws_s3_bucket" "b" {}\n';

describe("the template of a stack that Terraform applies", () => {
  test.for<[string, string]>([
    ["a file", 'file("${path.module}/t.yaml")'],
    ["a file in which something is filled in", 'templatefile("t.yaml", {})'],
    ["a text", `<<-EOT\n${YAML}EOT\n`],
    ["encoded as YAML", 'yamlencode(yamldecode(file("t.yaml")))'],
  ])("is read where it is %s", ([, body]) => {
    const yaml = body.startsWith("yamlencode") ? YAML.replace("!Ref Logs", "default-logs") : YAML;
    const trail = trailIn(opened({ "main.tf": stack(body), "t.yaml": yaml }));
    expect(trail.values).toEqual({ IsLogging: true, S3BucketName: "default-logs" });
    expect(trail).toMatchObject({ dialect: "cloudformation", type: "AWS::CloudTrail::Trail" });
  });

  test("is given the parameters of the stack", () => {
    const trail = trailIn(
      opened({ "main.tf": stack('file("t.yaml")', 'parameters = { Logs = "x" }'), "t.yaml": YAML }),
    );
    expect(trail.values["S3BucketName"]).toBe("x");
  });

  test("has no default where it is given what is not known", () => {
    const body = stack('file("t.yaml")', "parameters = { Logs = var.logs }");
    const trail = trailIn(opened({ "main.tf": WORLD + body, "t.yaml": YAML }));
    expect(trail.values["S3BucketName"]).toHaveProperty("$unknown");
  });

  test("refers to other resources of Terraform", () => {
    const body = stack('file("t.yaml")', "parameters = { Logs = aws_s3_bucket.b.id }");
    const trail = trailIn(opened({ "main.tf": WORLD + body, "t.yaml": YAML }));
    expect(trail.values["S3BucketName"]).toEqual({
      $reference: { address: "aws_s3_bucket.b", attribute: "id" },
    });
  });

  test.for<[string, string]>([
    ["encoded", JSON_BODY],
    [
      "written",
      '<<-EOT\nResources:\n  Trail:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      IsLogging: true\n      S3BucketName: ${var.logs}\n      TrailName: !Sub "t-${aws_s3_bucket.b.id}"\nEOT\n',
    ],
  ])("is read around what is not known where it is %s", ([, body]) => {
    const trail = trailIn(opened({ "main.tf": WORLD + stack(body) }));
    expect(trail.values["IsLogging"]).toBe(true);
    expect(JSON.stringify(trail.values["S3BucketName"])).toContain("var logs has no value here");
    expect(trail.values["TrailName"]).toEqual({
      $text: ["t-", { $reference: { address: "aws_s3_bucket.b", attribute: "id" } }],
    });
  });

  test("may make anything where lines of it are not known", () => {
    const body = `<<-EOT\n${YAML}Description: a\n  \${var.logs}\nEOT\n`;
    const { after } = opened({ "main.tf": WORLD + stack(body) });
    expect(after[0].resources.map(({ address }) => address)).toEqual(["aws_s3_bucket.b"]);
    expect(after[0].unseen?.modules).toMatchObject([
      { address: "aws_cloudformation_stack.s", source: "AWS::CloudTrail" },
    ]);
  });

  test("leaves a word of CloudFormation's own in braces as it is", () => {
    const body = JSON_BODY.replace("t-${", () => "$${AWS::Region}-${");
    const trail = trailIn(opened({ "main.tf": WORLD + stack(body) }));
    expect(trail.values["TrailName"]).toHaveProperty("$text.0", "${AWS::Region}-");
  });

  test("is located in its file where it is one, else in the stack", () => {
    const files = { "main.tf": stack('file("t.yaml")'), "t.yaml": YAML };
    expect(trailIn(opened(files)).locate("/IsLogging")).toMatchObject({ file: "t.yaml", line: 9 });
    const trail = trailIn(opened({ "main.tf": WORLD + stack(JSON_BODY) }));
    expect(trail.locate("/IsLogging")).toMatchObject({ file: "main.tf", line: 6 });
  });

  test("is a part of the source, which is not judged by itself", () => {
    const files = { "main.tf": stack('file("t.yaml")'), "t.yaml": YAML };
    expect(opened(files).parts).toEqual(["t.yaml"]);
  });

  test("makes its resources where the stack is, and where a stack set has them nobody says", () => {
    const place = { region: "eu-west-1", accountId: "111122223333" };
    const files = (type: string) => ({
      "main.tf": stack('file("t.yaml")', "", type),
      "t.yaml": YAML.replace("!Ref Logs", "!Ref AWS::AccountId"),
    });
    expect(trailIn(opened(files("aws_cloudformation_stack"), place))).toMatchObject({
      ...place,
      values: { S3BucketName: place.accountId },
    });
    const set = opened(files("aws_cloudformation_stack_set"), place);
    const trail = afterwards(set, "aws_cloudformation_stack_set.s/Trail");
    expect(trail.accountId).toHaveProperty("$unknown");
    expect(trail.region).toHaveProperty("$unknown");
    expect(trail.values["S3BucketName"]).toHaveProperty("$unknown");
  });

  test("that means different things by what it is given has nothing for certain where they differ", () => {
    const body = YAML.replace("Default: default-logs", "AllowedValues: [a, b]");
    const trail = trailIn(opened({ "main.tf": stack('file("t.yaml")'), "t.yaml": body }));
    expect(trail.presence).toHaveProperty("$unknown");
    expect(trail.values["IsLogging"]).toBe(true);
    expect(trail.values["S3BucketName"]).toHaveProperty("$unknown");
  });

  test("may be left out by a count that is not known", () => {
    const files = {
      "main.tf": WORLD + stack('file("t.yaml")', "count = var.logs"),
      "t.yaml": YAML,
    };
    const trail = afterwards(opened(files), "aws_cloudformation_stack.s[*]/Trail");
    expect(trail.presence).toHaveProperty("$unknown");
  });
});

describe("a stack of which the template is not at hand", () => {
  test.for([
    ["lies elsewhere", 'template_url = "https://x/t.yaml"'],
    ["is not known", "template_body = var.logs"],
    ["cannot be read", 'template_body = "Resources:\\n  - [AWS::CloudTrail::Trail"'],
  ])("because it %s is unseen, and knows what it is given", ([, body]) => {
    const text = `resource "aws_cloudformation_stack" "audit" {\n  ${body}\n  parameters = { Logs = aws_s3_bucket.b.id, X = "y" }\n}\n`;
    const [state] = opened({ "main.tf": WORLD + text }).after;
    const [module, ...others] = state.unseen?.modules ?? [];
    expect(others).toEqual([]);
    expect(module?.address).toBe("aws_cloudformation_stack.audit");
    expect([...(module?.handed?.resources ?? [])]).toEqual(["aws_s3_bucket.b"]);
    expect([...(module?.handed?.texts ?? [])]).toContain("y");
    expect(state.open).toHaveProperty("$unknown");
    expect(state.unseen?.otherwise).toBeNull();
  });

  test("because a macro may change it is unseen beside what it says", () => {
    const body = `Transform: MyMacro\n${YAML}`;
    const input = opened({ "main.tf": stack('file("t.yaml")'), "t.yaml": body });
    expect(trailIn(input).values["IsLogging"]).toBe(true);
    expect(input.after[0].unseen?.modules).toHaveLength(1);
  });
});

describe("a stack in a plan", () => {
  const address = "aws_cloudformation_stack.s";
  const values = (template_body: string) => ({ name: "s", template_body });
  const change = (actions: string[], beside = {}) => {
    const [before, after] = [values(YAML), values(YAML.replace("Trail:", "Other:"))];
    const isGone = actions.join() === "delete" || actions.join() === "forget";
    const input = read(
      aPlan([aChange(address, { actions, before, after: isGone ? null : after }, beside)]),
    );
    return withInnerStacks(input, filesOf({}));
  };

  test("is read before and after", () => {
    const input = change(["update"]);
    const names = (state: TemplateInput["before"]) => state?.resources.map((each) => each.address);
    expect(names(input.before)).toEqual([`${address}/Trail`]);
    expect(names(input.after[0])).toEqual([`${address}/Other`]);
  });

  test.for([
    [["update"], ["delete", "create"]],
    [
      ["delete", "create"],
      ["replace", "replace"],
    ],
    [["delete"], ["delete"]],
    [["forget"], ["forget"]],
  ])("does to what it makes what %s does to it", ([actions, expected]) => {
    const { changes } = change(actions ?? []);
    const inner = changes.filter((each) => each.address.includes("/"));
    expect(inner.map(({ action }) => action)).toEqual(expected);
  });

  test("takes what it makes along where it moves", () => {
    const { changes } = change(["update"], { previous_address: "aws_cloudformation_stack.old" });
    expect(changes).toContainEqual({
      address: `${address}/Trail`,
      previousAddress: "aws_cloudformation_stack.old/Trail",
      action: "delete",
    });
  });
});
