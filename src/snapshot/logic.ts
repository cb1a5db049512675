import { type Fact, isUnknown, merged, type Unknown } from "./unknown.ts";

/** True, false, or why that is not known. */
export type Truth = Fact<boolean>;

export function not(value: Truth): Truth {
  return isUnknown(value) ? value : !value;
}

/** False where one is false, else unknown where one is unknown (for all their reasons), else true. */
export function and(...values: Truth[]): Truth {
  return decide(values, false);
}

/** True where one is true, else unknown where one is unknown (for all their reasons), else false. */
export function or(...values: Truth[]): Truth {
  return decide(values, true);
}

/** Whether at least one item satisfies the test; an open-ended list is asked with its last marker. */
export function any<T>(items: Iterable<T | Unknown>, test: (item: T) => Truth): Truth {
  return decide(truths(items, test), true);
}

/** Whether every item satisfies the test; an open-ended list is asked with its last marker. */
export function all<T>(items: Iterable<T | Unknown>, test: (item: T) => Truth): Truth {
  return decide(truths(items, test), false);
}

function* truths<T>(items: Iterable<T | Unknown>, test: (item: T) => Truth): Iterable<Truth> {
  for (const item of items) yield isUnknown(item) ? item : test(item);
}

function decide(values: Iterable<Truth>, decisive: boolean): Truth {
  const markers: Unknown[] = [];
  for (const value of values) {
    if (value === decisive) return decisive;
    if (isUnknown(value)) markers.push(value);
  }
  return markers.length > 0 ? merged(markers) : !decisive;
}
