import type { Report } from "../report/report.ts";
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
  /** Told the report as data and the paths of its files, where a caller wants more than text. */
  reported?(result: Reported): void;
};

/** A report, the paths of the files that were written, and the folder for results. */
export type Reported = { report: Report; written: readonly string[]; folder: string };

/** A console that says nothing which a rewriting has not seen. */
export function rewriting(console: Console, rewrite: (text: string) => string): Console {
  return {
    ...console,
    out: (text) => console.out(rewrite(text)),
    err: (text) => console.err(rewrite(text)),
  };
}
