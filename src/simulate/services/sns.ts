import { type Answer, documentText, given, page, Refusal, type Request } from "../answers.ts";
import { denied } from "../error-codes.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { queryProtocol } from "../protocols/query.ts";
import type { Topic } from "../schema/resources.ts";
import type { Service } from "./service.ts";

const LARGEST_PAGE = 100;

export const sns: Service = {
  name: "sns",
  protocol: queryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"),
  resourceParameters: ["TopicArn"],
  actions: {
    GetTopicAttributes: "SNS:GetTopicAttributes",
    ListSubscriptionsByTopic: "SNS:ListSubscriptionsByTopic",
  },
  operations: {
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
  },
};

function readable(request: Request, world: IndexedWorld): Topic {
  const { caller, region, operation } = request;
  const arn = given(request.input, "TopicArn") ?? "";
  const [, , , topicRegion, owner] = arn.split(":");
  const topic = world.topics.get(arn);
  if (topicRegion !== region) {
    const says = "Invalid parameter: TopicArn Reason: The topic is in another region.";
    throw new Refusal("InvalidParameter", says);
  }
  if (owner !== caller.accountId && topic?.readableBy?.includes(caller.accountId) !== true) {
    const action = `SNS:${operation}`;
    const because = `because no resource-based policy allows the ${action} action`;
    throw denied({ ...request, action, partition: world.partition }, { resource: arn, because });
  }
  if (topic !== undefined) return topic;
  throw new Refusal("NotFound", "Topic does not exist", { status: 404 });
}

function getTopicAttributes(request: Request, world: IndexedWorld): Answer {
  const { arn, policy, kmsKeyId, subscriptions = [] } = readable(request, world);
  const [, , , , owner = ""] = arn.split(":");
  const confirmed = subscriptions.filter((each) => each.confirmed ?? true).length;
  const attributes: Record<string, string> = {
    TopicArn: arn,
    Owner: owner,
    Policy: documentText(policy ?? ownersOnly(arn, owner)),
    DisplayName: "",
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.length - confirmed),
    SubscriptionsDeleted: "0",
    ...(kmsKeyId === undefined ? {} : { KmsMasterKeyId: kmsKeyId }),
  };
  const entry = Object.entries(attributes).map(([key, value]) => ({ key, value }));
  return { body: { Attributes: { entry } } };
}

const OWNERS_ACTIONS = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
];

/** The policy that SNS gives a topic at its making. */
const ownersOnly = (arn: string, owner: string): Record<string, unknown> => ({
  Version: "2008-10-17",
  Id: "__default_policy_ID",
  Statement: [
    {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: OWNERS_ACTIONS.map((name) => `SNS:${name}`),
      Resource: arn,
      Condition: { StringEquals: { "AWS:SourceOwner": owner } },
    },
  ],
});

/** A subscription that nobody confirmed has no ARN yet. */
function listSubscriptionsByTopic(request: Request, world: IndexedWorld): Answer {
  const { arn, subscriptions = [] } = readable(request, world);
  const [, , , , owner] = arn.split(":");
  const all = subscriptions.map(({ protocol, endpoint, confirmed = true }, index) => ({
    SubscriptionArn: confirmed ? `${arn}:subscription-${index}` : "PendingConfirmation",
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: arn,
  }));
  const token = given(request.input, "NextToken");
  const { items, next } = page(all, { token, size: LARGEST_PAGE }, () => {
    return new Refusal("InvalidParameter", "Invalid parameter: NextToken");
  });
  return { body: { Subscriptions: { member: items }, NextToken: next } };
}
