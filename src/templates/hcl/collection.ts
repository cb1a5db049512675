import {
  accept,
  type Cursor,
  expect,
  looksAt,
  nested,
  skipLines,
  skipSpace,
  takeName,
  unexpected,
} from "./cursor.ts";
import { parseExpression } from "./expression.ts";
import type { Expression } from "./syntax.ts";

/** Parses `[…]` or `{…}`: a list or an object, or a `for` over one. */
export function parseCollection(cursor: Cursor): Expression {
  const start = cursor.at;
  const isList = accept(cursor, "[");
  if (!isList) expect(cursor, "{");
  return nested(cursor, true, () => {
    skipSpace(cursor);
    if (startsFor(cursor)) return parseFor(cursor, start, isList ? "]" : "}");
    return isList ? parseTuple(cursor, start) : parseObject(cursor, start);
  });
}

function startsFor(cursor: Cursor): boolean {
  const before = cursor.at;
  const isFor = takeName(cursor) === "for";
  cursor.at = before;
  return isFor;
}

function parseTuple(cursor: Cursor, start: number): Expression {
  const items: Expression[] = [];
  while (!accept(cursor, "]")) {
    items.push(parseExpression(cursor));
    skipSpace(cursor);
    if (!accept(cursor, ",") && !looksAt(cursor, "]")) unexpected(cursor, '"," or "]"');
    skipSpace(cursor);
  }
  return { kind: "tuple", items, start, end: cursor.at };
}

function parseObject(cursor: Cursor, start: number): Expression {
  const entries: { key: Expression; value: Expression }[] = [];
  cursor.newlineIsSpace = false;
  skipLines(cursor);
  while (!accept(cursor, "}")) {
    entries.push(parseEntry(cursor));
    skipSpace(cursor);
    const separated = accept(cursor, ",") || looksAt(cursor, "\n");
    skipLines(cursor);
    if (!separated && !looksAt(cursor, "}")) unexpected(cursor, 'a new line, "," or "}"');
  }
  return { kind: "object", entries, start, end: cursor.at };
}

function parseEntry(cursor: Cursor): { key: Expression; value: Expression } {
  const key = parseExpression(cursor);
  skipSpace(cursor);
  if (!accept(cursor, "=") && !accept(cursor, ":")) unexpected(cursor, '"=" or ":"');
  skipLines(cursor);
  const value = parseExpression(cursor);
  // A bare word is a key's text, not a reference.
  if (key.kind !== "name") return { key, value };
  return { key: { kind: "literal", value: key.name, start: key.start, end: key.end }, value };
}

function parseFor(cursor: Cursor, start: number, close: string): Expression {
  takeName(cursor);
  const head = parseForHead(cursor);
  expect(cursor, ":");
  skipSpace(cursor);
  const first = parseExpression(cursor);
  skipSpace(cursor);
  const isObject = close === "}";
  if (isObject) {
    expect(cursor, "=>");
    skipSpace(cursor);
  }
  const value = isObject ? parseExpression(cursor) : first;
  skipSpace(cursor);
  const group = accept(cursor, "...");
  skipSpace(cursor);
  const condition = parseForCondition(cursor);
  expect(cursor, close);
  const key = isObject ? first : null;
  return { kind: "for", ...head, key, value, condition, group, start, end: cursor.at };
}

/** Parses `k, v in each` behind the word `for`. */
export function parseForHead(cursor: Cursor) {
  skipSpace(cursor);
  const first = takeName(cursor) ?? unexpected(cursor, "a name");
  skipSpace(cursor);
  let second: string | null = null;
  if (accept(cursor, ",")) {
    skipSpace(cursor);
    second = takeName(cursor) ?? unexpected(cursor, "a name");
    skipSpace(cursor);
  }
  expect(cursor, "in");
  skipSpace(cursor);
  const each = parseExpression(cursor);
  skipSpace(cursor);
  return { keyName: second === null ? null : first, valueName: second ?? first, each };
}

function parseForCondition(cursor: Cursor): Expression | null {
  const before = cursor.at;
  if (takeName(cursor) !== "if") {
    cursor.at = before;
    return null;
  }
  skipSpace(cursor);
  const condition = parseExpression(cursor);
  skipSpace(cursor);
  return condition;
}
