import type { Operator } from "./expression.ts";
import { Unreadable } from "./expression.ts";

/** Reads a pattern from left to right. */
export type Scanner = {
  /** Takes the text if it stands next, after any space. */
  take: (text: string) => boolean;
  selector: () => string[];
  operator: () => Operator;
  value: () => { value: string; isRegex: boolean };
  isAtEnd: () => boolean;
};

const WORDS: [RegExp, Operator][] = [
  [/IS\s+NULL\b/y, "IS NULL"],
  [/IS\s+TRUE\b/y, "IS TRUE"],
  [/IS\s+FALSE\b/y, "IS FALSE"],
  [/NOT\s+EXISTS\b/y, "NOT EXISTS"],
  [/EXISTS\b/y, "EXISTS"],
];
const SIGNS = ["!=", "<=", ">=", "=", "<", ">"] as const;

const STEP = /\.?\[\s*(\d+|\*|'[^']*'|"[^"]*")\s*\]|\.([\w-]+|\*)/y;
const QUOTED = /"((?:[^"\\]|\\["\\])*)"/y;
const REGEX = /%((?:[^%\\]|\\.)*)%/y;
const BARE = /[^\s(){}[\]"'%&|=<>!,]+/y;

/** A scanner at the beginning of the text. */
export function scanner(text: string): Scanner {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found;
  };
  const skip = () => void match(/\s*/y);
  const take = (wanted: string) => {
    skip();
    if (!text.startsWith(wanted, at)) return false;
    at += wanted.length;
    return true;
  };
  const isAtEnd = () => {
    skip();
    return at === text.length;
  };
  const selector = () => {
    if (!take("$")) throw new Unreadable("a field was expected");
    const path: string[] = [];
    for (let step = match(STEP); step !== null; step = match(STEP)) path.push(stepName(step));
    if (path.length === 0) throw new Unreadable("a field has no name");
    return path;
  };
  const operator = () => {
    const sign = SIGNS.find((each) => take(each));
    if (sign !== undefined) return sign;
    for (const [pattern, word] of WORDS) if (match(pattern) !== null) return word;
    throw new Unreadable("an operator is not known");
  };
  const value = () => {
    skip();
    const [, regex] = match(REGEX) ?? [];
    if (regex !== undefined) return { value: regex, isRegex: true };
    const [, quoted] = match(QUOTED) ?? [];
    if (quoted !== undefined) return { value: quoted.replace(/\\(.)/g, "$1"), isRegex: false };
    const [bare] = match(BARE) ?? [];
    if (bare === undefined) throw new Unreadable("a value was expected");
    return { value: bare, isRegex: false };
  };
  return { take, selector, operator, value, isAtEnd };
}

function stepName([, bracketed, dotted]: RegExpExecArray): string {
  if (dotted !== undefined) return dotted;
  return (bracketed ?? "").replace(/^(['"])(.*)\1$/, "$2");
}
