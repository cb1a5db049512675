import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { reasonOf, scanned } from "./scanned.ts";

const kinds = worldFile("every-kind-of-resource");
const TRAIL = "trail/organization-trail";
type Rule = NonNullable<World["eventRules"]>[number];
const withRules = (rules: Partial<Rule>[]): World => ({
  ...kinds,
  eventRules: rules.map((rule, index) => ({
    name: `rule-${index}`,
    account: "111111111111",
    region: "us-east-1",
    eventPattern: { source: ["aws.cloudtrail"] },
    targets: ["arn:aws:sns:us-east-1:111111111111:trail-deliveries"],
    ...rule,
  })),
});

test("a rule that may react to a change of a trail is told with the number of its targets", async () => {
  const { trail } = await scanned(kinds);
  expect(trail(TRAIL).eventRules).toEqual([
    {
      name: "trail-tampering",
      enabled: true,
      pattern: expect.stringContaining("StopLogging"),
      targets: 1,
    },
  ]);
});

test("rules of other events, buses, regions and accounts, and schedules, are left out", async () => {
  const world = withRules([
    { eventPattern: { source: ["aws.ec2"] } },
    { eventBus: "partners" },
    { region: "eu-west-1" },
    { account: "222222222222" },
    { scheduleExpression: "rate(1 day)" },
  ]);
  delete world.eventRules?.at(-1)?.eventPattern;
  const { trail, count } = await scanned(world);
  expect(trail(TRAIL).eventRules).toEqual([]);
  expect(count("events:*")).toBe(1);
});

test("a disabled rule is not asked for targets; one for read events too is enabled", async () => {
  const { trail, count } = await scanned(
    withRules([
      { state: "DISABLED" },
      { state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", targets: [] },
    ]),
  );
  const rules = trail(TRAIL).eventRules;
  expect(rules).toMatchObject([
    { name: "rule-1", enabled: true, targets: 0 },
    { name: "rule-0", enabled: false },
  ]);
  expect(reasonOf(Reflect.get(Object(rules), 1).targets)).toBe("not-collected");
  expect(count("events:ListTargetsByRule")).toBe(1);
});

test("the targets of at most twenty rules are asked; those of the others are not known", async () => {
  const { trail, count } = await scanned(withRules(Array.from({ length: 23 }, () => ({}))));
  const { eventRules } = trail(TRAIL);
  const known = Array.isArray(eventRules) ? eventRules.filter(({ targets }) => targets === 1) : [];
  expect(known).toHaveLength(20);
  expect(eventRules).toHaveLength(23);
  expect(count("events:ListTargetsByRule")).toBe(20);
});

test("two trails of one account and region share one list of rules", async () => {
  const { count } = await scanned("five-trails-one-broken", { scope: "accounts" });
  expect(count("events:ListRules")).toBe(1);
});
