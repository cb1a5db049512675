import type { PlannedDocument } from "./planned-guards.ts";
import type { Fact, Unknown } from "./unknown.ts";

// Who hears what SNS topics are told, as plans and templates have it. A snapshot has no more of it
// than how many confirmed subscriptions a topic has.

/** A subscription of a topic. */
export type PlannedSubscription = {
  /** `stack#address`; of one that the topic lists itself, the topic's. */
  id: string;
  stack: string;
  address: string;
  /** Whether there is such a subscription, and of this topic. */
  isThere: true | Unknown;
  /** As in email or sqs. */
  protocol: Fact<string>;
  /** With stand-ins for what is not known. */
  endpoint: string;
  /** Null: it gets every message. */
  filter: PlannedDocument | null;
  /** Whether the filter is about messages themselves, and not about the attributes beside them. */
  filtersBody: Fact<boolean>;
};

/** What a topic's messages are encrypted with. */
export type TopicKey = {
  /** As it is written, with stand-ins. */
  name: string;
  /** Null: its own key's default, which lets no service in; SNS's own key has it too. */
  policy: Fact<string | null>;
  arn: string;
};

/** A policy of a topic, and the key of the place that tells it. */
export type TopicPolicy = PlannedDocument & { id: string };

/** An SNS topic with what decides who hears of it. */
export type PlannedTopic = {
  arn: string;
  name: string;
  planned: { stack: string; address: string };
  accountId: string;
  region: string;
  /** What the topic says itself; null: nothing. A plan repeats what a policy of its own last made of it. */
  ownPolicy: TopicPolicy | null;
  /** What a policy of its own says; null: it has none. */
  policy: TopicPolicy | Unknown | null;
  /** Null: it is not encrypted. */
  key: Fact<TopicKey | null>;
  subscriptions: readonly PlannedSubscription[];
  /** Why it may have subscriptions that are not listed; null: the inputs have no more. */
  open: Unknown | null;
};

/** What an event rule hands its events to. */
export type PlannedTarget = {
  arn: Fact<string>;
  /** Whether it takes a role along, so that no policy of the target has to let it in. */
  hasRole: boolean;
  /** Whether it hands on something else than the event. */
  rewrites: boolean;
};

/** What of this a side of a change describes, worked out where somebody asks. */
export type PlannedTopics = {
  /** The topic of that ARN; null: none is described. */
  topicBy: (arn: string) => PlannedTopic | null;
  /** The subscriptions of a topic of that ARN that no input describes. */
  subscribedTo: (arn: string) => readonly PlannedSubscription[];
  /** The targets of the rule of that id. */
  targetsOf: (ruleId: string) => Fact<readonly PlannedTarget[]>;
  /** The stacks that were read. */
  stacks: ReadonlySet<string>;
};
