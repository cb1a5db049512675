import type { TemplateState } from "../../templates/resource.ts";

/** One stack, as it is under each assumption that its input leaves open. */
export type StackStates = { stack: string; states: readonly TemplateState[] };

/** One way in which all stacks turn out together. */
export type Combination = {
  /** The file of values that those stacks are applied with that have it; null: none. */
  appliedWith: string | null;
  stacks: { stack: string; state: TemplateState }[];
};

type Combined = { list: Combination[]; note: string | null };

/** More ways than these are not tried all together. */
const MOST_WAYS = 64;

/**
 * Every way in which all stacks may turn out together; of too many, each stack's beside the firsts.
 * Files of values are tried one by one beside what nothing is said of: the stacks that have a file
 * of that name are applied with it together, as those of one environment are.
 */
export function combinations(all: readonly StackStates[]): Combined {
  const files = filesOf(all);
  const plain = varied(all.map(without), MOST_WAYS - files.length);
  const list = plain.list.map((stacks) => ({ appliedWith: null, stacks }));
  const more: Combination[] = [];
  const few = new Set<string>();
  files.forEach((file, index) => {
    const left = MOST_WAYS - list.length - more.length - (files.length - index - 1);
    const own = varied(
      all.map((each) => applied(each, file)),
      left,
      1,
    );
    if (own.isCut) few.add(file);
    more.push(...own.list.map((stacks) => ({ appliedWith: file, stacks })));
  });
  const notes = [
    ...(plain.isCut
      ? [
          `Stacks leave open ${plain.count} ways in which they turn out together: each stack's own were tried, not every combination.`,
        ]
      : []),
    ...(few.size === 0
      ? []
      : [`Of the conditions that stay open with ${listed([...few])} not every one was tried.`]),
  ];
  return { list: [...list, ...more], note: notes.length === 0 ? null : notes.join(" ") };
}

const listed = (files: readonly string[]): string =>
  files.slice(0, 5).join(", ").slice(0, 300) + (files.length > 5 ? ", …" : "");

const filesOf = (all: readonly StackStates[]): string[] =>
  firstsFirst(all.map(({ states }) => states.flatMap(({ appliedWith }) => appliedWith ?? [])));

/** All names in these lists, those first that a list has first. */
export function firstsFirst(lists: readonly (readonly string[])[]): string[] {
  const ranks = new Map<string, number>();
  for (const list of lists) {
    for (const [rank, name] of [...new Set(list)].entries()) {
      ranks.set(name, Math.min(rank, ranks.get(name) ?? rank));
    }
  }
  return [...ranks].sort(([, a], [, b]) => a - b).map(([name]) => name);
}

const without = ({ stack, states }: StackStates): StackStates => ({
  stack,
  states: states.filter(({ appliedWith }) => appliedWith === undefined),
});

/** What a stack is with a file of values; without such a file, what it is first of all. */
function applied({ stack, states }: StackStates, file: string): StackStates {
  const own = states.filter(({ appliedWith }) => appliedWith === file);
  return { stack, states: own.length > 0 ? own : states.slice(0, 1) };
}

type Varied = { list: Combination["stacks"][]; count: number; isCut: boolean };

/** Every way, where these are not more than `most`; else each stack's beside the firsts, so many of them. */
function varied(
  stacks: readonly StackStates[],
  most: number,
  ofTooMany = Number.POSITIVE_INFINITY,
): Varied {
  const count = stacks.reduce((product, { states }) => product * states.length, 1);
  if (count <= most) return { list: everyWay(stacks), count, isCut: false };
  const list = besideFirsts(stacks).slice(0, ofTooMany);
  return { list, count, isCut: count > list.length };
}

function besideFirsts(stacks: readonly StackStates[]): Combination["stacks"][] {
  return stacks.flatMap((one, index) =>
    one.states.slice(index === 0 ? 0 : 1).map((state) =>
      stacks.map((each) => ({
        stack: each.stack,
        state: each === one ? state : first(each),
      })),
    ),
  );
}

function everyWay(stacks: readonly StackStates[]): Combination["stacks"][] {
  let ways: Combination["stacks"][] = [[]];
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
