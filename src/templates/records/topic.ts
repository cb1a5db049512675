import type { TopicRecord } from "../../snapshot/resources/topic.ts";
import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import { companionsOf, onlyOne } from "./companions.ts";
import { documentText } from "./documents.ts";
import { type Places, provenance } from "./places.ts";
import { given } from "./read.ts";
import { arnOf } from "./targets.ts";
import { textIn } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/** An SNS topic that a plan or template makes; who confirms a subscription only AWS tells. */
export function topicRecord(world: World, planned: Planned, places: Places): TopicRecord {
  const { values, account, region, stack, resource } = planned;
  const arn = arnOf(world, planned);
  const other = topicPolicy(world, planned);
  const from = other === null || isUnknown(other) ? planned : other;
  return {
    kind: "resource",
    type: "topic",
    arn,
    planned: { stack, address: resource.address },
    accountId: account,
    region,
    exists: resource.presence,
    kmsKeyId: textIn(world, planned, given(values, "kms_master_key_id", "KmsMasterKeyId")),
    policy: isUnknown(other) ? other : policyOf(world, from),
    subscriptionsConfirmed: unknown("not-collected", { detail: "confirmed subscriptions" }),
    ...provenance(places, [
      ["", planned, [""]],
      ["/policy", from, ["policy", "PolicyDocument"]],
    ]),
  };
}

/** The policy of its own that a topic has; null: it has none. */
export const topicPolicy = (world: World, planned: Planned) =>
  onlyOne(
    companionsOf(world, planned, {
      kinds: ["topicPolicy"],
      by: ["arn", "Topics", "TopicArn"],
      names: [arnOf(world, planned)],
    }),
  );

/** The policy that SNS gives a topic lets nobody but the owner publish, and no service. */
const policyOf = (world: World, from: Planned): Fact<string | null> =>
  documentText(world, from, given(from.values, "policy", "PolicyDocument"));
