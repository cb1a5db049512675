import { all, type Truth } from "../../snapshot/logic.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { ChangeSide, Fates } from "../change/changes.ts";
import { subjectId } from "../naming.ts";

/** What plans and templates describe before and after a change, and what they say becomes of it. */
export type LiveChange = {
  before: ChangeSide;
  after: ChangeSide;
  fates: Pick<Fates, "movedTo" | "replaced" | "forgotten" | "retained">;
};

/** A trail as a plan or template has it at one time. */
export type PlannedTrail = {
  /** `stack#address`. */
  id: string;
  record: TrailRecord;
  isLogging: Fact<boolean>;
  /** Whether there is such a trail, or why that is not known. */
  presence: true | Unknown;
};

/** What the change makes of one trail. */
export type TrailChange = {
  /** null: the change makes it. */
  before: PlannedTrail | null;
  /** null: the change deletes it. */
  after: PlannedTrail | null;
  /** Why it may be one of those that are there after the change; null: that is known. */
  doubt: Unknown | null;
  /** Deleted and made anew under the same name. */
  isReplaced: boolean;
};

/** The trails that are not the same before and after, each with what becomes of it. */
export function trailChanges({ before, after, fates }: LiveChange): TrailChange[] {
  const left = plannedTrails(after);
  const changes: TrailChange[] = [];
  for (const trail of plannedTrails(before).values()) {
    const to = fates.movedTo.get(trail.id) ?? trail.id;
    const next = isUnknown(to) ? undefined : left.get(to);
    if (next !== undefined) left.delete(next.id);
    else if (fates.forgotten.has(trail.id)) continue;
    const isReplaced = fates.replaced.has(trail.id);
    const isOne = isUnknown(to) ? to : next !== undefined && isSameTrail(trail.record, next.record);
    const doubt = isUnknown(isOne) ? isOne : null;
    if (isOne === true) changes.push({ before: trail, after: next ?? null, doubt, isReplaced });
    else changes.push({ before: trail, after: null, doubt, isReplaced });
    if (isOne !== true && next !== undefined) changes.push(made(next));
  }
  return joined([...changes, ...[...left.values()].map(made)]).filter(isChange);
}

const made = (after: PlannedTrail): TrailChange => ({
  before: null,
  after,
  doubt: null,
  isReplaced: false,
});

/** What is deleted here and made there under the same ARN is there afterwards. */
function joined(changes: readonly TrailChange[]): TrailChange[] {
  const isMade = ({ before, after }: TrailChange) => before === null && after !== null;
  const byArn = new Map(
    changes.filter(isMade).map((each) => [each.after?.record.arn ?? "", each] as const),
  );
  const taken = new Set<TrailChange>();
  const paired = changes.map((change): TrailChange => {
    const arn = change.before?.record.arn ?? "";
    const again = change.after === null && !hasStandIn(arn) ? byArn.get(arn) : undefined;
    if (again === undefined) return change;
    taken.add(again);
    return { ...change, after: again.after, isReplaced: true };
  });
  return paired.filter((change) => !taken.has(change));
}

const isChange = ({ before, after, doubt, isReplaced }: TrailChange): boolean =>
  before === null ||
  after === null ||
  doubt !== null ||
  isReplaced ||
  outline(before) !== outline(after);

function outline({ record, isLogging, presence }: PlannedTrail): string {
  const { observations: _, sources: __, planned: ___, ...facts } = record;
  return JSON.stringify([facts, isLogging, presence]);
}

/** A trail of another name, account or home region is another trail. */
function isSameTrail(before: TrailRecord, after: TrailRecord): Truth {
  return all(["name", "accountId", "homeRegion"] as const, (part): Truth => {
    const [was, is] = [before[part], after[part]];
    if (was === is || (hasStandIn(was) && hasStandIn(is))) return true;
    if (!hasStandIn(was) && !hasStandIn(is)) return false;
    return unknown("unresolved", { detail: `whether it keeps its ${WORDS[part]}` });
  });
}

const WORDS = { name: "name", accountId: "account", homeRegion: "region" };

/** The trails of a side by id, each with whether it is to log at home. */
export function plannedTrails({ records, presenceOf }: ChangeSide): Map<string, PlannedTrail> {
  const logging = loggingAtHome(records);
  const trails = new Map<string, PlannedTrail>();
  for (const record of records) {
    if (record.kind !== "resource" || record.type !== "trail") continue;
    const id = subjectId(record);
    const isLogging = logging.get(placeOf(record)) ?? unknown("not-collected");
    trails.set(id, { id, record, isLogging, presence: presenceOf(id) });
  }
  return trails;
}

const placeOf = ({ accountId, homeRegion, arn }: TrailRecord) =>
  `${accountId} ${homeRegion} ${arn}`;

function loggingAtHome(records: readonly SnapshotRecord[]): Map<string, Fact<boolean>> {
  const logging = new Map<string, Fact<boolean>>();
  for (const record of records) {
    if (record.kind !== "account") continue;
    for (const region of record.regions) {
      if (isUnknown(region)) continue;
      for (const seen of region.trails) {
        if (isUnknown(seen)) continue;
        const isLogging = isUnknown(seen.status) ? seen.status : seen.status.isLogging;
        logging.set(`${record.id} ${region.name} ${seen.arn}`, isLogging);
      }
    }
  }
  return logging;
}
