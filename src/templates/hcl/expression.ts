import { parseCollection } from "./collection.ts";
import {
  accept,
  type Cursor,
  expect,
  looksAt,
  nested,
  skipSpace,
  take,
  takeName,
  unexpected,
} from "./cursor.ts";
import { parsePostfix } from "./postfix.ts";
import type { Expression } from "./syntax.ts";
import { parseHeredoc, parseQuoted } from "./template.ts";

/** Parses one expression and stops behind its last character. */
export function parseExpression(cursor: Cursor): Expression {
  return nested(cursor, cursor.newlineIsSpace, () => {
    const condition = parseBinary(cursor, 1);
    if (!acceptAfterSpace(cursor, "?")) return condition;
    skipSpace(cursor);
    const yes = parseExpression(cursor);
    skipSpace(cursor);
    expect(cursor, ":");
    skipSpace(cursor);
    const no = parseExpression(cursor);
    return { kind: "conditional", condition, yes, no, start: condition.start, end: no.end };
  });
}

/** The strength of each operator. */
const STRENGTH = new Map([
  ["||", 1],
  ["&&", 2],
  ["==", 3],
  ["!=", 3],
  ["<", 4],
  [">", 4],
  ["<=", 4],
  [">=", 4],
  ["+", 5],
  ["-", 5],
  ["*", 6],
  ["/", 6],
  ["%", 6],
]);

/** Parses what operators of at least this strength bind. */
function parseBinary(cursor: Cursor, strength: number): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const before = cursor.at;
    skipSpace(cursor);
    const operator = take(cursor, /\|\||&&|==(?!>)|!=|<=|>=|[<>+*/%-]/y);
    const own = operator === null ? 0 : (STRENGTH.get(operator) ?? 0);
    if (operator === null || own < strength) {
      cursor.at = before;
      return left;
    }
    skipSpace(cursor);
    const right = parseBinary(cursor, own + 1);
    left = { kind: "binary", operator, left, right, start: left.start, end: right.end };
  }
}

/** Steps over an operator and the blanks before it; leaves both where there is none. */
function acceptAfterSpace(cursor: Cursor, operator: string): boolean {
  const before = cursor.at;
  skipSpace(cursor);
  if (!looksAt(cursor, "=>") && accept(cursor, operator)) return true;
  cursor.at = before;
  return false;
}

function parseUnary(cursor: Cursor): Expression {
  const start = cursor.at;
  const operator = take(cursor, /[-!]/y);
  if (operator === null) return parsePostfix(cursor, parseTerm(cursor));
  skipSpace(cursor);
  const of = nested(cursor, cursor.newlineIsSpace, () => parseUnary(cursor));
  return { kind: "unary", operator, of, start, end: of.end };
}

function parseTerm(cursor: Cursor): Expression {
  const start = cursor.at;
  if (looksAt(cursor, '"')) return parseQuoted(cursor);
  if (looksAt(cursor, "<<")) return parseHeredoc(cursor);
  if (looksAt(cursor, "[") || looksAt(cursor, "{")) return parseCollection(cursor);
  if (accept(cursor, "(")) {
    const of = nested(cursor, true, () => {
      skipSpace(cursor);
      const inner = parseExpression(cursor);
      skipSpace(cursor);
      expect(cursor, ")");
      return inner;
    });
    return { kind: "parentheses", of, start, end: cursor.at };
  }
  const number = take(cursor, /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== null) return { kind: "literal", value: Number(number), start, end: cursor.at };
  return parseNamed(cursor, start);
}

const KEYWORDS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function parseNamed(cursor: Cursor, start: number): Expression {
  const name = takeName(cursor);
  if (name === null) return unexpected(cursor, "an expression");
  const full = name + (take(cursor, /(?:::[\p{ID_Start}_][\p{ID_Continue}-]*)+/uy) ?? "");
  const before = cursor.at;
  skipSpace(cursor);
  if (accept(cursor, "(")) return parseCall(cursor, full, start);
  cursor.at = before;
  const value = KEYWORDS.get(name);
  if (value !== undefined) return { kind: "literal", value, start, end: cursor.at };
  return { kind: "name", name, start, end: cursor.at };
}

function parseCall(cursor: Cursor, name: string, start: number): Expression {
  const args: Expression[] = [];
  let spread = false;
  nested(cursor, true, () => {
    skipSpace(cursor);
    while (!accept(cursor, ")")) {
      args.push(parseExpression(cursor));
      skipSpace(cursor);
      spread = accept(cursor, "...");
      skipSpace(cursor);
      if (spread || !accept(cursor, ",")) {
        accept(cursor, ",");
        skipSpace(cursor);
        expect(cursor, ")");
        break;
      }
      skipSpace(cursor);
    }
  });
  return { kind: "call", name, args, spread, start, end: cursor.at };
}
