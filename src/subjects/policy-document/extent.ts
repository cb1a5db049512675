import { and, not, or, type Truth } from "../../snapshot/logic.ts";

/**
 * How far something holds over a set of requests: for every one of them, and for at least one. A
 * single request is a set of one, where both are the same.
 */
export type Extent = { always: Truth; ever: Truth };

export const ALL: Extent = { always: true, ever: true };
export const SOME: Extent = { always: false, ever: true };
export const NONE: Extent = { always: false, ever: false };

/** The same answer for every request of the set. */
export const same = (truth: Truth): Extent => ({ always: truth, ever: truth });

/** Where all hold. The parts must be independent of each other, as action and resource are. */
export function both(extents: readonly Extent[]): Extent {
  return {
    always: and(...extents.map(({ always }) => always)),
    ever: and(...extents.map(({ ever }) => ever)),
  };
}

/**
 * Where at least one holds. Lists of patterns need no more than this: a set that stands for any text
 * holds a text that nobody thought of, and one pattern alone has to cover that one.
 */
export function either(extents: readonly Extent[]): Extent {
  return {
    always: or(...extents.map(({ always }) => always)),
    ever: or(...extents.map(({ ever }) => ever)),
  };
}

/** Where it does not hold. */
export function inverse({ always, ever }: Extent): Extent {
  return { always: not(ever), ever: not(always) };
}
