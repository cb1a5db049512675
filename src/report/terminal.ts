import { visible } from "../visible.ts";
/** Colours of a terminal; each returns its text unchanged where colour is off. */
export type Paint = Record<
  "bold" | "dim" | "red" | "yellow" | "green" | "cyan",
  (text: string) => string
>;

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
} as const;

export function paint(colour: boolean): Paint {
  const wrap = ([on, off]: readonly [number, number]) =>
    colour ? (text: string) => `\u001b[${on}m${text}\u001b[${off}m` : (text: string) => text;
  return {
    bold: wrap(CODES.bold),
    dim: wrap(CODES.dim),
    red: wrap(CODES.red),
    yellow: wrap(CODES.yellow),
    green: wrap(CODES.green),
    cyan: wrap(CODES.cyan),
  };
}

const LONGEST = 300;

/**
 * Text from outside, made harmless for a terminal: no control codes, no line breaks, nothing that
 * reverses the reading direction, and no more than 300 characters.
 */
export function harmless(text: string): string {
  const clean = visible(text, "\u{fffd}");
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST)}…`;
}

/** "1 account", "3 accounts". */
export function counted(number: number, noun: string): string {
  // Not toLocaleString: loading its tables takes longer than judging an account.
  const digits = String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${digits} ${noun}${number === 1 ? "" : "s"}`;
}
