import { AuditError } from "../../errors.ts";
import type { Source } from "./syntax.ts";
import { MAX_NESTING } from "./syntax.ts";

/** A place in a text that is being parsed. */
export type Cursor = {
  source: Source;
  at: number;
  /** Whether a newline is mere space here, as between parentheses. */
  newlineIsSpace: boolean;
  depth: number;
};

/** Ends the run: the language refuses this text too. */
export function refuse(source: Source, at: number, message: string): never {
  const line = source.text.slice(0, at).split("\n").length;
  throw new AuditError(
    "bad-template",
    `${source.file}:${line}: ${message}`,
    "Correct the file: `terraform validate` should accept the folder before it is checked.",
  );
}

/** Ends the run with the place of the cursor. */
export function unexpected(cursor: Cursor, wanted: string): never {
  const found = cursor.source.text.slice(cursor.at, cursor.at + 20).split("\n")[0];
  const what = cursor.at >= cursor.source.text.length ? "the end of the file" : `"${found}"`;
  return refuse(cursor.source, cursor.at, `expected ${wanted}, found ${what}`);
}

/** Whether the text at the cursor is this one. */
export function looksAt(cursor: Cursor, text: string): boolean {
  return cursor.source.text.startsWith(text, cursor.at);
}

/** Steps over this text if it is there. */
export function accept(cursor: Cursor, text: string): boolean {
  if (!looksAt(cursor, text)) return false;
  cursor.at += text.length;
  return true;
}

/** Steps over this text; ends the run where it is not. */
export function expect(cursor: Cursor, text: string): void {
  if (!accept(cursor, text)) unexpected(cursor, `"${text}"`);
}

/** What a sticky expression matches at the cursor, stepped over; null: nothing. */
export function take(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.source.text)?.[0] ?? null;
  if (found !== null) cursor.at += found.length;
  return found;
}

/** Steps over blanks and comments, and over newlines where they mean nothing. */
export function skipSpace(cursor: Cursor): void {
  cursor.at = afterSpace(cursor.source.text, cursor.at, cursor.newlineIsSpace);
}

/** Steps over blanks, comments and newlines wherever it is. */
export function skipLines(cursor: Cursor): void {
  cursor.at = afterSpace(cursor.source.text, cursor.at, true);
}

function afterSpace(text: string, from: number, lines: boolean): number {
  let at = from;
  for (;;) {
    const char = text[at];
    if (char === " " || char === "\t" || char === "\r" || (lines && char === "\n")) at += 1;
    else if (char === "#" || text.startsWith("//", at)) at = found(text.indexOf("\n", at), text);
    else if (text.startsWith("/*", at)) at = found(text.indexOf("*/", at + 2) + 2, text, 2);
    else return at;
  }
}

/** Where a search ended; the end of the text where it found nothing. */
function found(index: number, text: string, added = 0): number {
  return index - added < 0 ? text.length : index;
}

/** Followed by none of what a name may go on with. */
const ASCII_NAME = /[A-Za-z_][\w-]*(?![\w\u0080-\uffff-])/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** The identifier at the cursor, stepped over; null: there is none. */
export function takeName(cursor: Cursor): string | null {
  // Compiling a class by Unicode's properties takes longer than reading a small module.
  return take(cursor, ASCII_NAME) ?? take(cursor, NAME);
}

/** Runs a parser one level deeper, where newlines are space or are not. */
export function nested<T>(cursor: Cursor, newlineIsSpace: boolean, parse: () => T): T {
  if (cursor.depth >= MAX_NESTING)
    refuse(cursor.source, cursor.at, `more than ${MAX_NESTING} levels of nesting`);
  const before = cursor.newlineIsSpace;
  cursor.depth += 1;
  cursor.newlineIsSpace = newlineIsSpace;
  const parsed = parse();
  cursor.newlineIsSpace = before;
  cursor.depth -= 1;
  return parsed;
}
