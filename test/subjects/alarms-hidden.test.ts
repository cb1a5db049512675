import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogGroupRecord } from "../../src/snapshot/resources/log-group.ts";
import type { TopicRecord } from "../../src/snapshot/resources/topic.ts";
import { isOpenEnd, isUnknown, unknown } from "../../src/snapshot/unknown.ts";
import { groupAlarms } from "../../src/subjects/alarms.ts";
import { alarmsOnCalls } from "../../src/subjects/alarms-working.ts";
import { CIS_ALARMS, type CisAlarm } from "../../src/subjects/schema/cis-alarms.ts";
import { aFilterMetric } from "./a-metric.ts";
import { alarmOn, aTopic, composite, filterOf, TOPIC, topics, watched } from "./an-alarm.ts";
import { SECURITY_HUB } from "./filter-pattern/cis-patterns.ts";

const names = Object.keys(CIS_ALARMS) as CisAlarm[];
const hidden = unknown("access-denied", { action: "any:Thing" });

const aPattern = fc.constantFrom(
  SECURITY_HUB.cloudTrailChanges,
  SECURITY_HUB.cloudTrailChanges,
  SECURITY_HUB.keyDisablingOrDeletion,
  "{ $.eventName = StopLogging || $.eventName = DisableKey }",
  "{ $.eventName = StartLogging || $.eventName = *Trail }",
  "{ $.eventName = %Log% }",
  "",
);

const filters = fc
  .tuple(...["a", "b", "c"].map((name) => fc.tuple(fc.constant(name), aPattern, fc.nat(9))))
  .chain((made) => fc.subarray(made))
  .map((made) =>
    made.map(([name, pattern, odd]) => ({
      ...filterOf(name, pattern),
      narrowed: odd === 0,
      transformed: odd === 1,
      metrics: [aFilterMetric({ name, value: odd === 2 ? "0" : "1" })],
    })),
  );

const actions = fc.subarray([TOPIC, `${TOPIC}-2`]);
const alarms = fc
  .tuple(actions, actions, actions, fc.constantFrom("OR", "AND"), fc.subarray([0, 1, 2, 3]))
  .map(([a, b, top, sign, kept]) => {
    const all = [
      alarmOn("a", { actions: a }),
      alarmOn("b", { actions: b }),
      alarmOn("c", { actions: [] }),
      composite(`ALARM("c-alarm") ${sign} ALARM("b-alarm")`, { actions: top }),
    ];
    return all.filter((_, index) => kept.includes(index));
  });

const aGroup = fc
  .record({
    metricFilters: filters,
    alarms,
    logGroupClass: fc.constantFrom("STANDARD", "STANDARD", "INFREQUENT_ACCESS"),
  })
  .map((facts) => watched(facts));

const aFewTopics = fc
  .tuple(fc.nat(1), fc.nat(1), fc.boolean())
  .map(([first, second, exists]): TopicRecord[] => [
    aTopic({ subscriptionsConfirmed: first }),
    { ...aTopic({ subscriptionsConfirmed: second, exists }), arn: `${TOPIC}-2` },
  ]);

type Hide = {
  [Fact in "metricFilters" | "alarms" | "logGroupClass" | "topic" | "topics"]: boolean;
};
const seldom = fc.constantFrom(false, false, true);
const hide = fc.record<Hide>({
  metricFilters: seldom,
  alarms: seldom,
  logGroupClass: seldom,
  topic: seldom,
  topics: seldom,
});

function veiled(group: LogGroupRecord, by: Hide): LogGroupRecord {
  const facts = ["metricFilters", "alarms", "logGroupClass"] as const;
  return { ...group, ...Object.fromEntries(facts.filter((f) => by[f]).map((f) => [f, hidden])) };
}

function veiledTopics([first, ...rest]: TopicRecord[], by: Hide): TopicRecord[] {
  if (first === undefined || by.topics) return [];
  return [by.topic ? { ...first, subscriptionsConfirmed: hidden } : first, ...rest];
}

function expectNoContradiction(truth: unknown, told: unknown, at: string) {
  if (isUnknown(told)) return;
  if (!Array.isArray(told) || !Array.isArray(truth)) {
    expect(told, at).toEqual(truth);
    return;
  }
  const isOpen = isOpenEnd(told.at(-1));
  const items = told.filter((item) => !isUnknown(item));
  if (isOpen || isOpenEnd(truth.at(-1)))
    for (const item of items) expect(truth, at).toContain(item);
  else expect(told, at).toEqual(truth);
}

test("whatever is hidden of filters, alarms and topics, what is still told of alarms is true", () => {
  let told = 0;
  fc.assert(
    fc.property(aGroup, aFewTopics, hide, (group, some, by) => {
      const full = groupAlarms(group, topics(...some));
      const [part, partTopics] = [veiled(group, by), topics(...veiledTopics(some, by))];
      const veil = groupAlarms(part, partTopics);
      for (const name of names) {
        for (const fact of [
          "raised",
          "filter",
          "alarm",
          "insensitive",
          "missing",
          "wider",
        ] as const) {
          expectNoContradiction(
            full.alarms[name][fact],
            veil.alarms[name][fact],
            `${name}/${fact}`,
          );
        }
        if (veil.alarms[name].raised === true) told += 1;
      }
      expectNoContradiction(full.silentAlarms, veil.silentAlarms, "silentAlarms");
      for (const call of ["StopLogging", "UpdateTrail", "PutEventSelectors"]) {
        const whole = alarmsOnCalls(group, topics(...some))("cloudtrail", call);
        const rest = alarmsOnCalls(part, partTopics)("cloudtrail", call);
        expectNoContradiction(whole.raised, rest.raised, call);
        expectNoContradiction(whole.by, rest.by, call);
      }
    }),
    { numRuns: 1000, seed: 21 },
  );
  expect(told).toBeGreaterThan(10);
});
