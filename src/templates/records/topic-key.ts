import type { TopicKey } from "../../snapshot/planned-topics.ts";
import { withoutMarks } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { keyRecord } from "./key.ts";
import { keyNamed } from "./key-names.ts";
import { given } from "./read.ts";
import { textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** What a topic's messages are encrypted with; null: nothing. */
export function topicKey(world: World, topic: Planned): Fact<TopicKey | null> {
  const name = textIn(world, topic, given(topic.values, "kms_master_key_id", "KmsMasterKeyId"));
  if (isUnknown(name) || name === null) return name;
  // The policy of SNS's own key lets no service in, and nobody can change it.
  if (/(^|:)alias\/aws\/sns$/.test(name)) return { name, policy: null, arn: name };
  const key = keyNamed(world, name);
  if (key === undefined) return { name, policy: elsewhere(name), arn: name };
  const { policy, arn } = keyRecord(world, key, new Map());
  return { name, policy, arn };
}

const elsewhere = (name: string) =>
  unknown("not-collected", { detail: `the policy of the key ${withoutMarks(name).slice(0, 200)}` });
