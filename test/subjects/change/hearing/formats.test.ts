import { describe, expect, test } from "vitest";
import { aChange, aPlan, read } from "../../../templates/plan/a-plan.ts";
import { planned, templates } from "../gate.ts";
import { watched } from "./a-watch.ts";

type Properties = Record<string, unknown>;

const PATTERN = { source: ["aws.cloudtrail"], detail: { eventName: ["StopLogging"] } };
const EMAIL = { Protocol: "email", Endpoint: "soc@example.com" };
const TOPIC = { Ref: "Topic" };
const ALLOW = {
  Effect: "Allow",
  Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] },
  Action: "sns:Publish",
  Resource: "*",
};

/** A rule that tells a topic of stopped trails; `more`: its subscriptions, and what else there is. */
const template = (topic: Properties, more: Record<string, [string, Properties]> = {}) => {
  const all: Record<string, [string, Properties]> = {
    Rule: [
      "AWS::Events::Rule",
      { Name: "stops", EventPattern: PATTERN, Targets: [{ Id: "a", Arn: TOPIC }] },
    ],
    Topic: ["AWS::SNS::Topic", { TopicName: "security", ...topic }],
    TopicPolicy: [
      "AWS::SNS::TopicPolicy",
      { Topics: [TOPIC], PolicyDocument: { Version: "2012-10-17", Statement: [ALLOW] } },
    ],
    ...more,
  };
  const resources = Object.entries(all).map(([id, [Type, Properties]]) => [
    id,
    { Type, Properties },
  ]);
  return JSON.stringify({ Resources: Object.fromEntries(resources) });
};

const lost = (text: string) => [`fail prod#Topic: topic of event rule stops: ${text}`];

describe("in CloudFormation", () => {
  const listed = { Subscription: [EMAIL] };
  const apart = (properties: Properties = {}): Record<string, [string, Properties]> => ({
    Soc: ["AWS::SNS::Subscription", { TopicArn: TOPIC, ...EMAIL, ...properties }],
  });
  const other = { ...ALLOW, Principal: { Service: "cloudwatch.amazonaws.com" } };
  const policy = (type: string, Statement: Properties[]): Record<string, [string, Properties]> => ({
    TopicPolicy: [
      type,
      {
        ...(type.endsWith("InlinePolicy") ? { TopicArn: TOPIC } : { Topics: [TOPIC] }),
        PolicyDocument: { Version: "2012-10-17", Statement },
      },
    ],
  });
  const none = lost("had subscriptions by email, has none");
  const shut = lost("let events.amazonaws.com publish, does not");
  test.each<[string, string, string, string[]]>([
    ["a topic lists its subscriptions no more", template(listed), template({}), none],
    ["a topic's list is a resource now", template(listed), template({}, apart()), []],
    ["a subscription goes", template({}, apart()), template({}), none],
    [
      "a subscription is asked for elsewhere",
      template({}, apart()),
      template({}, apart({ Region: "us-east-1" })),
      none,
    ],
    [
      "a subscription gets a filter",
      template({}, apart()),
      template({}, apart({ FilterPolicy: { kind: ["x"] } })),
      lost("Soc got what it is told, its filter policy leaves that out"),
    ],
    [
      "a subscription gets a filter of these events",
      template({}, apart()),
      template(
        {},
        apart({ FilterPolicy: { source: ["aws.cloudtrail"] }, FilterPolicyScope: "MessageBody" }),
      ),
      [],
    ],
    [
      "a chat goes that listed the topic",
      template(
        {},
        { Chat: ["AWS::Chatbot::SlackChannelConfiguration", { SnsTopicArns: [TOPIC] }] },
      ),
      template({}),
      lost("had subscriptions by chat, has none"),
    ],
    [
      "a policy leaves the rule out",
      template(listed),
      template(listed, policy("AWS::SNS::TopicPolicy", [other])),
      shut,
    ],
    [
      "a policy within the topic leaves the rule out",
      template(listed, policy("AWS::SNS::TopicInlinePolicy", [ALLOW])),
      template(listed, policy("AWS::SNS::TopicInlinePolicy", [other])),
      shut,
    ],
    [
      "a topic gets SNS's own key",
      template(listed),
      template({ ...listed, KmsMasterKeyId: "alias/aws/sns" }),
      lost(
        "events.amazonaws.com could publish, cannot use the key alias/aws/sns that it is encrypted with",
      ),
    ],
  ])("%s", async (_, before, after, expected) => {
    expect(await watched(templates({ prod: [before, after] }))).toEqual(expected);
  });
});

describe("in a plan", () => {
  const ARN = "arn:aws:sns:eu-west-1:111122223333:security";
  const document = (service: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ ...ALLOW, Principal: { Service: service } }],
    });
  const stays = (address: string, values: Properties) =>
    aChange(address, { actions: ["no-op"], before: values, after: values });
  const becomes = (address: string, before: Properties, now: Properties | null) =>
    aChange(address, { actions: [now === null ? "delete" : "update"], before, after: now });
  const RULE = {
    arn: "arn:aws:events:eu-west-1:111122223333:rule/stops",
    name: "stops",
    event_bus_name: "default",
    event_pattern: JSON.stringify(PATTERN),
    state: "ENABLED",
  };
  const SECURITY = { arn: ARN, name: "security", policy: document("events.amazonaws.com") };
  const target = { rule: "stops", arn: ARN };
  const policy = { arn: ARN, policy: document("events.amazonaws.com") };
  const soc = { topic_arn: ARN, protocol: "email", endpoint: "soc@example.com", filter_policy: "" };
  const AROUND = [
    stays("aws_cloudwatch_event_rule.stops", RULE),
    stays("aws_cloudwatch_event_target.stops", target),
    stays("aws_sns_topic.security", SECURITY),
  ];
  const told = (...changes: ReturnType<typeof aChange>[]) =>
    watched([planned(read(aPlan([...AROUND, ...changes])))]);
  const at = (text: string) =>
    lost(text).map((line) => line.replace("Topic", "aws_sns_topic.security"));
  const SOC = stays("aws_sns_topic_subscription.soc", soc);
  const POLICY = stays("aws_sns_topic_policy.security", policy);

  test("nothing is told where all stays", async () => {
    expect(await told(SOC, POLICY)).toEqual([]);
  });

  test("the last subscription goes, or is filtered", async () => {
    const gone = becomes("aws_sns_topic_subscription.soc", soc, null);
    expect(await told(gone, POLICY)).toEqual(at("had subscriptions by email, has none"));
    const filtered = { ...soc, filter_policy: '{"kind":["x"]}' };
    expect(await told(becomes("aws_sns_topic_subscription.soc", soc, filtered), POLICY)).toEqual(
      at("aws_sns_topic_subscription.soc got what it is told, its filter policy leaves that out"),
    );
  });

  test("a policy goes, which the topic itself repeats until the plan is applied", async () => {
    expect(await told(SOC, becomes("aws_sns_topic_policy.security", policy, null))).toEqual(
      at("let events.amazonaws.com publish, does not"),
    );
  });
});
