import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { ResourceRecord } from "../../snapshot/resources/resource.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { type Fact, isUnknown } from "../../snapshot/unknown.ts";
import type { Edit } from "./edits.ts";
import { type Effect, effectOf } from "./effects.ts";
import { type GuardOverlay, guardOverlay } from "./guards/laid-guards.ts";
import type { LiveView } from "./live-trails.ts";
import { errorOf, type Lost, lostDestinations } from "./lost-destinations.ts";
import { accountAfter, type Places } from "./places.ts";
import { type LiveChange, trailChanges } from "./planned-trails.ts";

/** A change, worked out against the trails of a snapshot. */
export type Overlay = {
  view: LiveView;
  effects: readonly Effect[];
  /** Buckets and keys that trails deliver with and that will be gone. */
  lost: Lost;
  /** What becomes of what denies tampering with trails, or tells of it. */
  guards: GuardOverlay;
};

/** Works out what a change means for a snapshot. */
export function overlayOf(view: LiveView, change: LiveChange): Overlay {
  return {
    view,
    effects: trailChanges(change).map((each) => effectOf(view, each)),
    lost: lostDestinations(change),
    guards: guardOverlay(view, change),
  };
}

/** Told each record of the snapshot with those that stand in its place after the change. */
export type Watch = (before: SnapshotRecord, after: readonly SnapshotRecord[]) => void;

/**
 * The snapshot as it will be after the change, in one pass. New trails come before all that may
 * refer to them; what the change does not touch is passed on as it is.
 */
export async function* overlaid(
  records: AsyncIterable<SnapshotRecord>,
  overlay: Overlay,
  watch: Watch = () => {},
): AsyncGenerator<SnapshotRecord> {
  const step = stepOf(overlay);
  for await (const record of records) {
    const after = step(record);
    watch(record, after);
    yield* after;
  }
}

function stepOf({ view, effects, lost }: Overlay): (record: SnapshotRecord) => SnapshotRecord[] {
  const edits = editsOf(effects);
  const cut = new Map<string, Fact<string>>();
  const places: Places = {
    edits,
    spreads: effects.flatMap(({ spreads }) => spreads),
    home: (arn) => view.trails.get(arn),
    cut: (arn) => cut.get(arn) ?? null,
    isOrganization: view.header.scope === "organization",
  };
  let made: TrailRecord[] = effects.flatMap(({ made: trail }) => trail ?? []);
  const take = (record: ResourceRecord): ResourceRecord[] => {
    const after = resourceAfter(record, edits.get(record.arn) ?? [], lost);
    const error = after?.type === "trail" ? errorOf(lost, after) : null;
    if (error !== null) cut.set(record.arn, error);
    return after === null ? [] : [after];
  };
  for (const trail of made) {
    const error = errorOf(lost, trail);
    if (error !== null) cut.set(trail.arn, error);
  }
  return (record) => {
    if (record.kind === "header" || record.kind === "organization") return [record];
    const first = made;
    made = [];
    if (record.kind === "account") return [...first, accountAfter(places, record)];
    return record.kind === "resource" ? [...first, ...take(record)] : [...first, record];
  };
}

function editsOf(effects: readonly Effect[]): Map<string, Edit[]> {
  const edits = new Map<string, Edit[]>();
  for (const [arn, edit] of effects.flatMap((effect) => effect.edits)) {
    edits.set(arn, [...(edits.get(arn) ?? []), edit]);
  }
  return edits;
}

/** A resource as it will be; null: it will be gone. */
function resourceAfter(
  record: ResourceRecord,
  edits: readonly Edit[],
  lost: Lost,
): ResourceRecord | null {
  if (record.type === "trail") {
    if (edits.length === 0) return record;
    if (edits.some(({ isGone }) => isGone === true)) return null;
    const facts: Partial<TrailRecord> = {};
    for (const edit of edits) Object.assign(facts, edit.facts);
    return { ...record, ...facts };
  }
  if (record.type === "bucket" && lost.buckets.has(record.name)) {
    return { ...record, exists: stillThere(lost.buckets.get(record.name)) };
  }
  if (record.type === "key" && lost.keys.has(record.arn)) {
    return { ...record, enabled: stillThere(lost.keys.get(record.arn)) };
  }
  return record;
}

/** Not known for the same reason as the error of those who need it. */
const stillThere = (error: Fact<string> | undefined): Fact<boolean> =>
  isUnknown(error) ? error : false;
