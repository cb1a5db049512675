import type { ProgressEvent } from "../collect/request.ts";
import type { Console } from "./console.ts";

const WIDTH = 24;
const REDRAW_MS = 100;

export type Progress = { show(event: ProgressEvent): void; done(): void };

/**
 * Draws a bar on a terminal (accounts done, calls, throttles, time left); says nothing elsewhere.
 * `now` gives milliseconds.
 */
export function progress({ err, live }: Console, now: () => number): Progress {
  if (!live) return { show: () => {}, done: () => {} };
  const started = now();
  let drawn = 0;
  return {
    show: (event) => {
      if (now() - drawn < REDRAW_MS) return;
      drawn = now();
      err(`\r\u001b[2K${bar(event, drawn - started)}`);
    },
    done: () => err("\r\u001b[2K"),
  };
}

/** One line: how far the run is, after so many milliseconds. */
export function bar(event: ProgressEvent, elapsed: number): string {
  const { accountsExpected, accountsDone, calls, throttles } = event;
  const share = accountsExpected === 0 ? 0 : accountsDone / accountsExpected;
  const filled = Math.round(share * WIDTH);
  const left = share === 0 ? "" : `, about ${duration((elapsed / share) * (1 - share))} left`;
  const slowed = throttles === 0 ? "" : `, ${throttles} throttled`;
  return `[${"=".repeat(filled)}${" ".repeat(WIDTH - filled)}] ${accountsDone} of ${accountsExpected} accounts, ${calls} calls${slowed}${left}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
