import type { TopicRecord } from "../snapshot/resources/topic.ts";
import { type Fact, type Unknown, unknown } from "../snapshot/unknown.ts";
import { parseArn } from "./arn.ts";
import { type Place, told } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { count, textOrNull } from "./given.ts";
import { ownedRecord } from "./owned.ts";
import type { Run } from "./run.ts";

type Facts = Pick<TopicRecord, "exists" | "kmsKeyId" | "policy" | "subscriptionsConfirmed">;

/** Emits the SNS topic that a trail or an alarm names, once in a run, asked in its own account and region. */
export function topicRecord(run: Run, arn: string): Promise<void> {
  const parts = parseArn(arn);
  if (parts === null) return Promise.resolve();
  return ownedRecord(
    run,
    { arn, parts },
    {
      nothingKnown,
      facts: (place, notebook) => topicFacts(run, { arn, place, notebook }),
      record: (base, facts) => ({ ...base, type: "topic", ...facts }),
    },
  );
}

const nothingKnown = (why: Unknown): Facts => ({
  exists: why,
  kmsKeyId: why,
  policy: why,
  subscriptionsConfirmed: why,
});

async function topicFacts(
  run: Run,
  { arn, place, notebook }: { arn: string; place: Place; notebook: Notebook },
): Promise<Facts> {
  const answer = await run.ask("sns:GetTopicAttributes", place, { TopicArn: arn });
  notebook.tells([""], answer.evidence);
  if (!answer.ok && /^NotFound(Exception)?$/.test(answer.code)) {
    const absent = unknown("not-collected", { detail: "there is no such topic" });
    return { ...nothingKnown(absent), exists: false };
  }
  const attribute = <F>(name: string, read: (value: unknown, name: string) => Fact<F>) =>
    told(answer, ({ Attributes }) => read(Attributes?.[name], name));
  return {
    exists: told(answer, () => true),
    kmsKeyId: attribute("KmsMasterKeyId", textOrNull),
    policy: attribute("Policy", textOrNull),
    subscriptionsConfirmed: attribute("SubscriptionsConfirmed", count),
  };
}
