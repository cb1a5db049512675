/** The moment after which nothing more is asked. */
export type Deadline = {
  passed(): boolean;
  /** Throws the caller's own reason where the caller, not the clock, ended the run. */
  throwIfInterrupted(): void;
  /** Runs this when the deadline passes; returns how to stop watching. */
  watch(end: () => void): () => void;
  /** Waits, but not beyond the deadline. */
  sleep(ms: number): Promise<void>;
  /** Lets go of the timer. */
  close(): void;
  seconds: number;
};

/** Starts the clock of a run. */
export function startDeadline(seconds: number, signal?: AbortSignal): Deadline {
  const watchers = new Set<() => void>();
  let passed = false;
  const pass = () => {
    passed = true;
    for (const end of [...watchers]) end();
    watchers.clear();
  };
  // A timer holds 31 bits of milliseconds; a longer one would fire at once.
  const timer = setTimeout(pass, Math.min(seconds * 1000, 2 ** 31 - 1));
  signal?.addEventListener("abort", pass, { once: true });
  if (signal?.aborted) pass();

  const watch = (end: () => void) => {
    if (passed) end();
    else watchers.add(end);
    return () => {
      watchers.delete(end);
    };
  };
  return {
    seconds,
    watch,
    passed: () => passed,
    throwIfInterrupted: () => signal?.throwIfAborted(),
    sleep: (ms) => sleep(ms, watch),
    close() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", pass);
    },
  };
}

function sleep(ms: number, watch: Deadline["watch"]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      unwatch();
      resolve();
    }, ms);
    const unwatch = watch(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
