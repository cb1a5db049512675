import type { SnapshotRecord } from "../../../snapshot/records.ts";
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

/** What a change does to all that denies tampering with trails or tells of it. */
export type GuardOverlay = {
  policies: readonly PolicyChange[];
  strays: readonly StrayChange[];
  rules: readonly RuleChange[];
  /** What could not be laid over the snapshot, each a sentence. */
  notes: readonly string[];
};

/** Works out what a change means for the guards of the trails of a snapshot. */
export function guardOverlay({ organization }: LiveView, change: LiveChange): GuardOverlay {
  const laid = { policies: policyChanges(change), strays: strayChanges(change) };
  const notes = organization === null ? [] : policiesLaid(organization, laid).notes;
  return { ...laid, rules: ruleChanges(change), notes };
}

/** Whether a change touches anything of it. */
export const touchesGuards = ({ policies, strays, rules }: GuardOverlay): boolean =>
  policies.length + strays.length + rules.length > 0;

/** The snapshot as it will be, its trails as they are: what becomes of these is told by itself. */
export async function* guardsLaid(
  records: AsyncIterable<SnapshotRecord>,
  overlay: GuardOverlay,
): AsyncGenerator<SnapshotRecord> {
  for await (const record of records) {
    if (record.kind === "organization") yield policiesLaid(record, overlay).after;
    else if (record.kind === "resource" && record.type === "trail")
      yield rulesLaid(record, overlay.rules);
    else yield record;
  }
}
