import type { PlannedSubscription, PlannedTopic } from "../../snapshot/planned-topics.ts";
import { hasStandIn, isAnyText } from "../../snapshot/stand-in.ts";
import { isUnknown, mapFact, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { companionsOf } from "./companions.ts";
import type { Places } from "./places.ts";
import { given, isAbsent, objects, type Values } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { arnOf } from "./targets.ts";
import { textIn } from "./texts.ts";
import { unseenBeside } from "./unseen.ts";
import { ofKinds, type Planned, type World } from "./world.ts";
import { keyedText, writtenDocument } from "./written.ts";

/** Notes where subscriptions and their filters are written: none of them has a record. */
export function placeSubscriptions(world: World, places: Places): void {
  for (const planned of ofKinds(world, "subscription", "topicPolicy")) {
    places.set(planned.id, { planned, pointer: "" });
    const filter = FILTERS.find((each) => Object.hasOwn(planned.values, each));
    if (filter !== undefined) {
      places.set(`${planned.id}/filter`, { planned, pointer: `/${filter}` });
    }
  }
}

const FILTERS = ["filter_policy", "FilterPolicy"];

/** Those of a topic: its own, those that name it, and those of which nobody knows what they name. */
export function subscriptionsOf(
  world: World,
  topic: Planned,
): Pick<PlannedTopic, "subscriptions" | "open"> {
  const arn = arnOf(world, topic);
  const by = ["topic_arn", "TopicArn"];
  const wanted = { kinds: ["subscription"], by, names: [arn] } as const;
  const { found, doubtful } = companionsOf(world, topic, wanted);
  const maybe = maybeThere(world, arn).filter((each) => !doubtful.includes(each));
  const listed = objects(topic.values, "Subscription");
  const own = isUnknown(listed) ? [] : listed;
  const beside = [...found, ...doubtful, ...maybe].filter((each) => isIn(world, each, topic));
  const all = [
    ...own.map((values) => subscription(world, { from: topic, values, isThere: true })),
    ...beside.map((from) => {
      const isThere = found.includes(from) || isNamedIn(world, from, arn) || undecided(from);
      return subscription(world, { from, values: from.values, isThere });
    }),
  ];
  const subscriptions = [
    ...all.filter((each): each is PlannedSubscription => each !== null),
    ...chatsOf(world, topic),
  ];
  return { subscriptions, open: isUnknown(listed) ? listed : unseenBeside(world, topic) };
}

/** Channels of people's chats, which AWS subscribes to the topics that they list, wherever those are. */
function chatsOf(world: World, topic: Planned): PlannedSubscription[] {
  const by = ["sns_topic_arns", "SnsTopicArns"];
  const wanted = { kinds: ["chat"], by, names: [arnOf(world, topic)] } as const;
  const { found, doubtful } = companionsOf(world, topic, wanted);
  return [...found, ...doubtful].map((from) => ({
    id: from.id,
    stack: from.stack,
    address: from.resource.address,
    isThere: found.includes(from) || undecided(from),
    protocol: "chat",
    endpoint: keyedText(world, from, given(from.values, ...CHANNELS)) ?? "",
    filter: null,
    filtersBody: false,
  }));
}

const CHANNELS = ["slack_channel_id", "channel_id", "SlackChannelId", "TeamsChannelId"];

/** Subscriptions by the topic that they name. */
const byTopic = remembered((world) =>
  groupedBy(ofKinds(world, "subscription"), (each) => {
    const named = textIn(world, each, given(each.values, "topic_arn", "TopicArn"));
    return isUnknown(named) || named === null ? [] : [named];
  }),
);

/** Those of which it is not known whether they are there. */
const maybeThere = (world: World, arn: string): Planned[] =>
  (byTopic(world).get(arn) ?? []).filter(({ resource }) => isUnknown(resource.presence));

/** Those of a topic that no input describes. */
export const subscribedTo = (world: World, arn: string): PlannedSubscription[] =>
  (byTopic(world).get(arn) ?? []).flatMap(
    (from) => subscription(world, { from, values: from.values, isThere: true }) ?? [],
  );

type Read = { from: Planned; values: Values; isThere: true | Unknown };

function subscription(world: World, { from, values, isThere }: Read): PlannedSubscription | null {
  const protocol = textIn(world, from, given(values, "protocol", "Protocol"));
  if (protocol === null) return null;
  const { stack, resource } = from;
  const scope = textIn(world, from, given(values, "filter_policy_scope", "FilterPolicyScope"));
  const presence = resource.presence;
  return {
    id: from.id,
    stack,
    address: resource.address,
    isThere: presence === true ? isThere : presence,
    protocol,
    endpoint: keyedText(world, from, given(values, "endpoint", "Endpoint")) ?? "",
    filter: filterOf(world, from, values),
    filtersBody: mapFact<string | null, boolean>(scope, (text) => text === "MessageBody"),
  };
}

/** An empty filter lets everything through, as none does. */
function filterOf(world: World, from: Planned, values: Values): PlannedSubscription["filter"] {
  const filter = given(values, ...FILTERS);
  if (isAbsent(filter) || filter === "") return null;
  const document = writtenDocument(world, from, filter);
  return document.text === "{}" ? null : document;
}

/** SNS takes a subscription where its topic is, and nowhere else. */
function isIn(world: World, from: Planned, { region }: Planned): boolean {
  const told = textIn(world, from, given(from.values, "Region"));
  const own = isUnknown(told) || told === null ? from.region : told;
  return own === region || hasStandIn(own) || hasStandIn(region);
}

/** A topic's ARN is known but for its account or region, which the subscription may tell. */
function isNamedIn(world: World, from: Planned, arn: string): boolean {
  const named = textIn(world, from, given(from.values, "topic_arn", "TopicArn"));
  if (isUnknown(named) || named === null || isAnyText(named)) return false;
  const [one, other] = [named, arn].map((each) => each.slice(each.lastIndexOf(":") + 1));
  return one === other && !hasStandIn(one ?? "");
}

const undecided = ({ resource }: Planned): Unknown =>
  unknown("unresolved", { detail: `which topic ${resource.address} is of` });
