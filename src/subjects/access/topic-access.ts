import type { Truth } from "../../snapshot/logic.ts";
import type { TopicRecord } from "../../snapshot/resources/topic.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { mapFact } from "../../snapshot/unknown.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import { admitsToTopic } from "./deliveries.ts";

/** Whether the topic lets CloudTrail publish for the trail; without a policy only the owner may. */
export function topicAdmits(topic: TopicRecord, trail: TrailRecord): Truth {
  if (topic.exists === false) return false;
  return mapFact(topic.policy, (text) =>
    text === null
      ? false
      : mapFact(parsePolicyDocument(text), (document) => admitsToTopic(document, topic, trail)),
  );
}
