import type {
  PlannedTarget,
  PlannedTopic,
  PlannedTopics,
  TopicPolicy,
} from "../../snapshot/planned-topics.ts";
import { hasStandIn, mayBeSame } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown } from "../../snapshot/unknown.ts";
import { targetsBeside } from "./event-rule.ts";
import type { Places } from "./places.ts";
import { given, isAbsent, objects, type Values } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { placeSubscriptions, subscribedTo, subscriptionsOf } from "./subscriptions.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { topicPolicy } from "./topic.ts";
import { topicKey } from "./topic-key.ts";
import { ofKinds, type Planned, type World } from "./world.ts";
import { writtenDocument } from "./written.ts";

/** What the inputs tell of who hears what topics are told; each topic is read where it is asked for. */
export function plannedTopics(world: World, places: Places): PlannedTopics {
  placeSubscriptions(world, places);
  const read = new Map<string, PlannedTopic>();
  return {
    stacks: new Set(world.planned.map(({ stack }) => stack)),
    topicBy: (arn) => {
      const found = topicNamed(world, arn);
      if (found === undefined) return null;
      const topic = read.get(found.id) ?? topicOf(world, found);
      read.set(found.id, topic);
      return topic;
    },
    subscribedTo: (arn) => subscribedTo(world, arn),
    targetsOf: (ruleId) => {
      const rule = world.byId.get(ruleId);
      return rule === undefined ? [] : targetsOf(world, rule);
    },
  };
}

/** Where a stack is applied may not be known: then a topic of that name is the one that is meant. */
function topicNamed(world: World, arn: string): Planned | undefined {
  const [exact] = byArn(world).get(arn) ?? [];
  if (exact !== undefined) return exact;
  const like = (byName(world).get(lastOf(arn)) ?? []).filter((each) => {
    const own = arnOf(world, each);
    return (hasStandIn(own) || hasStandIn(arn)) && mayBeSame(own, arn);
  });
  return like.length === 1 ? like[0] : undefined;
}

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

const byArn = remembered((world) =>
  groupedBy(ofKinds(world, "topic"), (each) => [arnOf(world, each)]),
);

const byName = remembered((world) =>
  groupedBy(ofKinds(world, "topic"), (each) => [lastOf(arnOf(world, each))]),
);

function topicOf(world: World, planned: Planned): PlannedTopic {
  const { account, region, stack, resource } = planned;
  const own = topicPolicy(world, planned);
  return {
    arn: arnOf(world, planned),
    name: nameOf(world, planned),
    planned: { stack, address: resource.address },
    accountId: account,
    region,
    ownPolicy: isAbsent(writtenIn(planned)) ? null : policyOf(world, planned),
    policy: own === null || isUnknown(own) ? own : policyOf(world, own),
    key: topicKey(world, planned),
    ...subscriptionsOf(world, planned),
  };
}

const writtenIn = ({ values }: Planned) => given(values, "policy", "PolicyDocument");

const policyOf = (world: World, from: Planned): TopicPolicy => ({
  id: from.id,
  ...writtenDocument(world, from, writtenIn(from)),
});

function targetsOf(world: World, rule: Planned): Fact<readonly PlannedTarget[]> {
  const own = objects(rule.values, "Targets");
  if (isUnknown(own)) return own;
  const { found, open } = targetsBeside(world, rule);
  if (found.length + own.length === 0 && open !== null) return open;
  return [
    ...own.map((values) => targetOf(world, rule, values)),
    ...found.map((each) => targetOf(world, each, each.values)),
  ];
}

const REWRITES = ["input", "Input", "input_path", "InputPath"];
const TRANSFORMS = ["input_transformer", "InputTransformer"];

function targetOf(world: World, from: Planned, values: Values): PlannedTarget {
  const arn = textIn(world, from, given(values, "arn", "Arn"));
  const transformed = objects(values, ...TRANSFORMS);
  return {
    arn: arn ?? "",
    hasRole: !isAbsent(given(values, "role_arn", "RoleArn")),
    rewrites:
      !isAbsent(given(values, ...REWRITES)) || isUnknown(transformed) || transformed.length > 0,
  };
}
