import { expect, test } from "vitest";
import { block, edited } from "../subjects/change/a-kept-trail.ts";
import { alerts, gate, sources } from "../subjects/change/gate.ts";

const GROUP = "aws_cloudwatch_log_group.audit";
const FILTER = "aws_cloudwatch_log_metric_filter.root";
const ALARM = "aws_cloudwatch_metric_alarm.root";

const second = (text: string) =>
  text.replace(/"(audit|root)" \{/, '"second" {').replace('= "audit"', '= "second"');
const BESIDE = `\n${second(block(GROUP))}`;
const BEFORE = edited() + BESIDE;
const DELIVERS = "${aws_cloudwatch_log_group.audit.arn}:*";
const turned = (to: string, ...edits: [string, string][]) =>
  edited([DELIVERS, to], ...edits) + BESIDE;
const TO_SECOND = "${aws_cloudwatch_log_group.second.arn}:*";
const ON_SECOND: [string, string] = [`${GROUP}.name`, `${GROUP.replace("audit", "second")}.name`];
const WITH_ITS_OWN = `${second(block(FILTER)).replace("group.audit", "group.second").replaceAll("RootUsage", "Second")}
${second(block(ALARM)).replaceAll("RootUsage", "Second").replace('"root"', '"second"')}`;

const change = async (after: string) =>
  alerts((await gate(sources({ audit: [BEFORE, after] }))).findings);

test("nothing watches the new log group: one alert, about the trail", async () => {
  const told = await change(turned(TO_SECOND));
  expect(told).toEqual([
    expect.stringContaining(
      "fail change-keeps-log-protection audit#aws_cloudtrail.audit: The change takes away what trails need: log group of audit: was audit, is second, where nothing catches what aws_cloudwatch_log_metric_filter.root did",
    ),
  ]);
});

test.each([
  ["the filter goes along", turned(TO_SECOND, ON_SECOND)],
  ["the new log group has filter and alarm of its own", turned(TO_SECOND) + WITH_ITS_OWN],
])("%s: no alert", async (_, after) => {
  expect(await change(after)).toEqual([]);
});

test("the filter goes along, and its pattern catches nothing: one alert, about the filter", async () => {
  const after = turned(TO_SECOND, ON_SECOND, ['\\"Root\\" &&', '\\"Nobody\\" &&']);
  expect(await change(after)).toEqual([
    expect.stringContaining(`fail change-keeps-log-protection audit#${FILTER}: `),
  ]);
});

test("the trail stays, and the filter goes to the other log group: one alert, about the filter", async () => {
  expect(await change(edited(ON_SECOND) + BESIDE)).toEqual([
    expect.stringContaining(`fail change-keeps-log-protection audit#${FILTER}: `),
  ]);
});

test("what watches a log group that is defined elsewhere is not known", async () => {
  const elsewhere = "arn:aws:logs:eu-west-1:111122223333:log-group:elsewhere:*";
  const told = await change(turned(elsewhere));
  expect(told).toEqual([
    expect.stringContaining("unknown change-keeps-log-protection audit#aws_cloudtrail.audit: "),
  ]);
});
