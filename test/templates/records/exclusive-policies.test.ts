import { expect, test } from "vitest";
import { alerts, gate, sources } from "../../subjects/change/gate.ts";

const stack = (more = "", name = 'name   = "write"') => `
resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "logs"
  cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.deliver.arn
}
resource "aws_cloudwatch_log_group" "audit" {
  name = "audit"
}
resource "aws_iam_role" "deliver" {
  name = "deliver"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_iam_role_policy" "write" {
  ${name}
  role   = aws_iam_role.deliver.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" }]
  })
}
variable "names" { type = list(string) }
${more}`;

const only = (names: string, role = "aws_iam_role.deliver.name") => `
resource "aws_iam_role_policies_exclusive" "all" {
  role_name    = ${role}
  policy_names = ${names}
}
`;

const PREFIX = 'name_prefix = "write"';
const REFERENCE = "[aws_iam_role_policy.write.name]";

test.each<[string, string, string]>([
  ["none", stack(only("[]")), "fail"],
  ["others", stack(only('["other"]')), "fail"],
  ["others than one that AWS is yet to name", stack(only('["write"]'), PREFIX), "fail"],
  ["it by its name", stack(only('["other", "write"]')), "pass"],
  ["it by its resource", stack(only(REFERENCE)), "pass"],
  ["it by its resource, which AWS is yet to name", stack(only(REFERENCE), PREFIX), "pass"],
  ["those of another role", stack(only("[]", '"web"')), "pass"],
  ["those that are not known", stack(only("var.names")), "unknown"],
  ["some that are not known", stack(only("[var.names[0]]")), "unknown"],
])("a role whose list of all inline policies names %s", async (_, after, wanted) => {
  const { findings } = await gate(sources({ prod: [stack(), after] }));
  const told = alerts(findings).map((text) => text.split(" ", 2).join(" "));
  const alert = `${wanted} trail-logs-role-can-deliver`;
  expect(told).toEqual(wanted === "pass" ? [] : [alert]);
});

test("a block of the role's own goes too where the list leaves it out", async () => {
  const own = (more: string) =>
    stack(more)
      .replace(/resource "aws_iam_role_policy"[\s\S]*?\n}\n/, "")
      .replace(
        'name = "deliver"',
        `name = "deliver"
  inline_policy {
    name   = "write"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "logs:*", Resource = "*" }] })
  }`,
      );
  const told = async (names: string) =>
    alerts((await gate(sources({ prod: [own(""), own(only(names))] }))).findings);
  expect(await told('["write"]')).toEqual([]);
  expect(await told('["other"]')).toEqual([
    expect.stringContaining("fail trail-logs-role-can-deliver"),
  ]);
});
