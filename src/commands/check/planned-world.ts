import type { Possibility } from "../../evaluate/gate/sides.ts";
import type { SnapshotRecord } from "../../snapshot/records.ts";
import type { Unknown } from "../../snapshot/unknown.ts";
import type { ChangeSide } from "../../subjects/change/changes.ts";
import type { SubjectContext } from "../../subjects/join.ts";
import { subjects } from "../../subjects/subjects.ts";
import type { Places } from "../../templates/records/places.ts";
import { type RecordsContext, templateRecords } from "../../templates/records/records.ts";
import type { TemplateState } from "../../templates/resource.ts";

/** One stack, as it is under each assumption that its input leaves open. */
export type StackStates = { stack: string; states: readonly TemplateState[] };

/** One side of a change: everything that its stacks describe, in each way it may turn out. */
export type PlannedWorld = {
  ways: readonly { possibility: Possibility; side: ChangeSide }[];
  /** Where each fact is written, by what stands in the place of request ids. */
  places: Places;
  /** What was not tried, in a sentence; null: everything was. */
  note: string | null;
};

type Combination = { stack: string; state: TemplateState }[];

/** More ways than these are not tried all together. */
const MOST_WAYS = 64;

/** Reads what the stacks describe together. */
export async function plannedWorld(
  stacks: readonly StackStates[],
  { subjects: context, ...told }: RecordsContext & { subjects: SubjectContext },
): Promise<PlannedWorld> {
  const { list, note } = combinations(stacks);
  const places: Places = new Map();
  const ways: PlannedWorld["ways"][number][] = [];
  for (const states of list) {
    const made = templateRecords(states, told);
    const assumed = new Map(states.map(({ stack, state }) => [stack, state.assuming]));
    const assuming = (id: string) => assumed.get(id.split("#")[0] ?? "") ?? null;
    for (const [key, place] of made.places) if (!places.has(key)) places.set(key, place);
    const presenceOf = (id: string): true | Unknown =>
      made.resourceOf(id)?.resource.presence ?? true;
    const all = await collected(made.records, context);
    ways.push({
      possibility: { assuming, subjects: all, presenceOf },
      side: {
        records: made.records,
        guards: made.guards,
        has: (id) => made.resourceOf(id) !== undefined,
        presenceOf,
        watchAt: made.watchAt,
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

/** Every way in which all stacks may turn out together; of too many, each stack's beside the firsts. */
function combinations(stacks: readonly StackStates[]): {
  list: Combination[];
  note: string | null;
} {
  const count = stacks.reduce((product, { states }) => product * states.length, 1);
  if (count <= MOST_WAYS) return { list: everyWay(stacks), note: null };
  const list = stacks.flatMap((varied, index) =>
    varied.states.slice(index === 0 ? 0 : 1).map((state) =>
      stacks.map((each) => ({
        stack: each.stack,
        state: each === varied ? state : first(each),
      })),
    ),
  );
  const note = `Stacks leave open ${count} ways in which they turn out together: each stack's own were tried, not every combination.`;
  return { list, note };
}

function everyWay(stacks: readonly StackStates[]): Combination[] {
  let ways: Combination[] = [[]];
  for (const { stack, states } of stacks) {
    ways = ways.flatMap((way) => states.map((state) => [...way, { stack, state }]));
  }
  return ways;
}

function first({ states }: StackStates): TemplateState {
  const [state] = states;
  if (state === undefined) throw new Error("a stack has a state");
  return state;
}
