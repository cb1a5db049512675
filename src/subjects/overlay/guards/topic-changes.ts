import type { PlannedSubscription, PlannedTopic } from "../../../snapshot/planned-topics.ts";
import type { TopicRecord } from "../../../snapshot/resources/topic.ts";
import { hasStandIn, mayBeSame } from "../../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../../snapshot/unknown.ts";
import type { ChangeSide } from "../../change/changes.ts";
import { subjectId } from "../../naming.ts";
import type { LiveChange } from "../planned-trails.ts";

/** What a change makes of a topic and its subscriptions. */
export type TopicChange = {
  id: string;
  arn: string;
  isDeleted: boolean;
  /** How many subscriptions were described before the change, leave with it, and come with it. */
  described: number;
  gone: number;
  made: number;
};

/** The topics that go, or of which subscriptions come or go. */
export function topicChanges({ before, after, fates }: LiveChange): TopicChange[] {
  const there = topicsIn(after);
  return [...topicsIn(before)].flatMap(([id, topic]): TopicChange[] => {
    const to = fates.movedTo.get(id) ?? id;
    if (fates.forgotten.has(id) || isUnknown(to)) return [];
    const now = there.get(to) ?? after.topics?.topicBy(topic.arn) ?? null;
    const [was, is] = [keysOf(topic), now === null ? new Set<string>() : keysOf(now)];
    const gone = surely(topic).filter(
      (each) => !is.has(keyOf(each)) && !fates.forgotten.has(each.id),
    );
    const made = now === null ? [] : surely(now).filter((each) => !was.has(keyOf(each)));
    const isDeleted = now === null;
    if (!isDeleted && gone.length + made.length === 0) return [];
    const described = surely(topic).length;
    return [{ id, arn: topic.arn, isDeleted, described, gone: gone.length, made: made.length }];
  });
}

function topicsIn({ records, topics }: ChangeSide): Map<string, PlannedTopic> {
  const found = records.flatMap((record) => {
    if (record.kind !== "resource" || record.type !== "topic") return [];
    return topics?.topicBy(record.arn) ?? [];
  });
  return new Map(found.map((topic) => [subjectId(topic), topic]));
}

const surely = ({ subscriptions }: PlannedTopic): PlannedSubscription[] =>
  subscriptions.filter(({ isThere }) => isThere === true);
const keyOf = ({ protocol, endpoint }: PlannedSubscription): string =>
  JSON.stringify([protocol, endpoint]);
/** What may be one of the topic is not sure to have left it. */
const keysOf = ({ subscriptions }: PlannedTopic): Set<string> => new Set(subscriptions.map(keyOf));

/** Makes topics of the snapshot what they will be after these changes. */
export function topicsLaid(changes: readonly TopicChange[]): (topic: TopicRecord) => TopicRecord {
  const byArn = new Map(changes.map((each) => [each.arn, each]));
  const byName = new Map(
    changes.filter(({ arn }) => hasStandIn(arn)).map((each) => [lastOf(each.arn), each]),
  );
  return (topic) => {
    const maybe = byName.get(lastOf(topic.arn));
    const change = byArn.get(topic.arn) ?? maybe;
    const isMeant = change !== undefined && mayBeSame(change.arn, topic.arn);
    return isMeant ? topicLaid(topic, change) : topic;
  };
}

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

function topicLaid(topic: TopicRecord, change: TopicChange): TopicRecord {
  const isSure = change.arn === topic.arn;
  const open = unknown("unresolved", { detail: `in which account and region ${change.id} is` });
  if (change.isDeleted) return { ...topic, exists: isSure ? false : open };
  const left = mapFact<number, number>(topic.subscriptionsConfirmed, (live) => {
    const after = confirmedAfter(live, change);
    return isSure || (!isUnknown(after) && after > 0) || live === 0 ? after : open;
  });
  return { ...topic, subscriptionsConfirmed: left };
}

/** Those that are not described stay; of those that are, some may never have been confirmed. */
function confirmedAfter(live: number, { described, gone, made }: TopicChange): Fact<number> {
  const unconfirmed = Math.max(0, described - live);
  const [least, most] = [Math.max(0, live - gone), live - Math.max(0, gone - unconfirmed)];
  if (least > 0 || (most <= 0 && made === 0)) return least;
  return unknown("unresolved", { detail: "which subscriptions are confirmed" });
}
