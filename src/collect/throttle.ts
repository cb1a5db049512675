/** A published rate: calls a second, and how many are taken at once. */
export type Rate = { perSecond: number; burst: number };

/** Says how long to wait before the next call of this kind may be made, and counts it as made. */
export type Pacer = (key: string, rate: Rate) => number;

// Requests bunch up on their way, so a little less than the published rate is asked.
const MARGIN = 0.95;
const SWEEP_AT = 20_000;

/** Token buckets, one a key; each is one number, and those that are full again are dropped. */
export function pacer(now: () => number = () => performance.now()): Pacer {
  const due = new Map<string, number>();
  return (key, { perSecond, burst }) => {
    const time = now();
    if (due.size >= SWEEP_AT) sweep(due, time);
    const interval = 1000 / (perSecond * MARGIN);
    const from = Math.max(due.get(key) ?? 0, time);
    due.set(key, from + interval);
    return Math.max(0, from - time - (burst - 1) * interval);
  };
}

function sweep(due: Map<string, number>, time: number): void {
  for (const [key, at] of due) if (at <= time) due.delete(key);
}

/** A pause of any length up to one that doubles with each try (full jitter), in milliseconds. */
export function pause(
  attempt: number,
  firstMs: number,
  random: () => number = Math.random,
): number {
  return random() * Math.min(20_000, firstMs * 2 ** (attempt - 1));
}
