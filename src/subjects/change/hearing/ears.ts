import { isJsonObject, jsonOrNull } from "../../../snapshot/json.ts";
import { and, type Truth } from "../../../snapshot/logic.ts";
import type { PlannedSubscription, PlannedTopic } from "../../../snapshot/planned-topics.ts";
import { isUnknown, mapFact, unknown } from "../../../snapshot/unknown.ts";
import { ABSENT, type EventFields, matches } from "../../event-pattern/matches.ts";
import { highest, type Level, perhaps, type Rank, sureOf, through } from "./level.ts";
import type { Watcher } from "./watcher.ts";

/** Who hears by each protocol, and who may. */
const RANKS: Readonly<Record<string, readonly [sure: Rank, may: Rank]>> = {
  email: [3, 3],
  "email-json": [3, 3],
  sms: [3, 3],
  application: [3, 3],
  chat: [3, 3],
  http: [3, 3],
  https: [3, 3],
  lambda: [2, 3],
  sqs: [1, 2],
  firehose: [1, 1],
};

/** How it was before, where a topic is asked after a change. */
export type Former = {
  /** The subscriptions that surely were there. */
  heard: readonly PlannedSubscription[];
  /** The stacks that were there. */
  stacks: ReadonlySet<string>;
  /** Those of before that stay in AWS though no input tells of them any more. */
  kept: readonly PlannedSubscription[];
};

/** A subscription of a topic, and who hears by it. */
export type Ear = { subscription: PlannedSubscription; level: Level };

/** The subscriptions of a topic, for what a watcher says; `former` null: before the change. */
export function earsOf(
  topic: PlannedTopic,
  watcher: Watcher,
  { former, isRewritten }: { former: Former | null; isRewritten: boolean },
): Ear[] {
  const all = [...topic.subscriptions, ...(former?.kept ?? [])];
  return all.slice(0, MOST).map((subscription) => {
    const level = levelBy(subscription.protocol);
    const arrives = passes(subscription, isRewritten ? null : watcher, former);
    const isThere = presenceOf(subscription, topic, former);
    return { subscription, level: through(level, and(isThere, arrives)) };
  });
}

/** Of so many subscriptions of one topic the rest tells nothing new. */
const MOST = 200;

export const levelOf = ({ open }: PlannedTopic, ears: readonly Ear[]): Level =>
  highest([...ears.map(({ level }) => level), ...(open === null ? [] : [perhaps(3, open)])]);

/** Who hears by a protocol. */
export function levelBy(protocol: PlannedSubscription["protocol"]): Level {
  if (isUnknown(protocol)) return perhaps(3, protocol);
  const found = Object.hasOwn(RANKS, protocol) ? RANKS[protocol] : undefined;
  if (found === undefined) return perhaps(3, strange(`who hears by ${protocol.slice(0, 40)}`));
  const [sure, may] = found;
  const why = sure === may ? null : strange(`whether what listens by ${protocol} tells anybody`);
  return { ...sureOf(sure), may, why };
}

const strange = (detail: string) => unknown("unsupported", { detail });

/** One that is elsewhere now, for the same endpoint, is the one that was here. */
function presenceOf(
  { isThere, stack, protocol, endpoint }: PlannedSubscription,
  topic: PlannedTopic,
  former: Former | null,
): Truth {
  if (former === null || stack === topic.planned.stack) return isThere;
  if (!former.stacks.has(stack)) {
    return unknown("unresolved", {
      detail: `the stack ${stack.slice(0, 100)} is new, and nothing says that it is applied`,
    });
  }
  const isMoved = former.heard.some(
    (each) => each.protocol === protocol && each.endpoint === endpoint && each.stack !== stack,
  );
  return isMoved || isThere;
}

/** Whether the filter lets through what the watcher says. What cannot be read did so before. */
function passes(
  { id, filter, filtersBody, endpoint }: PlannedSubscription,
  watcher: Watcher | null,
  former: Former | null,
): Truth {
  if (filter === null) return true;
  const before = former?.heard.find((each) => each.id === id && each.endpoint === endpoint);
  const isSame =
    JSON.stringify([before?.filter, before?.filtersBody]) === JSON.stringify([filter, filtersBody]);
  if (before !== undefined && isSame) return true;
  const answer = mapFact<boolean, boolean>(filtersBody, (isBody) =>
    mapFact(filter.text, (text) => {
      // None of these services sets attributes beside what it says.
      if (!isBody) return matches(text, withoutAny(text));
      if (watcher === null) return strange("what an event that is rewritten says");
      return and(...watcher.messages().map((each) => matches(text, each)));
    }),
  );
  return former === null && isUnknown(answer) ? true : answer;
}

/** A message without any of the attributes that a filter asks for. */
function withoutAny(filter: string): EventFields {
  const parsed = jsonOrNull(filter);
  if (!isJsonObject(parsed)) return {};
  const { $or: branches } = parsed;
  const all = [parsed, ...(Array.isArray(branches) ? branches.filter(isJsonObject) : [])];
  const names = all.flatMap((each) => Object.keys(each)).filter((name) => name !== "$or");
  return Object.fromEntries(names.map((name) => [name, ABSENT]));
}
