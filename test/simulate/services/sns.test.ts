import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { refusal, simulated } from "../simulated.ts";

const OWNER = "111111111111";
const TopicArn = `arn:aws:sns:us-east-1:${OWNER}:trail-deliveries`;

test("a topic is told with its policy and how many subscribe", async () => {
  const { sns } = (await simulated("every-kind-of-resource")).as(OWNER);
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({
    TopicArn,
    Owner: OWNER,
    SubscriptionsConfirmed: "1",
    SubscriptionsPending: "1",
  });
  expect(JSON.parse(Attributes?.Policy ?? "").Statement[0].Resource).toBe(TopicArn);
});

test("a subscription that nobody confirmed has no ARN", async () => {
  const { sns } = (await simulated("every-kind-of-resource")).as(OWNER);
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(Subscriptions?.map((each) => [each.Endpoint, each.SubscriptionArn])).toEqual([
    ["security@example.com", `${TopicArn}:subscription-0`],
    ["left@example.com", "PendingConfirmation"],
  ]);
});

test.for([
  [
    "a missing topic",
    OWNER,
    TopicArn.replace("trail-deliveries", "gone"),
    "NotFoundException",
    404,
  ],
  ["somebody else's topic", "222222222222", TopicArn, "AuthorizationErrorException", 403],
] as const)("%s is refused", async ([, account, asked, name, status]) => {
  const { sns } = (await simulated("every-kind-of-resource")).as(account);
  const sent = sns.send(new GetTopicAttributesCommand({ TopicArn: asked }));
  expect(await refusal(sent)).toMatchObject({ name, status });
});
