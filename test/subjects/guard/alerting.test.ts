import { expect, test } from "vitest";
import type { LogGroupRecord } from "../../../src/snapshot/resources/log-group.ts";
import type { EventRule, TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { aFilterMetric, anAlarmMetric } from "../a-metric.ts";
import {
  aLocalTrail,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  hoursAgo,
  LOCAL_TRAIL,
  LOG_GROUP,
  MANAGEMENT,
  management,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import { aFilter, anAlarm } from "../an-alarm.ts";

const CALLS = ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"];
const hidden = unknown("access-denied", { action: "events:ListRules" });

const pattern = (detail: object = {}, more: object = {}) =>
  JSON.stringify({
    source: ["aws.cloudtrail"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["cloudtrail.amazonaws.com"], eventName: CALLS, ...detail },
    ...more,
  });

const aRule = (changes: Partial<EventRule> = {}): EventRule => ({
  name: "tampering",
  enabled: true,
  pattern: pattern(),
  targets: 1,
  ...changes,
});

async function alertingOf(trail: Partial<TrailRecord>, group: Partial<LogGroupRecord> = {}) {
  const resources = [aTrail({ logGroupArn: null, ...trail }), aLogGroup(group)];
  const { alerting } = only(await subjectsOf(aSnapshot({ resources })), "trail", ORG_TRAIL);
  return {
    raised: shown(alerting.raised),
    by: alerting.by.map(shown),
    missing: alerting.missing.map(shown),
  };
}

const told = { raised: true, by: ["tampering"], missing: [] };
const untold = { raised: false, by: [], missing: CALLS };
const notKnown = (reason: string) => ({ raised: reason, by: [reason], missing: [reason] });

test.for<[string, TrailRecord["eventRules"], unknown]>([
  ["on all four calls", [aRule()], told],
  [
    "on whatever CloudTrail's API does",
    [aRule({ pattern: pattern({ eventName: [{ exists: true }] }) })],
    told,
  ],
  [
    "on every call that changes something",
    [aRule({ pattern: '{"detail":{"readOnly":[false]}}' })],
    told,
  ],
  [
    "on calls that succeed",
    [aRule({ pattern: pattern({ errorCode: [{ exists: false }] }) })],
    told,
  ],
  [
    "on calls in this account and region",
    [aRule({ pattern: pattern({}, { account: [MANAGEMENT], region: ["us-east-1"] }) })],
    told,
  ],
  [
    "on calls in another region",
    [aRule({ pattern: pattern({}, { region: ["eu-west-1"] }) })],
    untold,
  ],
  ["on failed calls", [aRule({ pattern: pattern({ errorCode: ["AccessDenied"] }) })], untold],
  [
    "on the console's sign-ins",
    [aRule({ pattern: '{"detail-type":["AWS Console Sign In via CloudTrail"]}' })],
    untold,
  ],
  ["that is disabled", [aRule({ enabled: false })], untold],
  ["without a target", [aRule({ targets: 0 })], untold],
  ["whose targets are not known", [aRule({ targets: hidden })], notKnown("?access-denied")],
  [
    "without a target, its pattern wrong too",
    [aRule({ targets: hidden, pattern: '{"source":["aws.s3"]}' })],
    untold,
  ],
  [
    "on calls of one user alone",
    [aRule({ pattern: pattern({ userIdentity: { type: ["Root"] } }) })],
    notKnown("?unresolved"),
  ],
  [
    "on this trail by its name alone",
    [aRule({ pattern: pattern({ requestParameters: { name: ["organization"] } }) })],
    {
      raised: false,
      by: ["?unresolved"],
      missing: ["StopLogging", "DeleteTrail", "UpdateTrail", "?unresolved"],
    },
  ],
  [
    "with an operator that is not known",
    [aRule({ pattern: pattern({ eventName: [{ sounds: "Stop" }] }) })],
    notKnown("?unsupported"),
  ],
  ["that is not known", hidden, notKnown("?access-denied")],
])("a rule %s", async ([, eventRules, expected]) => {
  expect(await alertingOf({ eventRules })).toEqual(expected);
});

test("several rules make up for each other, and the call that none is about is named", async () => {
  const on = (name: string, ...eventName: string[]) =>
    aRule({ name, pattern: pattern({ eventName }) });
  const rules = [on("b", "StopLogging", "DeleteTrail"), on("a", "UpdateTrail")];
  expect(await alertingOf({ eventRules: rules })).toEqual({
    raised: false,
    by: ["a", "b"],
    missing: ["PutEventSelectors"],
  });
  const all = [...rules, on("c", "PutEventSelectors")];
  expect((await alertingOf({ eventRules: all })).raised).toBe(true);
});

test("a rule that is not known decides nothing where another tells of everything", async () => {
  const rules = [aRule(), aRule({ name: "other", targets: hidden })];
  expect(await alertingOf({ eventRules: rules })).toEqual({
    raised: true,
    by: ["tampering", "?access-denied"],
    missing: [],
  });
});

/** A group whose filter on these calls feeds an alarm with an action that starts a function. */
const watched = (names: readonly string[], actionsEnabled = true): Partial<LogGroupRecord> => {
  const metric = { namespace: "Trail", name: "changes" };
  return {
    metricFilters: [
      aFilter({
        pattern: `{ ${names.map((name) => `($.eventName = ${name})`).join(" || ")} }`,
        metrics: [aFilterMetric(metric)],
      }),
    ],
    alarms: [
      anAlarm({
        name: "changes",
        actionsEnabled,
        actions: [`arn:aws:lambda:us-east-1:${MANAGEMENT}:function:tell`],
        metrics: [anAlarmMetric(metric)],
      }),
    ],
  };
};

const toGroup: Partial<TrailRecord> = { logGroupArn: LOG_GROUP, eventRules: [] };

test("an alarm on the trail's log group tells as well as a rule", async () => {
  expect(await alertingOf(toGroup, watched(CALLS))).toEqual({ ...told, by: ["changes"] });
});

test("the alarm that CIS asks for does not tell of PutEventSelectors", async () => {
  const cis = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];
  expect(await alertingOf(toGroup, watched(cis))).toEqual({
    raised: false,
    by: ["changes"],
    missing: ["PutEventSelectors"],
  });
});

test.for<[string, Partial<TrailRecord>, Partial<LogGroupRecord>]>([
  ["whose actions are off", toGroup, watched(CALLS, false)],
  ["on a log group that is gone", toGroup, { ...watched(CALLS), exists: false }],
  [
    "on a log group that gets no writes",
    { ...toGroup, eventSelectors: management({ readWriteType: "ReadOnly" }) },
    watched(CALLS),
  ],
  ["on a log group of another trail", { ...toGroup, logGroupArn: null }, watched(CALLS)],
])("an alarm %s tells nobody", async ([, trail, group]) => {
  expect(await alertingOf(trail, group)).toEqual(untold);
});

const besideOrganizationTrail = async (isLogging: boolean | null) => {
  const status = { isLogging: isLogging ?? true, latestDeliveryTime: hoursAgo(0.1) };
  const home =
    isLogging === null
      ? aRegion("eu-west-1", [sees(LOCAL_TRAIL)])
      : aRegion("eu-west-1", [sees(LOCAL_TRAIL), sees(ORG_TRAIL, status)]);
  const resources = [
    aTrail({ ...toGroup }),
    aLocalTrail({ logGroupArn: null, eventRules: [] }),
    aLogGroup(watched(CALLS)),
  ];
  const accounts = [anAccount(MANAGEMENT), anAccount(WORKLOAD, [aRegion("us-east-1", []), home])];
  const all = await subjectsOf(aSnapshot({ resources, accounts }));
  return only(all, "trail", LOCAL_TRAIL).alerting;
};

test("what is done to a member's trail is told by the organization trail beside it, while that logs", async () => {
  expect(await besideOrganizationTrail(true)).toEqual({
    raised: true,
    by: ["changes"],
    missing: [],
  });
  expect(await besideOrganizationTrail(false)).toEqual({ raised: false, by: [], missing: CALLS });
  expect(await besideOrganizationTrail(null)).toEqual({ raised: false, by: [], missing: CALLS });
});
