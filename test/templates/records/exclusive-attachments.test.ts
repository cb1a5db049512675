import { expect, test } from "vitest";
import { alerts, gate, sources } from "../../subjects/change/gate.ts";

const stack = (arns: string | null) => `
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
resource "aws_iam_policy" "write" {
  name   = "write"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "logs:*", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "write" {
  role       = aws_iam_role.deliver.name
  policy_arn = aws_iam_policy.write.arn
}
variable "arns" { type = list(string) }
${
  arns === null
    ? ""
    : `resource "aws_iam_role_policy_attachments_exclusive" "all" {
  role_name   = aws_iam_role.deliver.name
  policy_arns = ${arns}
}`
}
`;

test("an attachment that the list of all leaves out is undone, and the role missed", async () => {
  const told = async (after: string) =>
    alerts((await gate(sources({ prod: [stack(null), stack(after)] }))).findings);
  expect(await told("[]")).toEqual([expect.stringContaining("trail-logs-role-can-deliver")]);
  const failing = async (after: string) =>
    (await told(after)).filter((each) => each.startsWith("fail"));
  expect(await failing("[aws_iam_policy.write.arn]")).toEqual([]);
  expect(await failing("var.arns")).toEqual([]);
  expect(await failing("[var.arns[0]]")).toEqual([]);
});
