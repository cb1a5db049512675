import type { Possibility } from "../../evaluate/gate/sides.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { Unknown } from "../../snapshot/unknown.ts";
import type { ChangeSide } from "../../subjects/change/changes.ts";
import type { SubjectContext } from "../../subjects/join.ts";
import { subjects } from "../../subjects/subjects.ts";
import type { Places } from "../../templates/records/places.ts";
import { type RecordsContext, templateRecords } from "../../templates/records/records.ts";
import { combinations, type StackStates } from "./combinations.ts";

/** One side of a change: everything that its stacks describe, in each way it may turn out. */
export type PlannedWorld = {
  ways: readonly { possibility: Possibility; side: ChangeSide }[];
  /** Where each fact is written, by what stands in the place of request ids. */
  places: Places;
  /** What was not tried, in a sentence; null: everything was. */
  note: string | null;
};

/** Reads what the stacks describe together. */
export async function plannedWorld(
  stacks: readonly StackStates[],
  { subjects: context, ...told }: RecordsContext & { subjects: SubjectContext },
): Promise<PlannedWorld> {
  const { list, note } = combinations(stacks);
  const places: Places = new Map();
  const ways: PlannedWorld["ways"][number][] = [];
  for (const { stacks: states, appliedWith } of list) {
    const made = templateRecords(states, told);
    const assumed = new Map(states.map(({ stack, state }) => [stack, state.assuming]));
    const assuming = (id: string) => assumed.get(id.split("#")[0] ?? "") ?? null;
    for (const [key, place] of made.places) if (!places.has(key)) places.set(key, place);
    const presenceOf = (id: string): true | Unknown =>
      made.resourceOf(id)?.resource.presence ?? true;
    const all = await collected(made.records, context);
    ways.push({
      possibility: {
        assuming,
        ...(appliedWith === null ? {} : { appliedWith }),
        subjects: all,
        presenceOf,
      },
      side: {
        records: made.records,
        guards: made.guards,
        has: (id) => made.resourceOf(id) !== undefined,
        presenceOf,
        watchAt: made.watchAt,
        openWatchesOn: made.openWatchesOn,
        topics: made.topics,
      },
    });
  }
  return { ways, places, note };
}

async function collected(records: readonly SnapshotRecord[], context: SubjectContext) {
  const all = [];
  for await (const subject of subjects(records, context)) all.push(subject);
  return all;
}

type Way = { possibility: Pick<Possibility, "appliedWith"> };

/**
 * The ways before a change that are compared with one after it: those applied with the same file of
 * values, and where that comes with the change, those without any.
 */
export function formerOf<W extends Way>({ possibility }: Way, before: readonly W[]): readonly W[] {
  const withFile = (file: string | undefined) =>
    before.filter((each) => each.possibility.appliedWith === file);
  const same = withFile(possibility.appliedWith);
  return same.length > 0 ? same : withFile(undefined);
}

/** Each way before a change with each after it that it is compared with. */
export function* pairsOf<W extends Way>(ways: {
  before: readonly W[];
  after: readonly W[];
}): Generator<[W, W]> {
  for (const later of ways.after) {
    for (const former of formerOf(later, ways.before)) yield [former, later];
  }
}
