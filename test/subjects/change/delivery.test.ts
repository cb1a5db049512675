import { describe, expect, test } from "vitest";
import { alerts, gate, sources } from "./gate.ts";

const WRITE = '["logs:CreateLogStream", "logs:PutLogEvents"]';

type Written = {
  inline?: string | null;
  attached?: readonly string[];
  more?: string;
  org?: boolean;
};

/** A trail that writes to a log group with a role whose policies are partly elsewhere. */
const stack = ({
  inline = WRITE,
  attached = ["ReadOnlyAccess"],
  more = "",
  org = false,
}: Written) => `
resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "logs"
  is_organization_trail      = ${org}
  cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.deliver.arn
}
resource "aws_cloudwatch_log_group" "audit" {
  name = "audit"
}
resource "aws_iam_role" "deliver" {
  name = "deliver"
  ${more}
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
${
  inline === null
    ? ""
    : `resource "aws_iam_role_policy" "write" {
  name   = "write"
  role   = aws_iam_role.deliver.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ${inline}, Resource = "*" }] })
}`
}
${attached
  .map(
    (name) => `resource "aws_iam_role_policy_attachment" "${name}" {
  role       = aws_iam_role.deliver.name
  policy_arn = "arn:aws:iam::aws:policy/${name}"
}`,
  )
  .join("\n")}
`;

const told = async (before: Written, after: Written) =>
  alerts((await gate(sources({ prod: [stack(before), stack(after)] }))).findings);

const OPEN = [
  "unknown change-keeps-log-protection prod#aws_cloudtrail.audit: audit: what held before can no longer be proven",
];
const BOTH = ["ReadOnlyAccess", "CloudWatchLogsFullAccess"];

describe("a role with policies that are not at hand, which lets a trail write to its log group", () => {
  test.each<[string, Written, Written, string[]]>([
    ["loses the policy that is", {}, { inline: null }, OPEN],
    ["may do less by it", {}, { inline: '["logs:PutLogEvents"]' }, OPEN],
    ["may do more by it", {}, { inline: '["logs:*"]' }, []],
    ["of an organization trail loses it", { org: true }, { org: true, inline: null }, OPEN],
    ["of an organization trail keeps it", { org: true, attached: BOTH }, { org: true }, []],
    [
      "gets another for all it had",
      { inline: null, attached: ["CloudWatchLogsFullAccess"] },
      { inline: null },
      OPEN,
    ],
    ["loses one of those", { inline: null, attached: BOTH }, { inline: null }, OPEN],
    ["loses one that it did not need", { attached: BOTH }, {}, []],
    ["gets one more", { inline: null }, { inline: null, attached: BOTH }, []],
    [
      "gets a boundary",
      {},
      { more: 'permissions_boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"' },
      OPEN,
    ],
    ["is as it was", { inline: null }, { inline: null }, []],
  ])("%s", async (_, before, after, wanted) => {
    expect(await told(before, after)).toEqual(wanted);
  });

  test("and that is denied it, is told by the trail", async () => {
    const deny =
      'inline_policy {\n    name = "no"\n    policy = jsonencode({ Statement = [{ Effect = "Deny", Action = "logs:*", Resource = "*" }] })\n  }';
    const [first, ...others] = await told({}, { more: deny });
    expect(first).toContain("fail trail-logs-role-can-deliver");
    expect(others).toEqual([]);
  });
});

test("a role of which all policies are at hand is told by the trail alone", async () => {
  const all = { attached: [] };
  expect(await told(all, { ...all, inline: null })).toEqual([
    expect.stringContaining("fail trail-logs-role-can-deliver"),
  ]);
  expect(await told(all, { inline: null })).toEqual([
    expect.stringContaining("unknown trail-logs-role-can-deliver"),
  ]);
});
