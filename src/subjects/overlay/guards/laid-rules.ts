import { and, type Truth } from "../../../snapshot/logic.ts";
import type { PlannedEventRule } from "../../../snapshot/planned-guards.ts";
import type { EventRule, TrailRecord } from "../../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../../../snapshot/unknown.ts";
import { subjectId } from "../../naming.ts";
import type { RuleChange } from "./guard-changes.ts";

/** A trail after a change of the rules in its home region that may react to changes of it. */
export function rulesLaid(trail: TrailRecord, changes: readonly RuleChange[]): TrailRecord {
  if (isUnknown(trail.eventRules)) return trail;
  let rules: Fact<EventRule[]> = trail.eventRules;
  for (const change of changes) {
    if (isUnknown(rules)) break;
    const [was, is] = [here(change.before, trail), here(change.after, trail)];
    const open = [was, is].find(isUnknown);
    if (open !== undefined && mayTouch(rules, change)) rules = open;
    else if (was === true || is === true) {
      const before = was === true ? change.before : null;
      rules = edited(rules, { ...change, before, after: is === true ? change.after : null });
    }
  }
  return rules === trail.eventRules ? trail : { ...trail, eventRules: rules };
}

/** Whether a rule is on the default bus of the trail's home. */
function here(rule: PlannedEventRule | null, { accountId, homeRegion }: TrailRecord): Truth {
  if (rule === null) return false;
  const same = (planned: string, own: string): Truth =>
    hasStandIn(planned) ? where(rule) : planned === own;
  return and(
    mapFact<string | null, boolean>(rule.bus, (bus) => bus === null),
    same(rule.accountId, accountId),
    same(rule.region, homeRegion),
  );
}

const where = (rule: PlannedEventRule): Unknown =>
  unknown("unresolved", { detail: `in which account and region ${subjectId(rule)} is` });

/** What is made somewhere takes nothing from those that are here. */
const mayTouch = (rules: readonly EventRule[], { before }: RuleChange): boolean =>
  before !== null && (hasStandIn(before.name) || rules.some(({ name }) => name === before.name));

function edited(
  rules: readonly EventRule[],
  { before, after, doubt }: RuleChange,
): Fact<EventRule[]> {
  if (doubt !== null) return doubt;
  if (before !== null && hasStandIn(before.name)) return nameless(before);
  const found = rules.find(({ name }) => name === (before ?? after)?.name);
  const others = rules.filter((each) => each !== found);
  if (after === null) return others;
  const { name, enabled, pattern, targets } = after;
  if (isUnknown(enabled)) return enabled;
  if (isUnknown(pattern.text)) return pattern.text;
  return [
    ...others,
    { name, enabled, pattern: pattern.text, targets: targetsAfter(found, { before, targets }) },
  ];
}

const nameless = (rule: PlannedEventRule): Unknown =>
  unknown("unresolved", { detail: `which rule of the snapshot ${subjectId(rule)} is` });

/** What the plan does not speak of stays a target. */
function targetsAfter(
  found: EventRule | undefined,
  { before, targets: now }: Pick<PlannedEventRule, "targets"> & Pick<RuleChange, "before">,
): Fact<number> {
  if (isUnknown(now)) return now;
  const [live, was] = [found?.targets ?? 0, before?.targets ?? []];
  if (isUnknown(live)) return live;
  return isUnknown(was) ? was : Math.max(0, live - was.length + now.length);
}
