import { expect, test } from "vitest";
import type { Alarm } from "../../src/snapshot/resources/alarm.ts";
import type { LogGroupRecord } from "../../src/snapshot/resources/log-group.ts";
import { unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import { groupAlarms } from "../../src/subjects/alarms.ts";
import { CIS_ALARMS, type CisAlarm } from "../../src/subjects/schema/cis-alarms.ts";
import { aFilterMetric, anAlarmMetric } from "./a-metric.ts";
import {
  aBucket,
  aKey,
  aLocalTrail,
  aLogGroup,
  aSnapshot,
  aTrail,
  LOG_GROUP,
  management,
  only,
  shown,
  subjectsOf,
} from "./a-snapshot.ts";
import {
  aFilter,
  alarmOn,
  anAlarm,
  aTopic,
  composite,
  filterOf,
  judged,
  TOPIC,
  topics,
  watched,
} from "./an-alarm.ts";
import { SECURITY_HUB } from "./filter-pattern/cis-patterns.ts";

const denied = unknown("access-denied", { action: "cloudwatch:DescribeAlarms" });
const names = Object.keys(CIS_ALARMS) as CisAlarm[];

/** The entry about changes to CloudTrail's configuration. */
const entry = (group: Partial<LogGroupRecord>) => {
  const { raised, filter, alarm, insensitive, missing, wider } =
    judged(group).alarms.cloudTrailChanges;
  return {
    raised: shown(raised),
    filter: shown(filter),
    alarm: shown(alarm),
    insensitive: insensitive.map(shown),
    missing: missing.map(shown),
    wider: shown(wider),
  };
};
const raisedEntry = {
  raised: true,
  filter: "trail-changes",
  alarm: "trail-alarm",
  insensitive: [],
  missing: [],
  wider: false,
};
const five = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];

test("a filter on all five calls with an alarm on its metric is raised, and says nothing of the other fourteen", () => {
  const { alarms, silentAlarms } = judged({});
  expect(alarms.cloudTrailChanges).toEqual(raisedEntry);
  expect(names.filter((name) => alarms[name].raised === true)).toEqual(["cloudTrailChanges"]);
  expect(alarms.vpcChanges).toMatchObject({ raised: false, filter: null, alarm: null });
  expect(alarms.vpcChanges.missing).toHaveLength(11);
  expect(silentAlarms).toEqual([]);
});

test("with Security Hub's strings and an alarm on each, all fifteen are raised and none is wider", () => {
  const group = {
    metricFilters: names.map((name) => filterOf(name, SECURITY_HUB[name])),
    alarms: names.map((name) => alarmOn(name)),
  };
  const { alarms, silentAlarms } = judged(group);
  for (const name of names) {
    const wanted = { ...raisedEntry, filter: name, alarm: `${name}-alarm` };
    expect(alarms[name], name).toEqual(wanted);
  }
  expect(silentAlarms).toEqual([]);
});

test("a log group without filters or alarms raises nothing", () => {
  expect(entry({ metricFilters: [], alarms: [] })).toEqual({
    raised: false,
    filter: null,
    alarm: null,
    insensitive: [],
    missing: five,
    wider: false,
  });
});

test("a filter that leaves one event out is not raised, and names it with the filter and its alarm", () => {
  const pattern = SECURITY_HUB.cloudTrailChanges.replace(" || ($.eventName=StopLogging)", "");
  expect(entry({ metricFilters: [aFilter({ pattern })] })).toEqual({
    ...raisedEntry,
    raised: false,
    missing: ["StopLogging"],
  });
});

test("a filter that catches another event too is raised and wider", () => {
  const pattern = `{ $.eventName = PutEventSelectors || (${SECURITY_HUB.cloudTrailChanges.slice(1, -1)}) }`;
  expect(entry({ metricFilters: [aFilter({ pattern })] })).toEqual({ ...raisedEntry, wider: true });
});

test("a filter without an alarm on its metric is not raised, though it misses nothing", () => {
  const noAlarm = { ...raisedEntry, raised: false, alarm: null };
  expect(entry({ alarms: [] })).toEqual(noAlarm);
  expect(entry({ alarms: [alarmOn("another")] })).toEqual(noAlarm);
  const elsewhere = anAlarm({ metrics: [anAlarmMetric({ namespace: "another" })] });
  expect(entry({ alarms: [elsewhere] })).toEqual(noAlarm);
});

test("an alarm that is named like the filter but looks at another metric does not count", () => {
  const namesake = alarmOn("another", { name: "trail-changes" });
  expect(entry({ alarms: [namesake] })).toMatchObject({ raised: false, alarm: null });
});

test("an alarm whose maths hands the metric on counts", () => {
  const maths = anAlarm({
    name: "maths",
    metrics: [
      anAlarmMetric({ id: "all", namespace: "AWS/Logs", name: "IncomingLogEvents" }),
      anAlarmMetric({ id: "changes" }),
    ],
    expressions: [{ id: "maths", expression: "changes" }],
    compared: "maths",
  });
  expect(entry({ alarms: [maths] })).toEqual({ ...raisedEntry, alarm: "maths" });
});

test.each([
  ["0", false],
  ["-1", false],
  ["nothing", false],
  ["1", true],
  ["0.5", false],
  ["2", true],
  ["$.count", "?unsupported"],
])("where the filter counts %s for an event, the alarm is raised: %s", (value, raised) => {
  const metrics = [aFilterMetric({ value })];
  expect(entry({ metricFilters: [aFilter({ metrics })] }).raised).toBe(raised);
});

test("a filter that leaves out accounts or regions watches nothing whole", () => {
  expect(entry({ metricFilters: [aFilter({ narrowed: true })] })).toMatchObject({
    raised: false,
    filter: null,
    missing: five,
  });
});

test("what a filter of transformed events catches is unknown, and does not spoil one beside it", () => {
  const transformed = aFilter({ name: "a-transformed", transformed: true });
  expect(entry({ metricFilters: [transformed] })).toMatchObject({
    raised: "?unsupported",
    missing: ["?unsupported"],
  });
  expect(entry({ metricFilters: [transformed, aFilter()] })).toEqual(raisedEntry);
});

test.each([
  ["with a regular expression", "{ $.eventName = %Trail|Logging% }"],
  ["that cannot be read", "{ $.eventName ~ StopLogging }"],
  ["on the space between words", "[version, account, event]"],
])("a filter %s is unknown and never raised", (_, pattern) => {
  const found = entry({ metricFilters: [aFilter({ pattern })] });
  expect(found.raised).toBe("?unsupported");
  expect(found.missing).toEqual(["?unsupported"]);
});

test.each([
  ["an empty pattern", ""],
  ["a pattern for any name", "{ $.eventName = * }"],
  ["a pattern for all that EC2 does", "{ $.eventSource = ec2.amazonaws.com }"],
  [
    "CIS 1.3's spelling, whose exclusions stand after ||,",
    `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }`,
  ],
])("%s catches everyday calls too: an alarm that is always on proves nothing", (_, pattern) => {
  const { alarms } = judged({ metricFilters: [aFilter({ pattern })] });
  const answers = names.map((name) => shown(alarms[name].raised));
  expect(answers).toContain("?unsupported");
  expect(answers).not.toContain(true);
});

const half = (name: string, ...events: string[]) =>
  filterOf(name, `{ ${events.map((event) => `$.eventName = ${event}`).join(" || ")} }`);
const halves = [
  half("first", "CreateTrail", "UpdateTrail", "DeleteTrail"),
  half("second", "StartLogging", "StopLogging"),
];

test("two filters that share the events are raised together where each has an alarm", () => {
  expect(entry({ metricFilters: halves, alarms: [alarmOn("first"), alarmOn("second")] })).toEqual({
    ...raisedEntry,
    filter: "first, second",
    alarm: "first-alarm, second-alarm",
  });
});

test("two filters that share the events are not raised where one has no alarm, and its events are missing", () => {
  expect(entry({ metricFilters: halves, alarms: [alarmOn("first")] })).toEqual({
    ...raisedEntry,
    raised: false,
    filter: "first",
    alarm: "first-alarm",
    missing: ["StartLogging", "StopLogging"],
  });
});

test("two filters may count in one metric", () => {
  const metrics = [aFilterMetric({ name: "both" })];
  const metricFilters = halves.map((filter) => ({ ...filter, metrics }));
  expect(entry({ metricFilters, alarms: [alarmOn("both")] })).toMatchObject({
    raised: true,
    alarm: "both-alarm",
  });
});

test("a whole filter is named alone though parts lie beside it", () => {
  const alarms = [anAlarm(), alarmOn("first"), alarmOn("second")];
  expect(entry({ metricFilters: [...halves, aFilter()], alarms })).toEqual(raisedEntry);
});

test("a log group of another class has no metric filters, whatever is told of them", () => {
  const other = { logGroupClass: "INFREQUENT_ACCESS" };
  expect(entry(other)).toMatchObject({ raised: false, filter: null, missing: five });
  expect(entry({ ...other, metricFilters: denied })).toMatchObject({ raised: false });
  expect(entry({ logGroupClass: denied })).toMatchObject({ raised: "?access-denied" });
  expect(entry({ logGroupClass: denied, metricFilters: [] })).toMatchObject({ raised: false });
});

test("where the filters are not known nothing is, and where the alarms are not, what filters miss still is", () => {
  expect(entry({ metricFilters: denied })).toEqual({
    raised: "?access-denied",
    filter: "?access-denied",
    alarm: "?access-denied",
    insensitive: ["?access-denied"],
    missing: ["?access-denied"],
    wider: "?access-denied",
  });
  const pattern = "{ $.eventName = StopLogging }";
  expect(entry({ alarms: denied, metricFilters: [aFilter({ pattern })] })).toEqual({
    raised: false,
    filter: "trail-changes",
    alarm: "?access-denied",
    insensitive: ["?access-denied"],
    missing: five.slice(0, -1),
    wider: false,
  });
  expect(entry({ alarms: denied }).raised).toBe("?access-denied");
  expect(entry({ alarms: denied, metricFilters: halves })).toMatchObject({
    raised: "?access-denied",
    filter: "?access-denied",
  });
});

const silent = (alarms: Alarm[], topic: Parameters<typeof judged>[1] = {}) =>
  judged({ alarms }, topic).silentAlarms.map(shown);
const lambda = "arn:aws:lambda:us-east-1:111111111111:function:tell";

test.each([
  ["has its actions off", anAlarm({ actionsEnabled: false })],
  ["has no action", anAlarm({ actions: [] })],
  ["only stops a machine", anAlarm({ actions: ["arn:aws:automate:us-east-1:ec2:stop"] })],
])("an alarm that %s is silent", (_, alarm) => {
  expect(silent([alarm])).toEqual(["trail-alarm"]);
});

test.each([
  ["a function", lambda],
  ["an OpsItem", "arn:aws:ssm:us-east-1:111111111111:opsitem:1"],
  [
    "an incident, in another partition",
    "arn:aws-us-gov:ssm-incidents::111111111111:response-plan/a",
  ],
])("an alarm whose action is %s is not silent", (_, action) => {
  expect(silent([anAlarm({ actions: [action] })])).toEqual([]);
});

test("an alarm whose topic nobody has confirmed, or that is gone, is silent; a second topic that is read saves it", () => {
  expect(silent([anAlarm()], { subscriptionsConfirmed: 0 })).toEqual(["trail-alarm"]);
  expect(silent([anAlarm()], { exists: false })).toEqual(["trail-alarm"]);
  const unread = { ...aTopic({ subscriptionsConfirmed: 0 }), arn: `${TOPIC}-2` };
  const both = watched({ alarms: [anAlarm({ actions: [`${TOPIC}-2`, TOPIC] })] });
  expect(groupAlarms(both, topics(aTopic(), unread)).silentAlarms).toEqual([]);
});

test("where the topic cannot be read, or the action is not known, silence is not known", () => {
  expect(silent([anAlarm()], { subscriptionsConfirmed: denied })).toEqual(["?access-denied"]);
  expect(groupAlarms(watched(), topics()).silentAlarms.map(shown)).toEqual(["?not-collected"]);
  expect(silent([anAlarm({ actions: ["arn:aws:brandnew:us-east-1:1:a"] })])).toEqual([
    "?unsupported",
  ]);
  expect(judged({ alarms: denied }).silentAlarms.map(shown)).toEqual(["?access-denied"]);
});

test("a silent alarm beside one that is heard on the same metric is no matter", () => {
  expect(silent([anAlarm({ actions: [] }), anAlarm({ name: "loud" })])).toEqual([]);
});

test("a silent alarm on a second filter for the same events is no matter, on one for more it is", () => {
  const quiet = alarmOn("second", { actions: [] });
  const same = filterOf("second", SECURITY_HUB.cloudTrailChanges);
  const more = filterOf("second", "{ $.eventName = CreateTrail || $.eventName = CreateVpc }");
  const alarms = [anAlarm(), quiet];
  expect(judged({ metricFilters: [aFilter(), same], alarms }).silentAlarms).toEqual([]);
  expect(judged({ metricFilters: [aFilter(), more], alarms }).silentAlarms).toEqual([
    "second-alarm",
  ]);
});

test("a silent alarm on other events than the fifteen is not asked about", () => {
  const metricFilters = [filterOf("other", "{ $.eventName = RunInstances }")];
  expect(
    judged({ metricFilters, alarms: [alarmOn("other", { actions: [] })] }).silentAlarms,
  ).toEqual([]);
});

const quiet = anAlarm({ actions: [] });

test.each([
  'ALARM("trail-alarm")',
  "ALARM(trail-alarm)",
  'ALARM("another") OR ALARM("trail-alarm")',
  '(ALARM("another")\n OR (ALARM( "arn:aws:cloudwatch:us-east-1:111111111111:alarm:trail-alarm" )))',
])("a composite alarm %s that is heard speaks for the alarm under it", (rule) => {
  expect(silent([quiet, composite(rule)])).toEqual([]);
  expect(silent([quiet, composite(rule, { actions: [] })])).toEqual(["trail-alarm"]);
  expect(silent([quiet, composite(rule, { actionsEnabled: false })])).toEqual(["trail-alarm"]);
});

test.each([
  'ALARM("trail-alarm") AND ALARM("another")',
  'NOT ALARM("trail-alarm")',
  'OK("trail-alarm")',
  'ALARM("trail-alarm") OR TRUE',
  'ALARM("trail-alarm") XOR ALARM("another")',
])("whether a composite alarm %s goes off with the alarm under it is not known", (rule) => {
  expect(silent([quiet, composite(rule)])).toEqual(["?unsupported"]);
  expect(silent([quiet, composite(rule, { actions: [] })])).toEqual(["trail-alarm"]);
});

test("a composite alarm on other alarms says nothing, however its rule reads", () => {
  expect(silent([quiet, composite('ALARM("trail-alarm-2")')])).toEqual(["trail-alarm"]);
  expect(silent([quiet, composite("trail-alarm")])).toEqual(["trail-alarm"]);
});

test("composite alarms above composite alarms are followed, and round a circle", () => {
  const middle = composite("ALARM(trail-alarm) OR ALARM(top)", { name: "middle", actions: [] });
  const top = composite("ALARM(middle)", { name: "top" });
  expect(silent([quiet, middle, top])).toEqual([]);
  expect(silent([quiet, middle, { ...top, actions: [] }])).toEqual(["trail-alarm"]);
});

test("a short way up that is in doubt does not hide a longer one that is certain", () => {
  const silently = (name: string, rule: string) => composite(rule, { name, actions: [] });
  const ways = [
    silently("doubtful", "ALARM(trail-alarm) AND ALARM(another)"),
    silently("first", "ALARM(trail-alarm)"),
    silently("second", "ALARM(first)"),
  ];
  const top = composite("ALARM(doubtful) OR ALARM(second)", { name: "top" });
  expect(silent([quiet, ...ways, top])).toEqual([]);
  expect(silent([quiet, ...ways.slice(0, 2), top])).toEqual(["?unsupported"]);
});

test("a rule of a million brackets and a tower of ten thousand alarms end, undecided", () => {
  const tower = Array.from({ length: 10_000 }, (_, at) =>
    composite(`ALARM(${at === 0 ? "trail-alarm" : `floor-${at - 1}`})`, {
      name: `floor-${at}`,
      actions: [],
    }),
  );
  expect(silent([quiet, ...tower])).toEqual(["?unsupported"]);
  expect(silent([quiet, ...tower.slice(0, 50)])).toEqual(["trail-alarm"]);
  const brackets = composite(`ALARM(trail-alarm) OR ${"(".repeat(1e6)}`);
  expect(silent([quiet, brackets])).toEqual(["?unsupported"]);
});

const groupOf = async (trails: ReturnType<typeof aTrail>[], group = watched()) => {
  const resources = [...trails, aBucket(), aKey(), group, aTopic()];
  return only(await subjectsOf(aSnapshot({ resources })), "log-group", LOG_GROUP.slice(0, -2));
};

test("the log group's subject has its alarms, whoever reads the topic, and whether management events arrive", async () => {
  const group = await groupOf([aTrail()], watched({ deletionProtected: true }));
  expect(group).toMatchObject({
    recordsManagementEvents: true,
    deletionProtected: true,
    alarms: { cloudTrailChanges: raisedEntry },
    silentAlarms: [],
  });
});

const data = {
  basic: [
    {
      readWriteType: "All",
      includeManagementEvents: false,
      excludeManagementEventSources: [],
      dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
    },
  ],
  advanced: [],
};

test("a log group of a trail of data events alone gets no management events, and gets them from a second trail", async () => {
  expect((await groupOf([aTrail({ eventSelectors: data })])).recordsManagementEvents).toBe(false);
  const second = aLocalTrail({ eventSelectors: management(), logGroupArn: LOG_GROUP });
  const both = await groupOf([aTrail({ eventSelectors: data }), second]);
  expect(both.recordsManagementEvents).toBe(true);
});

test("where the trail's selectors are not known, whether management events arrive is not", async () => {
  const group = await groupOf([aTrail({ eventSelectors: denied })]);
  expect(shown(group.recordsManagementEvents)).toBe("?access-denied");
  const maybe = await groupOf([
    aTrail({ eventSelectors: data }),
    aLocalTrail({ logGroupArn: denied }),
  ]);
  expect(shown(maybe.recordsManagementEvents)).toBe("?access-denied");
});

test("a log group that could not be described has no alarm that is known", async () => {
  const nothing = { exists: denied, metricFilters: denied, alarms: denied, logGroupClass: denied };
  const group = await groupOf([aTrail()], aLogGroup(nothing));
  expect(shown(group.alarms.rootUsage.raised)).toBe("?access-denied");
  expect(group.silentAlarms).toEqual([unknownMore(denied)]);
});
