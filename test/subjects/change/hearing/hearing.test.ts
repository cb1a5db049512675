import { describe, expect, test } from "vitest";
import { alarm, allow, heard, policy, rule, SOC, subscription, topic } from "./a-watch.ts";

const WATCHED = alarm() + topic();
const BOTH = WATCHED + rule() + policy(allow("events", "cloudwatch"));
const TOPIC = "prod#aws_sns_topic.security";
const ALARM = "prod#aws_cloudwatch_metric_alarm.stops";
const lost = (text: string, of = "alarm stops") => `fail ${TOPIC}: topic of ${of}: ${text}`;
const unproven = (id: string, name: string) =>
  `unknown ${id}: ${name}: what held before can no longer be proven`;
const sqs = subscription({
  by: "sqs",
  endpoint: "arn:aws:sqs:eu-west-1:111122223333:q",
  address: "q",
});
const lambda = (address = "soc") =>
  subscription({
    by: "lambda",
    endpoint: "arn:aws:lambda:eu-west-1:111122223333:function:f",
    address,
  });

test("a topic without any subscription left is told, once for all that publish to it", async () => {
  expect(await heard(BOTH + SOC, BOTH)).toEqual([
    lost("had subscriptions by email, has none", "alarm stops, event rule stops"),
  ]);
});

describe("who hears of an alarm by its topic", () => {
  const phone = subscription({ by: "sms", endpoint: "+15550100", address: "phone" });
  const https = subscription({ by: "https", endpoint: "https://example.com/pager" });
  const email = "had subscriptions by email";
  const chat = (topics: string) => `
variable "topics" {}
resource "aws_chatbot_slack_channel_configuration" "soc" {
  slack_channel_id = "C1"
  sns_topic_arns   = ${topics}
}
`;
  test.each<[string, string, string, string[]]>([
    ["nobody any more", SOC, "", [lost(`${email}, has none`)]],
    [
      "a queue alone",
      SOC + sqs,
      sqs,
      [lost("had subscriptions by email and sqs, has subscriptions by sqs")],
    ],
    ["a queue instead", SOC, sqs, [lost(`${email}, has subscriptions by sqs`)]],
    ["a function that may tell somebody", SOC, lambda(), [unproven(TOPIC, "security")]],
    ["one of two", SOC + phone, phone, []],
    ["another address of the same kind", SOC, subscription({ endpoint: "ciso@example.com" }), []],
    ["a pager", SOC, https, []],
    ["a chat", SOC, chat("[aws_sns_topic.security.arn]"), []],
    ["a chat that lists another topic", SOC, chat("[]"), [lost(`${email}, has none`)]],
    [
      "no chat any more",
      chat("[aws_sns_topic.security.arn]"),
      "",
      [lost("had subscriptions by chat, has none")],
    ],
    ["a chat that lists who knows what", SOC, chat("var.topics"), [unproven(TOPIC, "security")]],
    ["one more", SOC, SOC + sqs, []],
    ["a queue less, beside people", SOC + sqs, SOC, []],
    ["the last queue", sqs, "", [lost("had subscriptions by sqs, has none")]],
    ["the same under another address", SOC, subscription({ address: "other" }), []],
    ["the same of a count", SOC, subscription({ rest: "count = 1" }), []],
    ["none of a count", SOC, subscription({ rest: "count = 0" }), [lost(`${email}, has none`)]],
    ["nobody, of none that were described", "", "", []],
  ])("%s", async (_, before, after, expected) => {
    expect(await heard(WATCHED + before, WATCHED + after)).toEqual(expected);
  });
});

test("subscriptions of which nobody knows whether they were there may be missed", async () => {
  const maybe = subscription({ rest: "for_each = toset(var.people)" });
  const people = 'variable "people" {\n  type = list(string)\n}\n';
  expect(await heard(WATCHED + people + maybe, WATCHED + people)).toEqual([
    unproven(TOPIC, "security"),
  ]);
  expect(await heard(WATCHED + people + maybe, WATCHED + people + maybe + sqs)).toEqual([]);
});

describe("a filter of the subscription", () => {
  const filtered = (filter: unknown, scope = "MessageAttributes") =>
    subscription({
      rest: `filter_policy = jsonencode(${JSON.stringify(filter)})\nfilter_policy_scope = "${scope}"`,
    });
  const deaf = lost(
    "aws_sns_topic_subscription.soc got what it is told, its filter policy leaves that out",
  );
  test.each<[string, unknown, string, string[]]>([
    ["of an attribute that no alarm has", { kind: ["x"] }, "MessageAttributes", [deaf]],
    ["of anything but", { kind: [{ "anything-but": ["x"] }] }, "MessageAttributes", [deaf]],
    ["of several", { $or: [{ kind: ["x"] }, { other: ["y"] }] }, "MessageAttributes", [deaf]],
    ["of an attribute's absence", { kind: [{ exists: false }] }, "MessageAttributes", []],
    ["that is empty", {}, "MessageAttributes", []],
    ["of another state", { NewStateValue: ["OK"] }, "MessageBody", [deaf]],
    ["of alarms", { NewStateValue: ["ALARM"] }, "MessageBody", []],
    ["of other alarms", { AlarmName: [{ prefix: "web-" }] }, "MessageBody", [deaf]],
    ["of what differs", { NewStateReason: ["x"] }, "MessageBody", [unproven(TOPIC, "security")]],
  ])("%s", async (_, filter, scope, expected) => {
    expect(await heard(WATCHED + SOC, WATCHED + filtered(filter, scope))).toEqual(expected);
  });

  test("is as it was", async () => {
    const kept = filtered({ NewStateReason: ["x"] }, "MessageBody");
    expect(await heard(WATCHED + kept, WATCHED + kept + topic("more"))).toEqual([]);
  });

  test("is asked of the event that a rule hands on", async () => {
    const base = topic() + rule() + policy(allow("events"));
    const of = (eventName: string) =>
      filtered({ detail: { eventName: [eventName] } }, "MessageBody");
    expect(await heard(base + SOC, base + of("StopLogging"))).toEqual([]);
    const gone = lost(
      "aws_sns_topic_subscription.soc got what it is told, its filter policy leaves that out",
      "event rule stops",
    );
    expect(await heard(base + SOC, base + of("RunInstances"))).toEqual([gone]);
  });
});

test("a subscription that is asked for in another region is none of the topic", async () => {
  const other = 'provider "aws" {\n  alias = "far"\n  region = "us-east-1"\n}\n';
  const far = other + subscription({ rest: "provider = aws.far" });
  expect(await heard(WATCHED + SOC, WATCHED + far)).toEqual([
    lost("had subscriptions by email, has none"),
  ]);
});

describe("a policy of the topic", () => {
  const events = topic() + rule() + SOC;
  const shut = (service: string, of: string) =>
    lost(`let ${service}.amazonaws.com publish, does not`, of);
  const deny = { ...allow(), Effect: "Deny", Principal: "*" };
  const other = allow("s3");
  const ofRule = "event rule stops";
  test.each<[string, string, string, string[]]>([
    ["lets the rule in no more", policy(allow("events")), policy(other), [shut("events", ofRule)]],
    ["is gone, and a rule needs it", policy(allow("events")), "", [shut("events", ofRule)]],
    ["denies it", policy(allow("events")), policy(allow("events"), deny), [shut("events", ofRule)]],
    ["lets others in besides", policy(allow("events")), policy(allow("events", "s3")), []],
    ["was never in sight", "", "", []],
    ["never let it in", policy(other), policy({ ...other, Sid: "again" }), []],
  ])("of a rule %s", async (_, before, after, expected) => {
    expect(await heard(events + before, events + after)).toEqual(expected);
  });

  const alarms = WATCHED + SOC;
  const owner = {
    ...allow(),
    Principal: { AWS: "*" },
    Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
  };
  test.each<[string, string, string, string[]]>([
    [
      "leaves alarms out",
      policy(allow("cloudwatch")),
      policy(other),
      [shut("cloudwatch", "alarm stops")],
    ],
    ["comes, and leaves alarms out", "", policy(other), [shut("cloudwatch", "alarm stops")]],
    ["goes: SNS's own lets alarms in", policy(allow("cloudwatch")), "", []],
    ["lets in whoever the owner is", "", policy(owner), []],
  ])("of an alarm %s", async (_, before, after, expected) => {
    expect(await heard(alarms + before, alarms + after)).toEqual(expected);
  });

  test("is told also where nobody knows who hears", async () => {
    const bare = topic() + rule();
    expect(await heard(bare + policy(allow("events")), bare + policy(other))).toEqual([
      shut("events", ofRule),
    ]);
  });

  test("is not needed by a rule that has a role", async () => {
    const role = 'role_arn = "arn:aws:iam::111122223333:role/publish"';
    const base = topic() + rule(undefined, role) + SOC;
    expect(await heard(base + policy(allow("events")), base + policy(other))).toEqual([]);
  });
});

describe("a key of the topic", () => {
  const key = (...services: string[]) => `
resource "aws_kms_key" "topics" {
  policy = <<-EOT
${JSON.stringify({
  Version: "2012-10-17",
  Statement: services.map((each) => ({
    Effect: "Allow",
    Principal: { Service: `${each}.amazonaws.com` },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
  })),
})}
EOT
}
`;
  const encrypted = (by: string) => alarm() + topic("security", `kms_master_key_id = ${by}`) + SOC;
  const own = "aws_kms_key.topics.arn";
  const lostBy = (name: string) =>
    lost(
      `cloudwatch.amazonaws.com could publish, cannot use the key ${name} that it is encrypted with`,
    );
  const ownKey = lostBy("arn:aws:kms:eu-west-1:111122223333:key/prod#aws_kms_key.topics");
  test.each<[string, string, string, string[]]>([
    ["of SNS", WATCHED + SOC, encrypted('"alias/aws/sns"'), [lostBy("alias/aws/sns")]],
    ["that lets alarms in", WATCHED + SOC, encrypted(own) + key("cloudwatch"), []],
    ["that does not", WATCHED + SOC, encrypted(own) + key("s3"), [ownKey]],
    ["that nobody knows", WATCHED + SOC, encrypted('"alias/other"'), [unproven(TOPIC, "security")]],
    [
      "that stays and shuts alarms out",
      encrypted(own) + key("cloudwatch"),
      encrypted(own) + key("s3"),
      [ownKey],
    ],
    ["that always shut them out", encrypted(own) + key("s3"), encrypted(own) + key("kms"), []],
    ["that is gone", encrypted('"alias/aws/sns"'), WATCHED + SOC, []],
  ])("%s", async (_, before, after, expected) => {
    expect(await heard(before, after)).toEqual(expected);
  });
});

describe("what tells another topic than before", () => {
  const turned = (what: string, to: string) =>
    `${what}: told security (subscriptions by email), tells ${to}`;
  const failed = (to: string) => [`fail ${ALARM}: ${turned("alarm stops", to)}`];
  const base = topic() + SOC;
  const to = (name: string) => alarm(`aws_sns_topic.${name}.arn`);
  const more = topic("more") + subscription({ to: "aws_sns_topic.more.arn", address: "more" });
  test.each<[string, string, string[]]>([
    [
      "that has no subscription",
      to("void") + topic("void"),
      failed("void, which has no subscriptions"),
    ],
    ["that has one", to("more") + more, []],
    [
      "that is nowhere described",
      alarm('"arn:aws:sns:eu-west-1:111122223333:void"'),
      [unproven(ALARM, "stops")],
    ],
    [
      "and a machine instead",
      alarm('"arn:aws:automate:eu-west-1:ec2:stop"'),
      failed("arn:aws:automate:eu-west-1:ec2:stop"),
    ],
    [
      "beside the first",
      alarm("aws_sns_topic.security.arn, aws_sns_topic.void.arn") + topic("void"),
      [],
    ],
  ])("%s", async (_, after, expected) => {
    expect(await heard(base + alarm(), base + after)).toEqual(expected);
  });

  test("is told of a rule too", async () => {
    const after = topic() + SOC + topic("void") + policy(allow("events"));
    expect(
      await heard(
        topic() + SOC + policy(allow("events")) + rule(),
        after + rule("aws_sns_topic.void.arn"),
      ),
    ).toEqual([
      `fail prod#aws_cloudwatch_event_rule.stops: ${turned("event rule stops", "void, which has no subscriptions")}`,
    ]);
  });

  test("is passed over where nobody was known to hear", async () => {
    expect(await heard(topic() + alarm(), topic("void") + to("void"))).toEqual([]);
  });
});

describe("what moves is heard as before", () => {
  test("a topic that is renamed with its subscription", async () => {
    const renamed = alarm("aws_sns_topic.soc.arn") + topic("soc");
    expect(
      await heard(WATCHED + SOC, renamed + subscription({ to: "aws_sns_topic.soc.arn" })),
    ).toEqual([]);
  });

  test.each([
    ["by its ARN", '"arn:aws:sns:eu-west-1:111122223333:security"'],
    ["by what nobody can compute", "data.terraform_remote_state.prod.outputs.topic"],
  ])("a subscription in another stack that was there, %s", async (_, to) => {
    const there = topic("other");
    const people = [there, there + subscription({ to })] as const;
    expect(await heard(WATCHED + SOC, WATCHED, { people })).toEqual([]);
  });

  test("not so in a stack that comes with the change", async () => {
    const to = '"arn:aws:sns:eu-west-1:111122223333:security"';
    const people = [null, subscription({ to })] as const;
    expect(await heard(WATCHED + SOC, WATCHED, { people })).toEqual([unproven(TOPIC, "security")]);
  });

  test("a subscription that is only no longer managed", async () => {
    const removed =
      "removed {\n  from = aws_sns_topic_subscription.soc\n  lifecycle {\n    destroy = false\n  }\n}\n";
    expect(await heard(WATCHED + SOC, WATCHED + removed)).toEqual([]);
  });
});

test("a topic that goes and is named still is told, and one that goes with its alarm is not", async () => {
  const named = alarm('"arn:aws:sns:eu-west-1:111122223333:security"');
  expect(await heard(WATCHED + SOC, named)).toEqual([lost("was there, is deleted")]);
  expect(
    (await heard(WATCHED + SOC, topic("web"))).filter((each) => each.includes("topic")),
  ).toEqual([]);
});

test("a topic that is elsewhere may have others who hear of it than those who are subscribed here", async () => {
  const to = '"arn:aws:sns:eu-west-1:111122223333:elsewhere"';
  const base = alarm(to);
  const soc = subscription({ to });
  const queue = subscription({ to, by: "sqs", endpoint: "q", address: "q" });
  const filtered = subscription({ to, rest: 'filter_policy = "{\\"kind\\":[\\"x\\"]}"' });
  const open = [unproven(ALARM, "stops")];
  expect(await heard(base + soc, base)).toEqual(open);
  expect(await heard(base + soc + queue, base + queue)).toEqual(open);
  expect(await heard(base + soc, base + filtered)).toEqual(open);
  expect(await heard(base + soc + queue, base + soc)).toEqual([]);
  expect(await heard(base, base + soc)).toEqual([]);
});

test("topics that nothing tells of trails are nobody's concern", async () => {
  const web = topic("web") + subscription({ to: "aws_sns_topic.web.arn", address: "web" });
  const cpu = alarm("aws_sns_topic.web.arn").replace(
    /[\s\S]*?(?=resource "aws_cloudwatch_metric_alarm")/,
    "",
  );
  const busy = cpu.replaceAll("stops", "busy").replaceAll("Stops", "CPUUtilization");
  expect(await heard(WATCHED + SOC + web + busy, WATCHED + SOC + busy + topic("web"))).toEqual([]);
});

test("a trail whose topic has no reader left is told, and its policy once", async () => {
  const trail = alarm('"arn:aws:lambda:eu-west-1:111122223333:function:f"').replace(
    'name                       = "audit"',
    'name = "audit"\n  sns_topic_name = aws_sns_topic.security.name',
  );
  const base = trail + topic();
  const open = policy(allow("cloudtrail"));
  expect(await heard(base + open + sqs, base + open)).toEqual([
    lost("had subscriptions by sqs, has none", "trail audit"),
  ]);
  expect(await heard(base + open + sqs, base + policy(allow("s3")) + sqs)).toEqual([
    lost("let cloudtrail.amazonaws.com publish, does not", "trail audit"),
  ]);
});
