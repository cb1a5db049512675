import { ListRulesCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { expect, test } from "vitest";
import type { EventRule } from "../../../src/simulate/schema/event-rules.ts";
import { refusal, simulated } from "../simulated.ts";
import { worldFile } from "../world-files.ts";

const EVERY = "every-kind-of-resource";
const OWNER = "111111111111";
const TOPIC = `arn:aws:sns:us-east-1:${OWNER}:trail-deliveries`;

const of = async (rules?: Partial<EventRule>[]) => {
  const place = { account: OWNER, region: "us-east-1", name: "rule" };
  const eventRules = rules?.map((each) => ({ ...place, ...each }));
  const world = worldFile(EVERY);
  return (await simulated(eventRules === undefined ? world : { ...world, eventRules })).as;
};

test("a rule is told with its pattern as text, and its targets apart", async () => {
  const { events } = (await of())(OWNER);
  const { Rules } = await events.send(new ListRulesCommand());
  expect(Rules).toEqual([
    {
      Name: "trail-tampering",
      Arn: `arn:aws:events:us-east-1:${OWNER}:rule/trail-tampering`,
      EventPattern:
        '{"source":["aws.cloudtrail"],"detail":{"eventName":["StopLogging","DeleteTrail"]}}',
      State: "ENABLED",
      EventBusName: "default",
    },
  ]);
  const targets = await events.send(new ListTargetsByRuleCommand({ Rule: "trail-tampering" }));
  expect(targets.Targets).toEqual([{ Id: "target-0", Arn: TOPIC }]);
});

test("rules and targets come page by page", async () => {
  const targets = ["a", "b", "c"].map((name) => `${TOPIC}-${name}`);
  const { events } = (await of([{ name: "b" }, { name: "a", targets }, { name: "x" }]))(OWNER);
  const first = await events.send(new ListRulesCommand({ Limit: 2 }));
  const second = await events.send(new ListRulesCommand({ Limit: 2, NextToken: first.NextToken }));
  const names = [first, second].map(({ Rules }) => Rules?.map((each) => each.Name));
  expect([names, second.NextToken]).toEqual([[["a", "b"], ["x"]], undefined]);
  const cut = await events.send(new ListTargetsByRuleCommand({ Rule: "a", Limit: 2 }));
  const NextToken = cut.NextToken;
  const rest = await events.send(new ListTargetsByRuleCommand({ Rule: "a", Limit: 2, NextToken }));
  expect([cut.Targets?.length, rest.Targets?.length, rest.NextToken]).toEqual([2, 1, undefined]);
});

test("only the rules of the bus, the account and the region that are asked are told", async () => {
  const as = await of([
    { name: "on-default", state: "DISABLED" },
    { name: "on-other", eventBus: "other", scheduleExpression: "rate(1 day)" },
  ]);
  const names = async (account: string, region: string, input = {}) =>
    (await as(account, region).events.send(new ListRulesCommand(input))).Rules?.map(
      (each) => `${each.Name} ${each.State} ${each.Arn?.split(":rule/")[1]}`,
    );
  expect(await names(OWNER, "us-east-1")).toEqual(["on-default DISABLED on-default"]);
  expect(await names(OWNER, "us-east-1", { EventBusName: "other" })).toEqual([
    "on-other ENABLED other/on-other",
  ]);
  expect(await names(OWNER, "us-east-1", { NamePrefix: "x" })).toEqual([]);
  expect(await names(OWNER, "eu-west-1")).toEqual([]);
  expect(await names("222222222222", "us-east-1")).toEqual([]);
});

test("a bus or a rule that there is not is refused", async () => {
  const { events } = (await of())(OWNER);
  const bus = events.send(new ListRulesCommand({ EventBusName: "gone" }));
  const rule = events.send(new ListTargetsByRuleCommand({ Rule: "gone" }));
  expect([(await refusal(bus)).name, (await refusal(rule)).name]).toEqual([
    "ResourceNotFoundException",
    "ResourceNotFoundException",
  ]);
});
