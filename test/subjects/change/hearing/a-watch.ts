import { planned, type StackChange, sources } from "../gate.ts";
import { told } from "../guards/a-guard.ts";

const HOME = { accountId: "111122223333", region: "eu-west-1" };
const arnOf = (topic: string) => `arn:aws:sns:eu-west-1:111122223333:${topic}`;

/** A trail whose log group has a metric filter, and an alarm on what that counts. */
export const alarm = (actions = "aws_sns_topic.security.arn", rest = "") => `
resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "elsewhere"
  cloud_watch_logs_group_arn = "\${aws_cloudwatch_log_group.audit.arn}:*"
}
resource "aws_cloudwatch_log_group" "audit" {
  name = "audit"
}
resource "aws_cloudwatch_log_metric_filter" "stops" {
  name           = "stops"
  log_group_name = aws_cloudwatch_log_group.audit.name
  pattern        = "{ $.eventName = StopLogging }"
  metric_transformation {
    name      = "Stops"
    namespace = "Audit"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "stops" {
  alarm_name          = "stops"
  namespace           = "Audit"
  metric_name         = "Stops"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  alarm_actions       = [${actions}]
  ${rest}
}
`;

const PATTERN = JSON.stringify({
  source: ["aws.cloudtrail"],
  detail: { eventName: ["StopLogging"] },
});

/** A rule that reacts to a stopped trail. */
export const rule = (target = "aws_sns_topic.security.arn", rest = "") => `
resource "aws_cloudwatch_event_rule" "stops" {
  name          = "stops"
  event_pattern = <<-EOT
${PATTERN}
EOT
}
resource "aws_cloudwatch_event_target" "stops" {
  rule = aws_cloudwatch_event_rule.stops.name
  arn  = ${target}
  ${rest}
}
`;

/** A topic; `rest`: more of its arguments. */
export const topic = (name = "security", rest = "") => `
resource "aws_sns_topic" "${name}" {
  name = "${name}"
  ${rest}
}
`;

/** A subscription of a topic. */
export const subscription = ({
  to = "aws_sns_topic.security.arn",
  by = "email",
  endpoint = "soc@example.com",
  address = "soc",
  rest = "",
} = {}) => `
resource "aws_sns_topic_subscription" "${address}" {
  topic_arn = ${to}
  protocol  = "${by}"
  endpoint  = "${endpoint}"
  ${rest}
}
`;

export const SOC = subscription();

type Statement = Record<string, unknown>;

/** A statement that lets services publish. */
export const allow = (...services: string[]): Statement => ({
  Effect: "Allow",
  Principal: { Service: services.map((each) => `${each}.amazonaws.com`) },
  Action: "sns:Publish",
  Resource: arnOf("security"),
});

/** The policy of a topic. */
export const policy = (...statements: Statement[]) => `
resource "aws_sns_topic_policy" "security" {
  arn    = aws_sns_topic.security.arn
  policy = <<-EOT
${JSON.stringify({ Version: "2012-10-17", Statement: statements })}
EOT
}
`;

/** What a change of a stack of Terraform source takes from who watches trails. */
export const heard = async (
  before: string,
  after: string,
  others: Record<string, readonly [string | null, string | null]> = {},
): Promise<string[]> => watched(sources({ prod: [before, after], ...others }, HOME));

/** What the change of any stacks takes from who watches trails. */
export async function watched(stacks: readonly StackChange[]): Promise<string[]> {
  const lines = await told(stacks);
  return lines.filter((line) => /sns_topic|Topic|_alarm|_event_rule|Alarm|Rule/.test(line));
}

export { planned };
