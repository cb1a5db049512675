import { randomUUID } from "node:crypto";
import type { Console } from "../commands/console.ts";
import { paint } from "../report/terminal.ts";

/** A step's log, in which nothing that is said can be a command to the runner. */
export type Log = {
  console: Console;
  /** What was said about the run itself, for the summary of a run that came to nothing. */
  complaints(): string;
  /** Ends it: from here on the runner listens to commands again. */
  end(): void;
};

/**
 * Opens the log: the runner is told to take no commands, and besides no line looks like one.
 * `write` is the step's stdout: with one stream the lines keep their order.
 */
export function openLog(write: (text: string) => void): Log {
  const token = randomUUID();
  let complaints = "";
  write(`::stop-commands::${token}\n`);
  const say = (text: string) => write(harmlessLines(text));
  return {
    console: {
      out: say,
      err: (text) => {
        complaints += text;
        say(text);
      },
      paint: paint(false),
      live: false,
    },
    complaints: () => complaints,
    end: () => write(`\n::${token}::\n`),
  };
}

/**
 * The runner reads `::` at the start of a line, after blanks, as a command, and `##[` anywhere. A
 * carriage return is a line's end to it.
 */
export function harmlessLines(text: string): string {
  return text
    .replace(/\r(?!\n)/g, "\n")
    .replace(/^(\s*):(?=:)/gm, "$1: ")
    .replaceAll("##[", "## [");
}
