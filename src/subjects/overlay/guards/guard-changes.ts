import type {
  PlannedControlPolicy,
  PlannedEventRule,
  PlannedGuards,
} from "../../../snapshot/planned-guards.ts";
import { isSameFact, isUnknown, type Unknown } from "../../../snapshot/unknown.ts";
import type { ChangeSide } from "../../change/changes.ts";
import { subjectId } from "../../naming.ts";
import type { LiveChange } from "../planned-trails.ts";

/** What a change makes of one policy or rule that denies tampering with trails or tells of it. */
export type GuardChange<G> = {
  /** Null: the change makes it. */
  before: G | null;
  /** Null: the change deletes it. */
  after: G | null;
  /** Why it is not known what becomes of it, or whether it is there; null: it is known. */
  doubt: Unknown | null;
};

export type PolicyChange = GuardChange<PlannedControlPolicy>;
export type RuleChange = GuardChange<PlannedEventRule>;

/** What a change makes of service control policies. */
export const policyChanges = (change: LiveChange): PolicyChange[] =>
  changesOf(change, ({ policies }) => policies, {
    isSame: isSamePolicy,
    // What is only no longer managed is attached still.
    withForgotten: (was, now) => ({
      ...now,
      attachments: [
        ...now.attachments,
        ...was.attachments.filter(({ id }) => change.fates.forgotten.has(id)),
      ],
    }),
  });

/** What a change makes of EventBridge rules. */
export const ruleChanges = (change: LiveChange): RuleChange[] =>
  changesOf(change, ({ rules }) => rules, { isSame: isSameRule, withForgotten: (_, now) => now });

/** An attachment of a policy that no input describes, and whether it is there after the change. */
export type StrayChange = { policyId: string; target: string; isThere: boolean };

/** What a change attaches and detaches of policies that no input describes. */
export function strayChanges({ before, after, fates }: LiveChange): StrayChange[] {
  const key = ({ policyId, target }: Stray) => JSON.stringify([policyId, target]);
  const [was, now] = [before, after].map(
    ({ guards }) => new Map(guards.strays.map((each) => [key(each), each])),
  );
  const gone = [...(was ?? [])].filter(
    ([each, { id }]) => now?.has(each) !== true && !fates.forgotten.has(id),
  );
  const made = [...(now ?? [])].filter(
    ([each, { presence }]) => was?.has(each) !== true && presence === true,
  );
  const told =
    (isThere: boolean) =>
    ([, { policyId, target }]: readonly [string, Stray]) => ({
      policyId,
      target,
      isThere,
    });
  return [...gone.map(told(false)), ...made.map(told(true))];
}

type Stray = PlannedGuards["strays"][number];

type Comparing<G> = {
  isSame: (was: G, now: G) => boolean;
  withForgotten: (was: G, now: G) => G;
};

type Guard = PlannedControlPolicy | PlannedEventRule;

function changesOf<G extends Guard>(
  { before, after, fates }: LiveChange,
  pick: (guards: PlannedGuards) => readonly G[],
  { isSame, withForgotten }: Comparing<G>,
): GuardChange<G>[] {
  const left = new Map(pick(after.guards).map((each) => [subjectId(each), each]));
  const changes: GuardChange<G>[] = [];
  for (const was of pick(before.guards)) {
    const id = subjectId(was);
    const to = fates.movedTo.get(id) ?? id;
    const next = isUnknown(to) ? undefined : left.get(to);
    if (next !== undefined) left.delete(subjectId(next));
    else if (fates.forgotten.has(id)) continue;
    const now = next && withForgotten(was, next);
    const doubt = isUnknown(to) ? to : doubtOf({ before, after }, id, now);
    if (doubt !== null || now === undefined || !isSame(was, now)) {
      changes.push({ before: was, after: now ?? null, doubt });
    }
  }
  const made = [...left.values()].map((now) => {
    const presence = after.presenceOf(subjectId(now));
    return { before: null, after: now, doubt: isUnknown(presence) ? presence : null };
  });
  return [...changes, ...made];
}

/** What may be there as little surely as before is as it is in the snapshot. */
function doubtOf(
  { before, after }: Record<"before" | "after", ChangeSide>,
  id: string,
  now: Guard | undefined,
): Unknown | null {
  if (now === undefined) return null;
  const [was, is] = [before.presenceOf(id), after.presenceOf(subjectId(now))];
  return isUnknown(is) && !isSameFact(was, is) ? is : null;
}

function isSamePolicy(was: PlannedControlPolicy, now: PlannedControlPolicy): boolean {
  const told = ({ content, open, attachments }: PlannedControlPolicy) => [
    content.text,
    isUnknown(content.text) ? content.written : null,
    open,
    attachments.map(({ target, presence }) => JSON.stringify([target, presence])).sort(),
  ];
  return isSameFact(told(was), told(now));
}

function isSameRule(was: PlannedEventRule, now: PlannedEventRule): boolean {
  const told = ({ name, bus, enabled, pattern, targets }: PlannedEventRule) => [
    name,
    bus,
    enabled,
    pattern.text,
    isUnknown(pattern.text) ? pattern.written : null,
    isUnknown(targets) ? targets : targets.length,
  ];
  return isSameFact(told(was), told(now));
}
