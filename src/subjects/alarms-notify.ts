import { and, any, type Truth } from "../snapshot/logic.ts";
import type { Alarm } from "../snapshot/resources/alarm.ts";
import type { TopicRecord } from "../snapshot/resources/topic.ts";
import { mapFact, type Unknown, unknown } from "../snapshot/unknown.ts";
import { type AlarmRule, alarmRule } from "./alarms-rule.ts";

export type Topics = ReadonlyMap<string, TopicRecord>;

/** So many composite alarms above one alarm are looked at. */
const MOST_ABOVE = 100;
const TOO_MANY = unknown("unsupported", { detail: "more than a hundred alarms above one alarm" });

/** Actions that tell or start something that can tell; others move machines about in silence. */
const TELLING = new Set(["lambda", "ssm", "ssm-incidents", "events", "aiops"]);
const SILENT = new Set(["automate", "autoscaling", "swf"]);

/** Answers of each alarm whether somebody hears of it: by its own actions or a composite alarm above it. */
export function notifying(alarms: readonly Alarm[], topics: Topics): (alarm: Alarm) => Truth {
  const above = parents(alarms);
  const answers = new Map<Alarm, Truth>();
  return (alarm) => {
    const before = answers.get(alarm);
    if (before !== undefined) return before;
    const answer = any(chain(alarm, above), ({ alarm: each, isCertain }) =>
      and(actsItself(each, topics), isCertain),
    );
    answers.set(alarm, answer);
    return answer;
  };
}

type Link = { alarm: Alarm; isCertain: Truth };

/** The alarm and all above it, each with whether the alarm alone sets it off; circles are walked once. */
function chain(alarm: Alarm, above: ReadonlyMap<string, Above[]>): (Link | Unknown)[] {
  const links: Link[] = [{ alarm, isCertain: true }];
  const seen = new Set([alarm.name]);
  const certainOnly = (higher: Above) => higher.rule.isAnyOf;
  // Certain ways first, so that no doubtful one hides them. The list grows while it is walked.
  for (const isWanted of [certainOnly, () => true]) {
    for (const { alarm: child, isCertain } of links) {
      if (links.length > MOST_ABOVE) return [...links, TOO_MANY];
      for (const higher of over(child, above)) {
        if (seen.has(higher.parent.name) || !isWanted(higher)) continue;
        seen.add(higher.parent.name);
        links.push({ alarm: higher.parent, isCertain: and(isCertain, follows(higher)) });
      }
    }
  }
  return links;
}

const over = ({ name, arn }: Alarm, above: ReadonlyMap<string, Above[]>) => [
  ...(above.get(name) ?? []),
  ...(above.get(arn) ?? []),
];

type Above = { parent: Alarm; rule: AlarmRule };

function parents(alarms: readonly Alarm[]): Map<string, Above[]> {
  const above = new Map<string, Above[]>();
  for (const parent of alarms) {
    if (parent.rule === null) continue;
    const rule = alarmRule(parent.rule);
    for (const child of new Set(rule.children)) {
      const before = above.get(child);
      if (before === undefined) above.set(child, [{ parent, rule }]);
      else before.push({ parent, rule });
    }
  }
  return above;
}

function follows({ parent, rule }: Above): Truth {
  if (rule.isAnyOf) return true;
  return unknown("unsupported", { detail: `whether one alarm alone sets off ${parent.name}` });
}

function actsItself({ name, actionsEnabled, actions, ...rest }: Alarm, topics: Topics): Truth {
  const isFree =
    rest.actionsSuppressor === null ||
    unknown("unsupported", { detail: `whether another alarm keeps the actions of ${name} back` });
  return (
    actionsEnabled &&
    and(
      any(actions, (action) => reaches(action, topics)),
      isFree,
    )
  );
}

function reaches(action: string, topics: Topics): Truth {
  const [, , service = ""] = action.split(":", 3);
  if (service === "sns") return hasReader(action, topics.get(action));
  if (TELLING.has(service)) return true;
  if (SILENT.has(service)) return false;
  return unknown("unsupported", { detail: `what the alarm action ${action} does` });
}

function hasReader(arn: string, topic: TopicRecord | undefined): Truth {
  if (topic === undefined) {
    return unknown("not-collected", { action: "sns:GetTopicAttributes", detail: arn });
  }
  return and(
    topic.exists,
    mapFact(topic.subscriptionsConfirmed, (count) => count > 0),
  );
}
