import type { World } from "./world.ts";

/** Works something out once for each world. */
export function remembered<T>(make: (world: World) => T): (world: World) => T {
  const known = new WeakMap<World, { value: T }>();
  return (world) => {
    const before = known.get(world);
    if (before !== undefined) return before.value;
    const value = make(world);
    known.set(world, { value });
    return value;
  };
}

/** Items by a key; an item may have several. */
export function groupedBy<T>(items: Iterable<T>, keysOf: (item: T) => readonly string[]) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
