import type { PlannedEventRule } from "../../../snapshot/planned-guards.ts";
import type { SnapshotRecord } from "../../../snapshot/records.ts";
import type { TrailRecord } from "../../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../../snapshot/stand-in.ts";
import type { LiveView } from "../live-trails.ts";
import type { LiveChange } from "../planned-trails.ts";
import {
  type PolicyChange,
  policyChanges,
  type RuleChange,
  ruleChanges,
  type StrayChange,
  strayChanges,
} from "./guard-changes.ts";
import { policiesLaid } from "./laid-policies.ts";
import { rulesLaid } from "./laid-rules.ts";
import { type TopicChange, topicChanges, topicsLaid } from "./topic-changes.ts";

/** What a change does to all that denies tampering with trails or tells of it. */
export type GuardOverlay = {
  policies: readonly PolicyChange[];
  strays: readonly StrayChange[];
  rules: readonly RuleChange[];
  topics: readonly TopicChange[];
  /** What could not be laid over the snapshot, each a sentence. */
  notes: readonly string[];
};

/** Works out what a change means for the guards of the trails of a snapshot. */
export function guardOverlay({ organization }: LiveView, change: LiveChange): GuardOverlay {
  const laid = { policies: policyChanges(change), strays: strayChanges(change) };
  const notes = organization === null ? [] : policiesLaid(organization, laid).notes;
  return { ...laid, rules: ruleChanges(change), topics: topicChanges(change), notes };
}

/** Whether a change touches anything of it. */
export const touchesGuards = ({ policies, strays, rules, topics }: GuardOverlay): boolean =>
  policies.length + strays.length + rules.length + topics.length > 0;

/** The snapshot as it will be, its trails as they are: what becomes of these is told by itself. */
export async function* guardsLaid(
  records: AsyncIterable<SnapshotRecord>,
  overlay: GuardOverlay,
): AsyncGenerator<SnapshotRecord> {
  const at = byPlace(overlay.rules);
  const laid = topicsLaid(overlay.topics);
  for await (const record of records) {
    if (record.kind === "organization") yield policiesLaid(record, overlay).after;
    else if (record.kind === "resource" && record.type === "trail")
      yield rulesLaid(record, at(record));
    else if (record.kind === "resource" && record.type === "topic") yield laid(record);
    else yield record;
  }
}

/** A rule whose account or region is not known may be anywhere. */
const ANYWHERE = "anywhere";

/** The changes of rules that may be in a trail's home. */
function byPlace(rules: readonly RuleChange[]): (trail: TrailRecord) => readonly RuleChange[] {
  const found = new Map<string, RuleChange[]>();
  for (const change of rules) {
    const places = [change.before, change.after].flatMap((rule) =>
      rule === null ? [] : placeOf(rule),
    );
    for (const place of places.includes(ANYWHERE) ? [ANYWHERE] : new Set(places)) {
      const others = found.get(place);
      if (others === undefined) found.set(place, [change]);
      else others.push(change);
    }
  }
  return ({ accountId, homeRegion }) => [
    ...(found.get(`${accountId} ${homeRegion}`) ?? []),
    ...(found.get(ANYWHERE) ?? []),
  ];
}

const placeOf = ({ accountId, region }: PlannedEventRule): string =>
  hasStandIn(accountId) || hasStandIn(region) ? ANYWHERE : `${accountId} ${region}`;
