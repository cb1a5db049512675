import type { Fact, Unknown } from "../snapshot/unknown.ts";

/** A number of days of which only bounds may be known; Infinity: never. */
export type Interval = { earliest: number; latest: number };

export const NEVER: Interval = {
  earliest: Number.POSITIVE_INFINITY,
  latest: Number.POSITIVE_INFINITY,
};

export const certainly = (days: number): Interval => ({ earliest: days, latest: days });

/** From a number of days on, or as late as the other may be. */
export const perhaps = (earliest: number, { latest }: Interval): Interval => ({ earliest, latest });

/** Whichever of two comes first. */
export const sooner = (a: Interval, b: Interval): Interval => ({
  earliest: Math.min(a.earliest, b.earliest),
  latest: Math.min(a.latest, b.latest),
});

/** Whichever of two comes last. */
export const later = (a: Interval, b: Interval): Interval => ({
  earliest: Math.max(a.earliest, b.earliest),
  latest: Math.max(a.latest, b.latest),
});

/** One after the other. */
export const after = (a: Interval, b: Interval): Interval => ({
  earliest: a.earliest + b.earliest,
  latest: a.latest + b.latest,
});

/** Either of two. */
export const either = (a: Interval, b: Interval): Interval => ({
  earliest: Math.min(a.earliest, b.earliest),
  latest: Math.max(a.latest, b.latest),
});

/** The number where the bounds leave one (null: never), else why not. */
export function daysOf({ earliest, latest }: Interval, why: () => Unknown): Fact<number | null> {
  if (earliest !== latest) return why();
  return earliest === Number.POSITIVE_INFINITY ? null : earliest;
}
