import type { Paint } from "../report/terminal.ts";

/** Where a command speaks, handed in so that tests and the Action hear it. */
export type Console = {
  /** Results: what a pipe reads. */
  out(text: string): void;
  /** Everything about the run itself. */
  err(text: string): void;
  paint: Paint;
  /** Whether progress may be redrawn on one line of stderr. */
  live: boolean;
};
