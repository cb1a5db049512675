import { describe, expect, test } from "vitest";
import { ALARM_EVENTS } from "../../../src/subjects/alarms-events.ts";
import { catchesEvery, readPattern } from "../../../src/subjects/filter-pattern/pattern.ts";
import { CIS_ALARMS, type CisAlarm } from "../../../src/subjects/schema/cis-alarms.ts";
import { OTHER_SPELLINGS, SECURITY_HUB, TOO_NARROW } from "./cis-patterns.ts";

const alarms = Object.keys(CIS_ALARMS) as CisAlarm[];

/** The events of an alarm by what becomes of them. */
function caught(alarm: CisAlarm, text: string) {
  const pattern = readPattern(text);
  const answers = ALARM_EVENTS[alarm].events.map((event) => ({
    name: event.name,
    answer: catchesEvery(pattern, event),
  }));
  const named = (wanted: (answer: unknown) => boolean) =>
    answers.filter(({ answer }) => wanted(answer)).map(({ name }) => name);
  return {
    missing: named((answer) => answer === "not every"),
    unclear: named((answer) => typeof answer === "object"),
  };
}

const all = { missing: [], unclear: [] };

test("the events of the fifteen alarms are as many as CIS names", () => {
  const counts = alarms.map((alarm) => ALARM_EVENTS[alarm].events.length);
  expect(counts).toEqual([5, 1, 2, 16, 5, 1, 2, 9, 4, 6, 6, 6, 7, 11, 18]);
});

describe.each(alarms)("%s", (alarm) => {
  const hub = SECURITY_HUB[alarm];

  test("is caught by Security Hub's own string", () => {
    expect(caught(alarm, hub)).toEqual(all);
  });

  test("is caught with all space gone that may go, and with more", () => {
    const spaced = hub.replace(/\s*([(){}]|&&|\|\|)\s*/g, "\n\t $1  ");
    expect(caught(alarm, spaced)).toEqual(all);
    expect(caught(alarm, hub.replace(/\s*([(){}=]|!=|&&|\|\|)\s*/g, "$1"))).toEqual(all);
  });

  test("is caught with every value in quotes", () => {
    const quoted = hub.replace(/=\s*([\w.]+)/g, '= "$1"');
    expect(caught(alarm, quoted)).toEqual(all);
  });

  test("is caught by a filter that catches another event too", () => {
    expect(caught(alarm, `{ (${hub.slice(1, -1)}) || $.eventName = "CreateUser" }`)).toEqual(all);
  });

  test.each(OTHER_SPELLINGS[alarm])("is caught by %s", (pattern) => {
    expect(caught(alarm, pattern)).toEqual(all);
  });

  test.each(TOO_NARROW[alarm])("is not all caught by %s", (pattern, missing) => {
    const { missing: found, unclear } = caught(alarm, pattern);
    expect(found).toContain(missing);
    expect(unclear).toEqual([]);
  });

  test("is not all caught where one more thing must hold", () => {
    const everyName = ALARM_EVENTS[alarm].events.map(({ name }) => name);
    for (const condition of [
      `$.awsRegion = "eu-west-1"`,
      `$.awsRegion != "eu-west-1"`,
      `$.recipientAccountId = 111111111111`,
      `$.userIdentity.userName != "deployer"`,
      `$.userIdentity.accountId = "111111111111"`,
      `$.sourceIPAddress != 10.*`,
      `$.userAgent = "console*"`,
      `$.eventTime = "*Z09*"`,
      `$.eventName = "Nothing"`,
      `($.awsRegion = "eu-west-1" || $.awsRegion != "eu-west-2")`,
      `$.eventName = "Nothing" && $.eventName = %Thing%`,
    ]) {
      const narrowed = `{ (${hub.slice(1, -1)}) && ${condition} }`;
      expect(caught(alarm, narrowed), condition).toEqual({ missing: everyName, unclear: [] });
    }
  });

  test("is unclear behind a regular expression or a wildcard field, and not when these only add", () => {
    const everyName = ALARM_EVENTS[alarm].events.map(({ name }) => name);
    for (const odd of ["$.eventName = %.*%", `$.* = "a"`, `$.resources[*].ARN = "a"`]) {
      const { unclear } = caught(alarm, `{ (${hub.slice(1, -1)}) && ${odd} }`);
      expect(unclear, odd).toEqual(everyName);
      expect(caught(alarm, `{ ${odd} || (${hub.slice(1, -1)}) }`), odd).toEqual(all);
    }
  });

  test("is unclear to a pattern that cannot be read", () => {
    const everyName = ALARM_EVENTS[alarm].events.map(({ name }) => name);
    for (const odd of [
      `!${hub}`,
      `{ !(${hub.slice(1, -1)}) }`,
      `${hub} x`,
      "[a, b, c]",
      "%Trail%",
    ]) {
      expect(caught(alarm, odd), odd).toEqual({ missing: [], unclear: everyName });
    }
  });
});

test("several filters on one field are followed past && and ||, in the order that AWS gives them", () => {
  const text = "{ $.eventName = CreateTrail || $.eventName = UpdateTrail && $.awsRegion = x }";
  const { missing } = caught("cloudTrailChanges", text);
  expect(missing).not.toContain("CreateTrail");
  expect(missing).toContain("UpdateTrail");
});

test("a condition that holds for every event takes nothing away", () => {
  const five = SECURITY_HUB.cloudTrailChanges.slice(1, -1);
  for (const condition of [
    "$.eventType = AwsApiCall",
    "$.eventCategory = Management",
    "$.managementEvent IS TRUE",
    "$.readOnly IS FALSE",
    "$.errorCode NOT EXISTS",
    "$.awsRegion = *",
    "$.eventName EXISTS",
  ]) {
    expect(caught("cloudTrailChanges", `{ (${five}) && ${condition} }`), condition).toEqual(all);
  }
});

test("a field that is not there differs from nothing, as AWS sees it", () => {
  const five = SECURITY_HUB.cloudTrailChanges.slice(1, -1);
  const { missing } = caught("cloudTrailChanges", `{ (${five}) && $.errorCode != "AccessDenied" }`);
  expect(missing).toHaveLength(5);
});

test("whether an absent field is null, and what a field means that CloudTrail does not write, is unclear", () => {
  const five = SECURITY_HUB.cloudTrailChanges.slice(1, -1);
  for (const odd of [
    "$.errorCode IS NULL",
    "$.anotherField NOT EXISTS",
    "$.readOnly = false",
    '$.awsRegion != ""',
    "$.userIdentity EXISTS && $.readOnly = false",
  ]) {
    expect(caught("cloudTrailChanges", `{ (${five}) && ${odd} }`).unclear, odd).toHaveLength(5);
  }
});
