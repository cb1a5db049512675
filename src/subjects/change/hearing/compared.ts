import { firstFew } from "../../../snapshot/first-few.ts";
import type { PlannedTopic } from "../../../snapshot/planned-topics.ts";
import { withoutMarks } from "../../../snapshot/stand-in.ts";
import { isUnknown, type Unknown } from "../../../snapshot/unknown.ts";
import { naming } from "../../naming.ts";
import type { Sides } from "../fate.ts";
import type { Ear } from "./ears.ts";
import type { Gates } from "./gates.ts";
import { highest, type Level } from "./level.ts";
import { formerLine, type Line, linesAfter, linesBefore, passesAfter } from "./lines.ts";
import { isUntouched } from "./untouched.ts";
import type { Watcher } from "./watcher.ts";

/** What a watcher that stays loses: by a topic that it names still, or by naming another. */
export type Unheard = {
  /** The topic before the change; null: it is told at the watcher. */
  topic: PlannedTopic | null;
  /** What became of it, in words; a marker: whether it is lost is not known. */
  text: string | Unknown;
  /** The key of the place that tells it; null: where the topic or the watcher is. */
  told: string | null;
};

/** Compares who hears of what a watcher says. */
export function unheard(sides: Sides, was: Watcher, now: Watcher): Unheard[] {
  if (!isUnknown(now.targets) && now.targets.length === 0) return [];
  if (isUntouched(sides, was, now)) return [];
  const before = linesBefore(sides, was);
  const after = linesAfter(sides, now, before);
  const [old, next] = [before, after].map((lines) => highest(lines.map(({ level }) => level)));
  if (old === undefined || next === undefined) return [];
  const pairs = pairsOf(sides, before, after);
  if (old.sure === 0) {
    // Of whom nobody knows in the first place, only what kept the topic open can be missed.
    const closed = next.sure > 0 ? [] : pairs.flatMap((pair) => shut(now, pair, before) ?? []);
    return closed.length > 0 ? closed : doubtful(before, next, pairs);
  }
  if (next.sure >= old.sure) return [];
  const doubt = next.may >= old.sure ? next.why : null;
  const told = pairs
    .filter((pair) => (pair.now?.level.sure ?? 0) < pair.was.level.sure)
    .map((pair) => shut(now, pair, before) ?? quieter(pair));
  const found = told.length > 0 ? told : [turnedAway(before, after)];
  return found.map((each) => (doubt === null ? each : { ...each, text: doubt }));
}

/** Subscriptions of which it is not known whether they were there, and that surely are not any more. */
function doubtful(before: readonly Line[], next: Level, pairs: readonly Pair[]): Unheard[] {
  const hoped = highest(before.flatMap(({ ears }) => ears.map(({ level }) => level)));
  if (hoped.why === null || hoped.may <= next.may) return [];
  return [{ topic: pairs[0]?.was.topic ?? null, text: hoped.why, told: null }];
}

/** A way to a topic that is named after the change too; null: the topic is gone, and named still. */
type Pair = { was: Line & { topic: PlannedTopic }; now: Line | null };

function pairsOf(sides: Sides, before: readonly Line[], after: readonly Line[]): Pair[] {
  return before.flatMap((was): Pair[] => {
    const { topic } = was;
    if (topic === null) return [];
    const line = { ...was, topic };
    const now = after.find(
      (each) => each.topic !== null && formerLine(sides, each.topic, before) === was,
    );
    if (now !== undefined) return [{ was: line, now }];
    const isGone = after.some(({ gone }) => gone === topic);
    return isGone ? [{ was: line, now: null }] : [];
  });
}

const OPEN = (passes: Gates["key"]["passes"] | undefined): boolean => passes === true;

/** A topic that goes, or that no longer lets the watcher in; null: it is as open as it was. */
function shut({ service }: Watcher, { was, now }: Pair, before: readonly Line[]): Unheard | null {
  const at = { topic: was.topic };
  if (now === null) return { ...at, text: "was there, is deleted", told: null };
  const [key, policy] = [now.gates?.key, now.gates?.policy];
  if (key === undefined || policy === undefined || now.topic === null) return null;
  const lets = passesAfter(policy, before, was.gates?.policy);
  if (OPEN(was.gates?.policy.passes) && lets !== true) {
    const { policy: own } = now.topic;
    const told = own === null || isUnknown(own) ? null : `${own.id}/policy`;
    return { ...at, text: isUnknown(lets) ? lets : `let ${service} publish, does not`, told };
  }
  const opens = passesAfter(key, before, was.gates?.key);
  if (OPEN(was.gates?.key.passes) && opens !== true) {
    return { ...at, text: isUnknown(opens) ? opens : keyText(now.topic, service), told: null };
  }
  return null;
}

function keyText({ key }: PlannedTopic, service: string): string {
  const name = isUnknown(key) || key === null ? "a key" : withoutMarks(key.name).slice(0, 200);
  return `${service} could publish, cannot use the key ${name} that it is encrypted with`;
}

/** A topic that is as open as it was, and has fewer to tell. */
function quieter({ was, now }: Pair): Unheard {
  const heard = was.ears.filter(({ level }) => level.sure > 0);
  const left = now?.ears ?? [];
  const deaf = left.find(
    ({ subscription, level }) =>
      level.sure === 0 &&
      subscription.filter !== null &&
      heard.some((each) => each.subscription.id === subscription.id),
  );
  const had = `had ${subscriptionsText(was.ears)}`;
  if (deaf !== undefined && subscriptionsText(left.filter((each) => each !== deaf)) === NONE) {
    const { address, id } = deaf.subscription;
    const text = `${address} got what it is told, its filter policy leaves that out`;
    return { topic: was.topic, text, told: `${id}/filter` };
  }
  return { topic: was.topic, text: `${had}, has ${subscriptionsText(left)}`, told: null };
}

const NONE = "none";

function subscriptionsText(ears: readonly Ear[]): string {
  const protocols = ears
    .filter(({ level }) => level.sure > 0)
    .map(({ subscription: { protocol } }) => (isUnknown(protocol) ? "" : protocol));
  const all = [...new Set(protocols)].sort();
  return all.length === 0 ? NONE : `subscriptions by ${all.join(" and ").slice(0, 100)}`;
}

/** A watcher that tells others than before, of whom fewer hear. */
function turnedAway(before: readonly Line[], after: readonly Line[]): Unheard {
  const heard = before.filter(({ level }) => level.sure > 0);
  const [from, to] = [heard, after].map((lines) => firstFew(lines.map(lineText), 3));
  return { topic: null, text: `told ${from}, tells ${to === "" ? "nobody" : to}`, told: null };
}

function lineText({ arn, topic, ears, level }: Line): string {
  if (topic === null) return arn === "" ? "who knows whom" : withoutMarks(arn).slice(0, 100);
  const { name } = naming(topic, topic.name);
  const heard = subscriptionsText(ears);
  if (heard === NONE) return `${name}, which has no subscriptions`;
  return level.may === 0 ? `${name}, which does not let it publish` : `${name} (${heard})`;
}
