import type { TopicRecord } from "../snapshot/resources/topic.ts";

import { isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import { parseArn } from "./arn.ts";
import { type Caller, told } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import { textOrNull } from "./given.ts";
import type { Run } from "./run.ts";

type Facts = Pick<TopicRecord, "exists" | "kmsKeyId" | "policy" | "subscriptionsConfirmed">;

/** Emits the SNS topic that a trail names, once in a run, asked in its own account and region. */
export function topicRecord(run: Run, arn: string): Promise<void> {
  const parts = parseArn(arn);
  if (parts === null) return Promise.resolve();
  const { accountId, region } = parts;
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(accountId);
    const facts = isUnknown(owner)
      ? nothingKnown(owner)
      : await topicFacts(run, { arn, region, owner, notebook });
    const { observations, sources } = notebook;
    await run.emit({
      kind: "resource",
      type: "topic",
      arn,
      accountId,
      region,
      ...facts,
      observations,
      sources,
    });
  });
}

const nothingKnown = (why: Unknown): Facts => ({
  exists: why,
  kmsKeyId: why,
  policy: why,
  subscriptionsConfirmed: why,
});

async function topicFacts(
  run: Run,
  about: { arn: string; region: string; owner: Caller; notebook: Notebook },
): Promise<Facts> {
  const place = { caller: about.owner, region: about.region };
  const answer = await run.ask("sns:GetTopicAttributes", place, { TopicArn: about.arn });
  about.notebook.tells([""], answer.evidence);
  if (!answer.ok && /^NotFound(Exception)?$/.test(answer.code)) {
    const absent = unknown("not-collected", { detail: "there is no such topic" });
    return { ...nothingKnown(absent), exists: false };
  }
  const attribute = (name: string) =>
    told(answer, ({ Attributes }) => textOrNull(Attributes?.[name], name));
  return {
    exists: told(answer, () => true),
    kmsKeyId: attribute("KmsMasterKeyId"),
    policy: attribute("Policy"),
    subscriptionsConfirmed: unknown("not-collected"),
  };
}
