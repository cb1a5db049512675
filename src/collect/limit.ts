/** Bounds how much runs at once. */
export type Limit = {
  run<T>(job: () => Promise<T>): Promise<T>;
  /** AWS pushed back: half as much at once, counted once a second. */
  ease(): void;
  /** How much may run at once now. */
  size(): number;
};

/** A limit that grows by one for each full round that went well, and halves when it is told to ease. */
export function adaptiveLimit(
  bounds: { start: number; least: number; most: number },
  now: () => number = () => performance.now(),
): Limit {
  let size = Math.min(bounds.start, bounds.most);
  let busy = 0;
  let easedAt = Number.NEGATIVE_INFINITY;
  const waiting: (() => void)[] = [];

  const admit = () => {
    while (busy < Math.floor(size) && waiting.length > 0) {
      busy += 1;
      waiting.shift()?.();
    }
  };
  return {
    async run(job) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      const wasFull = waiting.length > 0;
      try {
        return await job();
      } finally {
        if (wasFull) size = Math.min(bounds.most, size + 1 / size);
        busy -= 1;
        admit();
      }
    },
    ease() {
      if (now() - easedAt < 1000) return;
      easedAt = now();
      size = Math.max(Math.min(bounds.least, bounds.most), size / 2);
    },
    size: () => Math.floor(size),
  };
}
