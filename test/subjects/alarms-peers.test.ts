import { expect, test } from "vitest";
import { CIS_ALARMS, type CisAlarm } from "../../src/subjects/schema/cis-alarms.ts";
import { anAlarmMetric } from "./a-metric.ts";
import {
  aBucket,
  aKey,
  aLogGroup,
  aSnapshot,
  aTrail,
  fieldsOf,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";
import {
  aFilter,
  alarmOn,
  anAlarm,
  aTopic,
  composite,
  filterOf,
  judged,
  watched,
} from "./an-alarm.ts";

const alarmed = (alarm: CisAlarm, pattern: string) =>
  judged({ metricFilters: [filterOf("f", pattern)], alarms: [alarmOn("f")] }).alarms[alarm];

test("a term more than the prescribed string is no failure where it takes no event away", () => {
  const pattern = `{ ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion || $.eventName = DeleteAlias) && $.eventSource = kms.amazonaws.com && $.eventType = AwsApiCall }`;
  expect(alarmed("keyDisablingOrDeletion", pattern)).toMatchObject({ raised: true, wider: true });
});

test("a pair of brackets more or less than the prescribed string is no failure", () => {
  const pattern = `{$.errorCode="AccessDenied*" || ($.errorCode="*UnauthorizedOperation")}`;
  expect(alarmed("unauthorizedApiCalls", pattern).raised).toBe(true);
});

test("events in another order than CIS prints them are no failure", () => {
  const pattern = "{ $.eventName = ScheduleKeyDeletion || $.eventName = DisableKey }";
  expect(alarmed("keyDisablingOrDeletion", pattern).raised).toBe(true);
});

test("a pattern that names every event in the right order, with && between them, catches nothing", () => {
  const pattern = "{ $.eventName = DisableKey && $.eventName = ScheduleKeyDeletion }";
  expect(alarmed("keyDisablingOrDeletion", pattern)).toMatchObject({
    raised: false,
    missing: ["DisableKey", "ScheduleKeyDeletion"],
  });
});

test("the prescribed text within a pattern that excludes a user is a failure", () => {
  const pattern = `{ ($.eventName=DisableKey || $.eventName=ScheduleKeyDeletion) && $.userIdentity.userName != deployer }`;
  expect(alarmed("keyDisablingOrDeletion", pattern).raised).toBe(false);
});

test("names quoted with an excluding operator are a failure, though all of them are there", () => {
  const pattern = `{ $.eventName != "DisableKey" && $.eventName != "ScheduleKeyDeletion" }`;
  expect(alarmed("keyDisablingOrDeletion", pattern).raised).toBe(false);
});

test("a filter whose alarm bears the filter's name but watches another metric raises nothing", () => {
  const alarm = anAlarm({ name: "trail-changes", metrics: [anAlarmMetric({ name: "other" })] });
  expect(judged({ alarms: [alarm] }).alarms.cloudTrailChanges.raised).toBe(false);
});

test("one account's filter does not speak for another account's log group of the same name", async () => {
  const arn = `arn:aws:logs:us-east-1:${WORKLOAD}:log-group:trail`;
  const other = aLogGroup({ arn, accountId: WORKLOAD, metricFilters: [], alarms: [] });
  const resources = [aTrail(), aBucket(), aKey(), watched(), other, aTopic()];
  const groups = fieldsOf(await subjectsOf(aSnapshot({ resources })), "log-group");
  expect(groups[arn]?.alarms.cloudTrailChanges.raised).toBe(false);
  expect(groups[watched().arn]?.alarms.cloudTrailChanges.raised).toBe(true);
});

test("an alarm without actions under a composite alarm that has them is not silent", () => {
  const alarms = [anAlarm({ actions: [] }), composite('ALARM("trail-alarm")')];
  const { alarms: found, silentAlarms } = judged({ alarms });
  expect(found.cloudTrailChanges.raised).toBe(true);
  expect(silentAlarms).toEqual([]);
});

test("a filter without an alarm is not enough, nor an alarm that nobody has confirmed to read", () => {
  expect(judged({ alarms: [] }).alarms.cloudTrailChanges.raised).toBe(false);
  expect(judged({}, { subscriptionsConfirmed: 0 }).silentAlarms).toEqual(["trail-alarm"]);
});

test("no log group, filter or alarm at all is fifteen failures, not silence", () => {
  const { alarms } = judged({ metricFilters: [], alarms: [] });
  const raised = Object.keys(CIS_ALARMS).map((name) => alarms[name as CisAlarm].raised);
  expect(raised).toEqual(Array(15).fill(false));
});

test("a filter that field selection narrows to one account is a failure, though its pattern is the prescribed one", () => {
  const metricFilters = [aFilter({ narrowed: true })];
  expect(judged({ metricFilters }).alarms.cloudTrailChanges.raised).toBe(false);
});
