import type { ProgressEvent } from "./request.ts";

/** Counts what happens, and tells the listener now and then. */
export type Progress = {
  add(what: keyof ProgressEvent, count?: number): void;
  /** Tells the listener the counts as they are. */
  tell(): void;
};

const EVERY_CALLS = 64;

/** Starts counting; the listener hears of each finished account and of every sixty-fourth call. */
export function countProgress(listener: (event: ProgressEvent) => void): Progress {
  const counts: ProgressEvent = { accountsExpected: 0, accountsDone: 0, calls: 0, throttles: 0 };
  const tell = () => listener({ ...counts });
  return {
    tell,
    add(what, count = 1) {
      counts[what] += count;
      if (what !== "calls" || counts.calls % EVERY_CALLS === 0) tell();
    },
  };
}
