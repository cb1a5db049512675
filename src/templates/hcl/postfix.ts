import {
  accept,
  type Cursor,
  expect,
  looksAt,
  nested,
  skipSpace,
  take,
  takeName,
} from "./cursor.ts";
import { parseExpression } from "./expression.ts";
import type { Expression } from "./syntax.ts";

/** Parses what follows a term: attributes, indexes and splats. */
export function parsePostfix(cursor: Cursor, term: Expression): Expression {
  let from = term;
  for (;;) {
    const next = attributeOf(cursor, from) ?? indexOf(cursor, from);
    if (next === null) return from;
    from = next;
  }
}

function attributeOf(cursor: Cursor, from: Expression): Expression | null {
  const before = cursor.at;
  skipSpace(cursor);
  if (looksAt(cursor, "...") || !accept(cursor, ".")) {
    cursor.at = before;
    return null;
  }
  skipSpace(cursor);
  if (accept(cursor, "*")) return splat(cursor, from, attributeOf);
  const number = take(cursor, /\d+/y);
  if (number !== null) return index(from, literal(cursor, Number(number)), cursor.at);
  const name = takeName(cursor);
  if (name !== null) return { kind: "attribute", from, name, start: from.start, end: cursor.at };
  cursor.at = before;
  return null;
}

function literal(cursor: Cursor, value: number): Expression {
  return { kind: "literal", value, start: cursor.at, end: cursor.at };
}

function index(from: Expression, key: Expression, end: number): Expression {
  return { kind: "index", from, key, start: from.start, end };
}

function indexOf(cursor: Cursor, from: Expression): Expression | null {
  const before = cursor.at;
  skipSpace(cursor);
  if (!accept(cursor, "[")) {
    cursor.at = before;
    return null;
  }
  const key = nested(cursor, true, () => {
    skipSpace(cursor);
    if (take(cursor, /\*\s*\]/y) !== null) return null;
    const inner = parseExpression(cursor);
    skipSpace(cursor);
    expect(cursor, "]");
    return inner;
  });
  if (key !== null) return index(from, key, cursor.at);
  return splat(cursor, from, (at, each) => attributeOf(at, each) ?? indexOf(at, each));
}

type Step = (cursor: Cursor, from: Expression) => Expression | null;

/** What follows a splat is done to each item: after `.*` attributes alone, after `[*]` all. */
function splat(cursor: Cursor, from: Expression, step: Step): Expression {
  let each: Expression = { kind: "splat-item", start: cursor.at, end: cursor.at };
  for (let next = step(cursor, each); next !== null; next = step(cursor, each)) each = next;
  return { kind: "splat", from, each, start: from.start, end: cursor.at };
}
