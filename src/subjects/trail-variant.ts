// A trail with something repaired is another one to whatever remembers trails by their index.

/** What of a trail is repaired. */
export type Repaired = { events: boolean; global: boolean; data: boolean };

/** The index of the trail that an account should have. */
export const FLAWLESS = -1;

/** The index of a trail with these repairs: below every real one, another for each trail and repairs. */
export function variantIndex(index: number, { events, global, data }: Repaired): number {
  return -(index * 8 + (events ? 1 : 0) + (global ? 2 : 0) + (data ? 4 : 0)) - 2;
}

/** The repairs in such an index, the same number for the same ones of any trail. */
export const repairsIn = (index: number): number => (-index - 2) % 8;
