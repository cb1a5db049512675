import { expect, test } from "vitest";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { Alarm } from "../../src/simulate/schema/alarms.ts";
import type { LogGroup } from "../../src/simulate/schema/logs.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization } from "./worlds.ts";

const POLICY = "log-group-alarm-key-disabling-or-deletion";
const WORKLOAD = "333333333333";
type At = { account: string; region: string };
const home: At = { account: MANAGEMENT, region: "us-east-1" };
const member: At = { account: WORKLOAD, region: "us-east-1" };
const abroad: At = { account: MANAGEMENT, region: "eu-west-1" };

const logGroup = (at: At, changes: Partial<LogGroup> = {}): LogGroup => ({
  name: "trail",
  ...at,
  metricFilters: [
    {
      filterName: "keys",
      filterPattern: "{ $.eventName = DisableKey || $.eventName = ScheduleKeyDeletion }",
      metricName: "keys",
      metricNamespace: "audit",
    },
  ],
  ...changes,
});
const topicArn = ({ account, region }: At) => `arn:aws:sns:${region}:${account}:alarms`;
const alarm = (at: At, changes: Partial<Alarm> = {}): Alarm => ({
  name: "keys",
  ...at,
  metricName: "keys",
  namespace: "audit",
  alarmActions: [topicArn(at)],
  ...changes,
});
const topic = (at: At) => ({
  arn: topicArn(at),
  subscriptions: [{ protocol: "email", endpoint: "security@example.com" }],
});
const trail = ({ account, region }: At, changes: Partial<Trail> = {}): Trail => ({
  name: `trail-of-${account}-${region}`,
  account,
  homeRegion: region,
  s3BucketName: "organization-logs",
  cloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:trail:*`,
  cloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/cloudtrail-to-logs`,
  ...changes,
});

/** The verdict on each log group, by its account and region. */
async function verdicts(world: Partial<OrganizationWorld>) {
  const topics = [home, member, abroad].map(topic);
  const run = await judged(organization({ topics, ...world }));
  const about = run.verdicts.filter(({ policy }) => policy === POLICY);
  return Object.fromEntries(
    about.map(({ subject, verdict }) => [`${subject.account} ${subject.region}`, verdict]),
  );
}

const HOME = `${MANAGEMENT} us-east-1`;
const MEMBER = `${WORKLOAD} us-east-1`;
const ABROAD = `${MANAGEMENT} eu-west-1`;

test("an alarm in another account is no alarm here, though group, filter, metric and alarm are named alike", async () => {
  const world = {
    trails: [trail(home), trail(member)],
    logGroups: [logGroup(home), logGroup(member)],
  };
  expect(await verdicts({ ...world, alarms: [alarm(home)] })).toEqual({
    [HOME]: "pass",
    [MEMBER]: "fail",
  });
  expect(await verdicts({ ...world, alarms: [alarm(member)] })).toEqual({
    [HOME]: "fail",
    [MEMBER]: "pass",
  });
});

test("an alarm in another region is no alarm here, though everything is named alike", async () => {
  const world = {
    trails: [trail(home), trail(abroad)],
    logGroups: [logGroup(home), logGroup(abroad)],
  };
  expect(await verdicts({ ...world, alarms: [alarm(abroad)] })).toEqual({
    [HOME]: "fail",
    [ABROAD]: "pass",
  });
});

test("a log group in the trail's home region is found there, wherever the run begins", async () => {
  const world = { trails: [trail(abroad)], logGroups: [logGroup(abroad)], alarms: [alarm(abroad)] };
  expect(await verdicts(world)).toEqual({ [ABROAD]: "pass" });
});

test("a filter on another log group of the same account and region does not count", async () => {
  const filtered = logGroup(home, { name: "trail-old" });
  const bare = logGroup(home, { metricFilters: [] });
  const world = { trails: [trail(home)], alarms: [alarm(home)] };
  expect(await verdicts({ ...world, logGroups: [filtered, bare] })).toEqual({ [HOME]: "fail" });
});

test.each<[string, Alarm[], { alarm: string; heard: string }]>([
  ["no alarm at all", [], { alarm: "fail", heard: "pass" }],
  [
    "an alarm on a metric of that name in another namespace",
    [alarm(home, { namespace: "other" })],
    { alarm: "fail", heard: "pass" },
  ],
  [
    "an alarm that is named like the filter and watches something else",
    [alarm(home, { metricName: "other" })],
    { alarm: "fail", heard: "pass" },
  ],
  [
    "an alarm whose actions are off",
    [alarm(home, { actionsEnabled: false })],
    { alarm: "pass", heard: "fail" },
  ],
  [
    "an alarm that tells nobody",
    [alarm(home, { alarmActions: [] })],
    { alarm: "pass", heard: "fail" },
  ],
])("a filter with %s is not enough", async (_, alarms, expected) => {
  const world = { trails: [trail(home)], logGroups: [logGroup(home)], alarms };
  const run = await judged(organization({ topics: [topic(home)], ...world }));
  const of = (policy: string) => Object.values(run.of(policy)).join();
  expect({ alarm: of(POLICY), heard: of("log-group-alarms-notify") }).toEqual(expected);
});

test("an alarm whose topic nobody has confirmed to read tells nobody", async () => {
  const unread = {
    ...topic(home),
    subscriptions: [{ protocol: "email", endpoint: "left@example.com", confirmed: false }],
  };
  const world = { trails: [trail(home)], logGroups: [logGroup(home)], alarms: [alarm(home)] };
  const heard = async (topics: NonNullable<OrganizationWorld["topics"]>) => {
    const run = await judged(organization({ topics, ...world }));
    return Object.values(run.of("log-group-alarms-notify"));
  };
  expect(await heard([unread])).toEqual(["fail"]);
  expect(await heard([topic(home)])).toEqual(["pass"]);
});

test("what a trail's selectors are written in takes nothing from its alarms", async () => {
  const advanced = {
    advancedEventSelectors: [
      { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
    ],
  };
  for (const form of [{}, { eventSelectors: [{}] }, advanced]) {
    const world = { logGroups: [logGroup(home)], alarms: [alarm(home)] };
    expect(await verdicts({ ...world, trails: [trail(home, form)] })).toEqual({ [HOME]: "pass" });
  }
});

const ALARMS = builtinPolicies()
  .map(({ id }) => id)
  .filter((id) => id.startsWith("log-group-alarm-"));

test("without a log group no alarm is said to be there, and the trail fails for it", async () => {
  const { cloudWatchLogsLogGroupArn: _, cloudWatchLogsRoleArn: __, ...bare } = trail(home);
  const run = await judged(organization({ trails: [bare], logGroups: [] }));
  expect(run.all("pass").filter((each) => each.startsWith("log-group-alarm"))).toEqual([]);
  expect(Object.values(run.of("trail-cloudwatch-logs-integrated"))).toEqual(["fail"]);
});

test("a log group without filters fails each of the fifteen alarms, each by its own name", async () => {
  const bare = logGroup(home, { metricFilters: [] });
  const run = await judged(organization({ trails: [trail(home)], logGroups: [bare] }));
  const failed = run.verdicts.filter(
    ({ policy, verdict }) => ALARMS.includes(policy) && verdict === "fail",
  );
  expect(failed.map(({ policy }) => policy).sort()).toEqual([...ALARMS].sort());
  expect(ALARMS).toHaveLength(15);
  expect(new Set(failed.map(({ message }) => message)).size).toBe(15);
});
