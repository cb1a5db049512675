import type {
  PlannedSubscription,
  PlannedTarget,
  PlannedTopic,
} from "../../../snapshot/planned-topics.ts";
import { withoutMarks } from "../../../snapshot/stand-in.ts";
import { isUnknown, type Unknown, unknown } from "../../../snapshot/unknown.ts";
import { subjectId } from "../../naming.ts";
import { fateOf, type Sides, targetOf } from "../fate.ts";
import type { Side } from "../side.ts";
import { type Ear, earsOf, type Former, levelBy, levelOf } from "./ears.ts";
import { type Gate, type Gates, gatesOf, policyOf } from "./gates.ts";
import { highest, type Level, NOBODY, perhaps, through } from "./level.ts";
import type { Watcher } from "./watcher.ts";

/** One way by which a watcher tells, and who hears by it. */
export type Line = {
  target: PlannedTarget;
  arn: string;
  /** Null: it is no topic that is described. */
  topic: PlannedTopic | null;
  /** The topic that was there, where it is named still and is there no more. */
  gone: PlannedTopic | null;
  gates: Gates | null;
  ears: readonly Ear[];
  level: Level;
};

const STORES = new Set(["sqs", "firehose", "kinesis", "logs", "s3"]);
/** They move machines about in silence. */
const SILENT = new Set(["automate", "autoscaling", "swf", "ec2"]);

/** A target of another service than SNS. */
function otherLevel(arn: string): Level {
  const [, , service = ""] = arn.split(":", 3);
  if (SILENT.has(service)) return NOBODY;
  const why = unknown("unsupported", { detail: `whether ${shown(arn)} tells anybody` });
  return STORES.has(service) ? { sure: 1, may: 2, why } : { sure: 2, may: 3, why };
}

const shown = (arn: string): string => withoutMarks(arn).slice(0, 200);
const isTopic = (arn: string): boolean => arn.split(":", 3)[2] === "sns";

/** Beside those whom inputs subscribe to a topic that is elsewhere others may hear of it. */
function outside(arn: string, subscriptions: readonly PlannedSubscription[]): Level {
  const why = unknown("not-collected", { detail: `who hears of ${shown(arn)}` });
  const sure = subscriptions.filter(({ isThere, filter }) => isThere === true && filter === null);
  return highest([perhaps(3, why), ...sure.map(({ protocol }) => levelBy(protocol))]);
}

/** The ways of a watcher before a change. What cannot be known of a policy or a key let it through. */
export function linesBefore({ before }: Sides, watcher: Watcher): Line[] {
  const targets = isUnknown(watcher.targets) ? [] : watcher.targets;
  return targets.slice(0, MOST).flatMap((target): Line[] => {
    if (isUnknown(target.arn)) return [];
    const topic = before.topics?.topicBy(target.arn) ?? null;
    if (topic === null) return [without(before, target, target.arn)];
    const gates = gatesOf(topic, policyOf(topic, null), { watcher, target });
    const ears = earsOf(topic, watcher, { former: null, isRewritten: target.rewrites });
    const open = [gates.policy, gates.key].every(({ passes }) => passes !== false);
    const level = through(levelOf(topic, ears), open);
    return [{ target, arn: topic.arn, topic, gone: null, gates, ears, level }];
  });
}

/** A watcher has no more: five actions, and as many targets. */
const MOST = 20;

function without({ topics }: Side, target: PlannedTarget, arn: string): Line {
  const known = topics?.subscribedTo(arn) ?? [];
  const level = isTopic(arn) || known.length > 0 ? outside(arn, known) : otherLevel(arn);
  return { target, arn, topic: null, gone: null, gates: null, ears: [], level };
}

/** The ways of a watcher after a change, measured by those that it had. */
export function linesAfter(sides: Sides, watcher: Watcher, was: readonly Line[]): Line[] {
  if (isUnknown(watcher.targets)) return [nowhere(watcher.targets)];
  return watcher.targets.slice(0, MOST).map((target) => {
    if (isUnknown(target.arn)) return nowhere(target.arn);
    const topic = sides.after.topics?.topicBy(target.arn) ?? null;
    if (topic === null) return withoutTopic(sides, target, { arn: target.arn, was });
    const former = formerLine(sides, topic, was);
    return lineAfter(sides, { watcher, target, topic }, { was, former });
  });
}

const nowhere = (why: Unknown): Line => ({
  target: { arn: why, hasRole: false, rewrites: false },
  arn: "",
  topic: null,
  gone: null,
  gates: null,
  ears: [],
  level: perhaps(3, why),
});

function withoutTopic(
  sides: Sides,
  target: PlannedTarget,
  { arn, was }: { arn: string; was: readonly Line[] },
): Line {
  const line = without(sides.after, target, arn);
  const gone = sides.before.topics?.topicBy(arn) ?? null;
  const old = was.find(({ topic }) => topic !== null && topic === gone);
  if (gone === null || old === undefined) return line;
  const fate = fateOf(sides, subjectId(gone));
  if (fate === "forgotten") return { ...line, level: old.level };
  return { ...line, gone, level: isUnknown(fate) ? perhaps(3, fate) : NOBODY };
}

/** The line of before to what is the same topic. */
export function formerLine(sides: Sides, topic: PlannedTopic, was: readonly Line[]): Line | null {
  const id = subjectId(topic);
  const same = was.find((each) => each.topic !== null && idAfter(sides, each.topic) === id);
  return same ?? was.find((each) => each.topic !== null && each.arn === topic.arn) ?? null;
}

/** The id of a topic afterwards; a marker: it is not known whether there is any. */
export const idAfter = (sides: Sides, topic: PlannedTopic): string | Unknown =>
  targetOf(sides, subjectId(topic));

type Asked = { watcher: Watcher; target: PlannedTarget; topic: PlannedTopic };

function lineAfter(
  sides: Sides,
  { watcher, target, topic }: Asked,
  { was, former }: { was: readonly Line[]; former: Line | null },
): Line {
  const old = former?.topic ?? null;
  const gates = gatesOf(topic, policyOf(topic, old), { watcher, target });
  const ears = earsOf(topic, watcher, {
    former: formerEars(sides, was, former),
    isRewritten: target.rewrites,
  });
  const level = through(
    through(levelOf(topic, ears), passesAfter(gates.policy, was, former?.gates?.policy)),
    passesAfter(gates.key, was, former?.gates?.key),
  );
  return { target, arn: topic.arn, topic, gone: null, gates, ears, level };
}

function formerEars({ before, fates }: Sides, was: readonly Line[], former: Line | null): Former {
  const known = before.topics?.stacks ?? new Set<string>();
  const stays = (id: string) => fates.forgotten.has(id) || fates.retained?.deleted.has(id) === true;
  const heard = was.flatMap(({ ears }) => ears).filter(({ level }) => level.sure > 0);
  const own = new Set(former?.ears);
  return {
    stacks: known,
    heard: heard.map(({ subscription }) => subscription),
    kept: heard
      .filter((each) => own.has(each) && stays(each.subscription.id))
      .map(({ subscription }) => subscription),
  };
}

/** What is written as it was lets through whom it let through, as far as anybody knows. */
export function passesAfter(
  now: Gate,
  was: readonly Line[],
  former: Gate | undefined,
): boolean | Unknown {
  if (former !== undefined && former.written === now.written) return former.passes !== false;
  if (now.passes !== "default") return now.passes;
  if (former !== undefined) {
    return isUnknown(former.passes) ? former.passes : former.passes === "default";
  }
  // No policy is in sight: so it was before, where it worked nevertheless.
  return !was.some(({ gates }) => gates?.policy.passes === true);
}
