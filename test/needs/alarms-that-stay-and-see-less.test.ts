import { expect, test } from "vitest";
import { block, edited, KEPT } from "../subjects/change/a-kept-trail.ts";
import { alerts, gate, sources } from "../subjects/change/gate.ts";

const FILTER = "aws_cloudwatch_log_metric_filter.root";
const ALARM = "aws_cloudwatch_metric_alarm.root";
const GROUP = "aws_cloudwatch_log_group.audit.name";
const COUNTED = 'name      = "RootUsage"';
const WATCHED = 'metric_name         = "RootUsage"';
const named = (text: string, name: string) =>
  text.replace('"root" {', `"${name}" {`).replace('= "root"', `= "${name}"`);

const change = async (before: string, after: string) =>
  alerts((await gate(sources({ audit: [before, after] }))).findings);

test.each<[name: string, after: string, about: string, says: string]>([
  [
    "the filter is on another log group",
    edited([GROUP, '"another"']),
    FILTER,
    "metric filter of audit: was on the log group audit, is on another",
  ],
  [
    "the filter counts in another metric",
    edited([COUNTED, 'name = "Other"']),
    FILTER,
    `counted in Audit/RootUsage, counts in Audit/Other: the alarm ${ALARM} no longer sees it`,
  ],
  [
    "the filter counts in another namespace",
    edited(['namespace = "Audit"', 'namespace = "Other"']),
    FILTER,
    "counted in Audit/RootUsage, counts in Other/RootUsage",
  ],
  [
    "the filter's metric gets a dimension",
    edited(['value     = "1"', 'value = "1"\n    dimensions = { user = "$.userIdentity.arn" }']),
    FILTER,
    "counted in Audit/RootUsage, counts in Audit/RootUsage by user",
  ],
  [
    "the filter counts nothing",
    edited(['value     = "1"', 'value = "0"']),
    FILTER,
    `${ALARM} went off at 1 event, and gets 0 from one event`,
  ],
  [
    "the filter leaves accounts out",
    edited([
      "  metric_transformation",
      '  field_selection_criteria = "@aws.account = 1"\n  metric_transformation',
    ]),
    FILTER,
    "caught events of all accounts and regions, leaves some out",
  ],
  [
    "the alarm looks at another metric",
    edited([WATCHED, 'metric_name = "Other"']),
    ALARM,
    "alarm of audit: looked at Audit/RootUsage, looks at Audit/Other",
  ],
  [
    "the alarm looks at another namespace",
    edited(['namespace           = "Audit"', 'namespace = "Other"']),
    ALARM,
    "alarm of audit: looked at Audit/RootUsage, looks at Other/RootUsage",
  ],
  [
    "the alarm looks at a dimension",
    edited(['"Sum"', '"Sum"\n  dimensions = { user = "root" }']),
    ALARM,
    "alarm of audit: looked at Audit/RootUsage, looks at Audit/RootUsage (user=root)",
  ],
  [
    "the alarm goes off where nothing happens",
    edited(['"GreaterThanOrEqualToThreshold"', '"LessThanThreshold"']),
    ALARM,
    `alarm of audit: ${ALARM} went off at 1 event, and goes off when the metric falls`,
  ],
  [
    "both look elsewhere",
    edited([COUNTED, 'name = "Other"'], [WATCHED, 'metric_name = "Third"']),
    ALARM,
    "alarm of audit: looked at Audit/RootUsage, looks at Audit/Third",
  ],
])("%s: one alert", async (_, after, about, says) => {
  const told = await change(KEPT, after);
  expect(told).toEqual([
    expect.stringContaining(`fail change-keeps-log-protection audit#${about}: `),
  ]);
  expect(told[0]).toContain(says);
});

test.each([
  [
    "both go over to another metric",
    edited([COUNTED, 'name = "Other"'], [WATCHED, 'metric_name = "Other"']),
  ],
  [
    "another alarm takes over, and the first looks elsewhere",
    edited([WATCHED, 'metric_name = "Other"']) + named(block(ALARM), "second"),
  ],
  [
    "another filter and another alarm take over, and the first filter goes away",
    edited(
      [GROUP, '"another"'],
      [block(ALARM), named(block(ALARM), "second").replace("RootUsage", "Second")],
    ) +
      named(block(FILTER), "second").replace("RootUsage", "Second") +
      block(ALARM),
  ],
  ["the alarm's statistic is another that a single event sets off", edited(['"Sum"', '"Maximum"'])],
  ["the alarm's name in words", edited(['"Sum"', '"Sum"\n  alarm_description = "Root"'])],
])("%s: no alert", async (_, after) => {
  expect(await change(KEPT, after)).toEqual([]);
});

test("an alarm that waits for twenty periods: it is not known whether it is lost", async () => {
  const after = edited(["evaluation_periods  = 1", "evaluation_periods = 20"]);
  expect(await change(KEPT, after)).toEqual([
    expect.stringContaining(`unknown change-keeps-log-protection audit#${ALARM}: `),
  ]);
});

const above = (rule: string) => `resource "aws_cloudwatch_composite_alarm" "above" {
  alarm_name    = "above"
  alarm_rule    = "${rule}"
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
`;
const ROOT = "ALARM(root)";

test.each<[rule: string, wanted: unknown[]]>([
  ["ALARM( root )", []],
  ["ALARM(root) OR ALARM(other)", []],
  ["ALARM(other)", [expect.stringContaining("looked at root, does not")]],
  ["ALARM(root) AND ALARM(other)", [expect.stringContaining("unknown change-keeps")]],
])("an alarm above it whose rule becomes %s", async (rule, wanted) => {
  expect(await change(KEPT + above(ROOT), KEPT + above(rule))).toEqual(wanted);
});
