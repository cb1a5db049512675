import type { PlannedTopic } from "../../../snapshot/planned-topics.ts";
import { isSameFact, isUnknown } from "../../../snapshot/unknown.ts";
import type { Side } from "../side.ts";
import type { Watcher } from "./watcher.ts";

/** Whether a watcher tells the same topics, with all that decides who hears of it: most do. */
export function isUntouched(
  { before, after }: { before: Side; after: Side },
  was: Watcher,
  now: Watcher,
): boolean {
  if (was.arn !== now.arn || !isSameFact(was.targets, now.targets)) return false;
  if (isUnknown(was.targets)) return true;
  return was.targets.every(({ arn }) => {
    if (isUnknown(arn)) return true;
    const [old, next] = [before, after].map(({ topics }) => {
      const topic = topics?.topicBy(arn) ?? null;
      return topic === null ? JSON.stringify(topics?.subscribedTo(arn) ?? []) : textOf(topic);
    });
    return old === next;
  });
}

const texts = new WeakMap<PlannedTopic, string>();

/** Many watchers tell one topic: it is written out once. */
function textOf(topic: PlannedTopic): string {
  const known = texts.get(topic) ?? JSON.stringify(topic);
  texts.set(topic, known);
  return known;
}
