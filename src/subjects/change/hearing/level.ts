import { merged, type Unknown } from "../../../snapshot/unknown.ts";

/**
 * Who hears of something: 3 people (mail, a phone, an endpoint of theirs), 2 a program that may tell
 * them, 1 a store that a program may read, 0 nobody.
 */
export type Rank = 0 | 1 | 2 | 3;

/** Who hears for certain, and who may; `why`: why no more is certain than that; null: no more may. */
export type Level = { sure: Rank; may: Rank; why: Unknown | null };

export const NOBODY: Level = { sure: 0, may: 0, why: null };

export const sureOf = (sure: Rank): Level => ({ sure, may: sure, why: null });

/** Nobody for certain, for that reason. */
export const perhaps = (may: Rank, why: Unknown): Level => ({ sure: 0, may, why });

/** Who hears by one way or another. */
export function highest(levels: readonly Level[]): Level {
  const sure = best(levels.map((each) => each.sure));
  const may = best(levels.map((each) => each.may));
  const markers = levels.flatMap(({ why, may: some }) =>
    why !== null && some > sure ? [why] : [],
  );
  return { sure, may, why: markers.length === 0 ? null : merged(markers) };
}

const best = (ranks: readonly Rank[]): Rank =>
  ranks.reduce<Rank>((found, each) => (each > found ? each : found), 0);

/** What is left where it must also pass something. */
export function through(level: Level, passes: boolean | Unknown): Level {
  if (passes === true) return level;
  return passes === false ? NOBODY : perhaps(level.may, passes);
}
