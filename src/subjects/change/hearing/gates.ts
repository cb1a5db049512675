import { and, type Truth } from "../../../snapshot/logic.ts";
import type { PlannedTarget, PlannedTopic, TopicPolicy } from "../../../snapshot/planned-topics.ts";
import { isSameFact, isUnknown, mapFact } from "../../../snapshot/unknown.ts";
import { forTrail } from "../../access/service-context.ts";
import { allows } from "../../policy-document/judge.ts";
import { parsePolicyDocument } from "../../policy-document/parse.ts";
import { type Context, known, type PolicyRequest } from "../../policy-document/request.ts";
import type { Watcher } from "./watcher.ts";

/** Whether a watcher gets through to a topic's subscriptions. */
export type Gates = { policy: Gate; key: Gate };

/** `default`: there is no policy in sight, and the one that SNS gives a topic does not let it through. */
export type Gate = { passes: Truth | "default" /** To tell two states apart. */; written: string };

type Asked = { watcher: Watcher; target: PlannedTarget };

/** Asks both; `policy`: what counts as the topic's. */
export function gatesOf(topic: PlannedTopic, policy: PlannedTopic["policy"], asked: Asked): Gates {
  return {
    policy: { passes: admits(topic, policy, asked), written: JSON.stringify(policy) },
    key: { passes: opens(topic, asked), written: JSON.stringify(topic.key) },
  };
}

/**
 * The policy that counts. A policy of its own that goes leaves the one that SNS gives, of which a
 * plan knows nothing yet: it repeats what the topic said before.
 */
export function policyOf(now: PlannedTopic, was: PlannedTopic | null): PlannedTopic["policy"] {
  if (now.policy !== null) return now.policy;
  const isLeft = was !== null && isPolicy(was.policy) && isSameFact(was.ownPolicy, now.ownPolicy);
  return isLeft ? null : now.ownPolicy;
}

const isPolicy = (policy: PlannedTopic["policy"]): policy is TopicPolicy =>
  policy !== null && !isUnknown(policy);

function admits(topic: PlannedTopic, policy: PlannedTopic["policy"], { watcher, target }: Asked) {
  // Who takes a role along is let in by its account.
  if (target.hasRole) return true;
  // SNS lets the owner's account in, for which CloudWatch asks.
  if (policy === null) return watcher.type === "alarm" ? true : "default";
  if (isUnknown(policy)) return policy;
  return mapFact(policy.text, (text) =>
    mapFact(parsePolicyDocument(text), (document) =>
      allows(document, requestOf(watcher, "sns:Publish", topic.arn)),
    ),
  );
}

function opens(topic: PlannedTopic, { watcher, target }: Asked): Truth {
  const { key } = topic;
  if (isUnknown(key) || key === null) return isUnknown(key) ? key : true;
  if (target.hasRole) return true;
  return mapFact(key.policy, (text) => {
    if (text === null) return false;
    const extra = known({ "kms:EncryptionContext:aws:sns:topicArn": [topic.arn] });
    const ask = (action: string) => requestOf(watcher, action, key.arn, extra);
    return mapFact(parsePolicyDocument(text), (document) =>
      and(allows(document, ask("kms:GenerateDataKey")), allows(document, ask("kms:Decrypt"))),
    );
  });
}

function requestOf(
  { service, arn, accountId }: Watcher,
  action: string,
  resource: string,
  otherwise?: Context,
): PolicyRequest {
  const own = forTrail({ arn, accountId });
  return {
    action,
    resource,
    principal: { kind: "service", name: service },
    context: known({ "aws:SourceOwner": [accountId] }, (key) => {
      const told = otherwise?.(key);
      return told === undefined || isUnknown(told) ? own(key) : told;
    }),
  };
}
