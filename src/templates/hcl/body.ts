import {
  accept,
  type Cursor,
  expect,
  looksAt,
  nested,
  refuse,
  skipLines,
  skipSpace,
  take,
  takeName,
  unexpected,
} from "./cursor.ts";
import { parseExpression } from "./expression.ts";
import type { Attribute, Block, Body, Source } from "./syntax.ts";

/** Parses a file of the native syntax; throws an AuditError `bad-template` naming file and line. */
export function parseBody(source: Source): Body {
  const cursor: Cursor = { source, at: 0, newlineIsSpace: false, depth: 0 };
  accept(cursor, "\ufeff");
  return parseItems(cursor, false);
}

function parseItems(cursor: Cursor, braced: boolean): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  skipLines(cursor);
  while (!(braced ? accept(cursor, "}") : cursor.at >= cursor.source.text.length)) {
    const start = cursor.at;
    const name = takeName(cursor) ?? unexpected(cursor, "an argument or a block");
    const item = parseItem(cursor, name, start);
    if ("body" in item) blocks.push(item);
    else if (attributes.has(name)) refuse(cursor.source, start, `"${name}" is set twice`);
    else attributes.set(name, item);
    endOfItem(cursor, braced);
  }
  return { attributes, blocks };
}

function parseItem(cursor: Cursor, name: string, start: number): Attribute | Block {
  skipSpace(cursor);
  if (looksAt(cursor, "==") || !accept(cursor, "=")) return parseBlock(cursor, name, start);
  skipSpace(cursor);
  const value = parseExpression(cursor);
  return { name, value, span: { start, end: value.end }, source: cursor.source };
}

function parseBlock(cursor: Cursor, type: string, start: number): Block {
  const labels: string[] = [];
  while (!looksAt(cursor, "{")) {
    labels.push(takeName(cursor) ?? takeLabel(cursor) ?? unexpected(cursor, '"=" or "{"'));
    skipSpace(cursor);
  }
  const header = { start, end: cursor.at };
  expect(cursor, "{");
  const body = nested(cursor, false, () => parseItems(cursor, true));
  return { type, labels, body, header, source: cursor.source };
}

/** Labels know no interpolation and, in practice, no escapes but these. */
function takeLabel(cursor: Cursor): string | null {
  const quoted = take(cursor, /"(?:[^"\\\n]|\\[^\n])*"/y);
  return quoted === null ? null : quoted.slice(1, -1).replace(/\\(["\\])/g, "$1");
}

function endOfItem(cursor: Cursor, braced: boolean): void {
  skipSpace(cursor);
  const ended = looksAt(cursor, "\n") || cursor.at >= cursor.source.text.length;
  if (!ended && !(braced && looksAt(cursor, "}"))) unexpected(cursor, "a new line");
  skipLines(cursor);
}
