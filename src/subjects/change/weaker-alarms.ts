import type { Alarm } from "../../snapshot/resources/alarm.ts";
import { isUnknown, unknown } from "../../snapshot/unknown.ts";
import { alarmRule } from "../alarms-rule.ts";
import { harder, isOn, isSameQuestion, metricsText, type Pair, standsIn } from "./alarm-links.ts";
import type { Held } from "./held.ts";
import type { Part } from "./part.ts";

/** An alarm that stays, before and after, and the filters that it was on, of those that are still there. */
export type Realarmed = { was: Alarm; now: Alarm; filters: readonly { was: Held; now: Held }[] };

/** What an alarm that stays no longer does; null: nothing of this is sure to be lost. */
export function weakerAlarm({ was, now, filters }: Realarmed): Part["lost"] {
  const lost = [
    ...(was.actions.length > 0 && now.actions.length === 0
      ? [`actions were ${was.actions.length}, are none`]
      : []),
    ...(was.actionsEnabled && !now.actionsEnabled ? ["actions were enabled, are not"] : []),
    ...(was.actionsSuppressor === null && now.actionsSuppressor !== null
      ? ["actions were never held back, another alarm does so"]
      : []),
    ...(isHarderToReach(was, now) ? [`threshold was ${was.threshold}, is ${now.threshold}`] : []),
  ];
  if (lost.length > 0) return lost.join("; ");
  return was.rule === null
    ? lostMetric({ was, now, filters })
    : weakerRule(was.rule, now.rule ?? "");
}

/** Under another operator a threshold means something else. */
function isHarderToReach(was: Alarm, now: Alarm): boolean {
  const operator = was.comparisonOperator;
  if (operator !== now.comparisonOperator || was.threshold === null || now.threshold === null) {
    return false;
  }
  if (operator?.startsWith("GreaterThan")) return now.threshold > was.threshold;
  return operator?.startsWith("LessThan") === true && now.threshold < was.threshold;
}

/** What its filters do to it, they tell themselves. */
function lostMetric({ was, now, filters }: Realarmed): Part["lost"] {
  if (isSameQuestion(was, now)) return null;
  const found = filters
    .filter((each) => isOn(was, each.was.filter))
    .map((each): Part["lost"] => {
      const before: Pair = { alarm: was, held: each.was };
      const after: Pair = { alarm: now, held: each.now };
      const isLeft = !isOn(now, each.now.filter) && isOn(now, each.was.filter);
      if (isLeft || standsIn(before, each.now)) return null;
      if (isOn(now, each.now.filter)) return harder(before, after);
      return `looked at ${metricsText(was)}, looks at ${metricsText(now)}`;
    });
  return found.find((each) => typeof each === "string") ?? found.find(isUnknown) ?? null;
}

/** A composite alarm that looks at fewer alarms; what else changes in its rule cannot be compared. */
function weakerRule(was: string, now: string): Part["lost"] {
  const [before, after] = [alarmRule(was), alarmRule(now)];
  const kept = new Set(after.children);
  const gone = before.children.filter((child) => !kept.has(child));
  if (gone.length > 0) return `looked at ${gone.slice(0, 3).join(", ")}, does not`;
  const isSame = was.replace(/\s+/g, "") === now.replace(/\s+/g, "");
  return isSame || after.isAnyOf ? null : RULE;
}

const RULE = unknown("unsupported", {
  detail: "whether the alarm's rule asks for more than before",
});
