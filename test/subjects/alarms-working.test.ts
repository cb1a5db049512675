import { expect, test } from "vitest";
import type { LogGroupRecord } from "../../src/snapshot/resources/log-group.ts";
import type { TopicRecord } from "../../src/snapshot/resources/topic.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { alarmsOnCalls } from "../../src/subjects/alarms-working.ts";
import { shown } from "./a-snapshot.ts";
import { aFilter, alarmOn, anAlarm, aTopic, filterOf, topics, watched } from "./an-alarm.ts";

const denied = unknown("access-denied", { action: "cloudwatch:DescribeAlarms" });

function heard(
  eventName: string,
  group: Partial<LogGroupRecord> = {},
  topic: Partial<TopicRecord> = {},
) {
  const ask = alarmsOnCalls(watched(group), topics(aTopic(topic)));
  const { raised, by } = ask("cloudtrail", eventName);
  return [shown(raised), by.map(shown)];
}

test("a call that a filter catches reaches those who read the alarm's topic; another does not", () => {
  expect(heard("StopLogging")).toEqual([true, ["trail-alarm"]]);
  expect(heard("DeleteTrail")).toEqual([true, ["trail-alarm"]]);
  expect(heard("PutEventSelectors")).toEqual([false, []]);
});

test("a call of another service by the same name is another call", () => {
  const pattern = "{ $.eventSource = iam.amazonaws.com && $.eventName = StopLogging }";
  expect(heard("StopLogging", { metricFilters: [aFilter({ pattern })] })).toEqual([false, []]);
});

test("a call is not heard of through an alarm that nobody hears, or with no alarm", () => {
  expect(heard("StopLogging", {}, { subscriptionsConfirmed: 0 })).toEqual([false, []]);
  expect(heard("StopLogging", { alarms: [anAlarm({ actions: [] })] })).toEqual([false, []]);
  expect(heard("StopLogging", { alarms: [] })).toEqual([false, []]);
});

test("of several alarms those are named that are heard", () => {
  const metricFilters = [aFilter(), filterOf("stop", "StopLogging")];
  const loud = alarmOn("stop");
  const alarms = [anAlarm(), loud, anAlarm({ name: "quiet", actions: [] })];
  expect(heard("StopLogging", { metricFilters, alarms })).toEqual([
    true,
    ["stop-alarm", "trail-alarm"],
  ]);
  expect(heard("UpdateTrail", { metricFilters, alarms })).toEqual([true, ["trail-alarm"]]);
});

test("what was not seen leaves the answer open, unless no filter catches the call", () => {
  expect(heard("StopLogging", { metricFilters: denied })).toEqual([
    "?access-denied",
    ["?access-denied"],
  ]);
  expect(heard("StopLogging", { alarms: denied })).toEqual(["?access-denied", ["?access-denied"]]);
  expect(heard("PutEventSelectors", { alarms: denied })).toEqual([false, []]);
  expect(heard("StopLogging", {}, { subscriptionsConfirmed: denied })).toEqual([
    "?access-denied",
    ["?access-denied"],
  ]);
});

test("a filter that cannot be read may catch the call", () => {
  const regex = filterOf("regex", "{ $.eventName = %Put% }");
  const alarms = [anAlarm(), alarmOn("regex")];
  const group = { metricFilters: [aFilter(), regex], alarms };
  expect(heard("PutEventSelectors", group)).toEqual(["?unsupported", ["?unsupported"]]);
  expect(heard("StopLogging", group)).toEqual([true, ["trail-alarm", "?unsupported"]]);
});
