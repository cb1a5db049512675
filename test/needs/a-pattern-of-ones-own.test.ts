import { expect, test } from "vitest";
import { block, edited } from "../subjects/change/a-kept-trail.ts";
import { alerts, gate, sources } from "../subjects/change/gate.ts";

// A metric filter on a trail's log group may look for other events than the fifteen alarms do.

const FILTER = "aws_cloudwatch_log_metric_filter.root";
const ALARM = "aws_cloudwatch_metric_alarm.root";
const CIS =
  '$.userIdentity.type = \\"Root\\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \\"AwsServiceEvent\\"';
/** The configuration with a pattern of one's own. */
const own = (pattern: string) => edited([CIS, pattern]).replaceAll("RootUsage", "OwnUsage");
const SENT = "($.eventName = StopLogging) || ($.eventName = PutEventSelectors)";

const change = async (before: string, after: string) =>
  alerts((await gate(sources({ audit: [before, after] }))).findings);

test.each([
  [
    "spelled otherwise",
    `(($.eventName=\\"PutEventSelectors\\") || ($.eventName = \\"StopLogging\\"))`,
  ],
  ["with more in it", `${SENT} || ($.eventName = DeleteTrail)`],
])("a pattern of one's own, %s: no alert", async (_, pattern) => {
  expect(await change(own(SENT), own(pattern))).toEqual([]);
});

test.each([
  ["leaves an event out", "$.eventName = StopLogging"],
  ["leaves others out", "$.eventName = Stop* && $.awsRegion = eu-west-1"],
])("a pattern of one's own that %s: one alert", async (_, pattern) => {
  expect(await change(own(SENT), own(pattern))).toEqual([
    expect.stringContaining(
      `metric filter of audit: pattern caught more: was { ($.eventName = StopLogging) || ($.eventName = PutEventSelectors) }, is { ${pattern} }`,
    ),
  ]);
});

test("a pattern of which a part is as little known as before: no alert", async () => {
  const open = `variable "event" {}\n${own("$.eventName = ${var.event}")}`;
  const topic =
    'variable "name" {}\nresource "aws_sns_topic" "more" {\n  name = "${var.name}-x"\n}\n';
  expect(await change(open, `${topic}${open}`)).toEqual([]);
});

test("a pattern of one's own that cannot be compared: it is not known whether it is lost", async () => {
  const told = await change(own(SENT), own("$.eventName = %Stop.*%"));
  expect(told).toEqual([
    expect.stringContaining(`unknown change-keeps-log-protection audit#${FILTER}: `),
  ]);
});

test("a pattern of one's own that goes with its alarm: one alert", async () => {
  const text = own(SENT);
  const [filter, alarm] = [FILTER, ALARM].map((address) =>
    block(address).replace(CIS, SENT).replaceAll("RootUsage", "OwnUsage"),
  );
  const after = text.replace(filter ?? "", "").replace(alarm ?? "", "");
  expect(await change(text, after)).toEqual([
    expect.stringContaining("metric filter of audit: was there, is deleted"),
  ]);
});

const OF_TRAILS = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"]
  .map((name) => `($.eventName = ${name})`)
  .join(" || ");

test("of the fifteen alarms a filter may leave out what AWS refused, and no other events", async () => {
  const more = `${OF_TRAILS} || ($.eventName = PutEventSelectors)`;
  expect(await change(own(more), own(`(${more}) && $.errorCode NOT EXISTS`))).toEqual([]);
  expect(await change(own(more), own(OF_TRAILS))).toEqual([
    expect.stringContaining("metric filter of audit: pattern caught more"),
  ]);
});
