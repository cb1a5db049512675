import { parseForHead } from "./collection.ts";
import {
  accept,
  type Cursor,
  expect,
  looksAt,
  nested,
  refuse,
  skipSpace,
  take,
  takeName,
  unexpected,
} from "./cursor.ts";
import { parseExpression } from "./expression.ts";
import type { Expression, Source, Span } from "./syntax.ts";
import { assemble, type Piece } from "./template-pieces.ts";
import { dedented, trimmed } from "./template-space.ts";

/** Parses a string in quotes, at its opening quote. */
export function parseQuoted(cursor: Cursor): Expression {
  const start = cursor.at;
  expect(cursor, '"');
  const pieces = nested(cursor, false, () => trimmed(parsePieces(cursor, null)));
  expect(cursor, '"');
  return template(cursor, pieces, { start, end: cursor.at });
}

/** Parses a heredoc, at its `<<`, and stops at the end of the line of its closing word. */
export function parseHeredoc(cursor: Cursor): Expression {
  const start = cursor.at;
  const opening = take(cursor, /<<-?[\p{ID_Start}_][\p{ID_Continue}-]*[ \t]*\r?\n/uy);
  if (opening === null) return unexpected(cursor, "a heredoc's word");
  const word = opening.replace(/^<<-?/, "").trim();
  const closing = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, "mg");
  closing.lastIndex = cursor.at;
  const end = closing.exec(cursor.source.text);
  if (end === null) return refuse(cursor.source, start, `the heredoc ${word} has no end`);
  const pieces = nested(cursor, false, () => parsePieces(cursor, end.index));
  cursor.at = end.index + end[0].length;
  const flush = opening.startsWith("<<-");
  return template(cursor, flush ? dedented(trimmed(pieces)) : trimmed(pieces), {
    start,
    end: cursor.at,
  });
}

/** Parses a text, to its end, as a template: as `templatefile` and the JSON syntax have them. */
export function parseTemplate(source: Source): Expression {
  const cursor: Cursor = { source, at: 0, newlineIsSpace: false, depth: 0 };
  const pieces = trimmed(parsePieces(cursor, source.text.length));
  return template(cursor, pieces, { start: 0, end: source.text.length });
}

function template(cursor: Cursor, pieces: readonly Piece[], span: Span): Expression {
  const parts = assemble(cursor, pieces);
  const [only] = parts;
  if (only === undefined) return { kind: "literal", value: "", ...span };
  if (parts.length > 1) return { kind: "template", parts, ...span };
  // An interpolation with nothing around it is the value itself, of any type.
  if (only.kind === "literal" && typeof only.value === "string") return { ...only, ...span };
  return { kind: "parentheses", of: only, ...span };
}

/** Parses up to an offset, or in quotes (`end` is null) up to the closing one. */
function parsePieces(cursor: Cursor, end: number | null): Piece[] {
  const pieces: Piece[] = [];
  const { text: all } = cursor.source;
  while (end === null ? !looksAt(cursor, '"') : cursor.at < end) {
    const start = cursor.at;
    cursor.at = endOfText(all, start, end);
    if (cursor.at > start) {
      const text = plainText(unescapedIn(cursor, start, end === null));
      pieces.push({ kind: "text", text, start, end: cursor.at });
    } else pieces.push(parseSequence(cursor));
    if (end !== null && cursor.at > end) refuse(cursor.source, start, "a template has no end");
  }
  return pieces;
}

/** Where plain text ends: at a sequence, at the closing quote, or behind a line of a heredoc. */
function endOfText(text: string, from: number, end: number | null): number {
  for (let at = from; at < (end ?? text.length); at += 1) {
    const char = text[at];
    if (end === null && (char === '"' || char === "\n")) return at;
    if (end === null && char === "\\") at += 1;
    else if (char === "\n") return at + 1;
    else if ((char === "$" || char === "%") && text[at + 1] === "{") return at;
    else if (text.startsWith("$${", at) || text.startsWith("%%{", at)) at += 2;
  }
  return end ?? text.length;
}

const plainText = (text: string): string => text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");

function unescapedIn(cursor: Cursor, start: number, quoted: boolean): string {
  const text = cursor.source.text.slice(start, cursor.at);
  return quoted ? unescaped(cursor, text, start) : text;
}

const ESCAPES = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

function unescaped(cursor: Cursor, text: string, start: number): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gs,
    (whole, name: string, at: number) => {
      const known = ESCAPES.get(name);
      if (known !== undefined) return known;
      const code = Number.parseInt(name.slice(1), 16);
      if (name.length > 1 && code <= 0x10ffff) return String.fromCodePoint(code);
      return refuse(cursor.source, start + at, `"${whole}" is no escape sequence`);
    },
  );
}

function parseSequence(cursor: Cursor): Piece {
  const start = cursor.at;
  const isDirective = looksAt(cursor, "%{");
  if (!accept(cursor, "${") && !accept(cursor, "%{")) unexpected(cursor, "the end of the string");
  const trimBefore = accept(cursor, "~");
  return nested(cursor, true, () => {
    skipSpace(cursor);
    const content = isDirective ? parseDirective(cursor) : interpolation(cursor);
    skipSpace(cursor);
    const trimAfter = accept(cursor, "~");
    expect(cursor, "}");
    return { ...content, trimBefore, trimAfter, start, end: cursor.at };
  });
}

function interpolation(cursor: Cursor) {
  return { kind: "interpolation", expression: parseExpression(cursor) } as const;
}

function parseDirective(cursor: Cursor) {
  const word = takeName(cursor);
  skipSpace(cursor);
  if (word === "if") return { kind: "if", condition: parseExpression(cursor) } as const;
  if (word === "for") return { kind: "for", ...parseForHead(cursor) } as const;
  if (word === "else" || word === "endif" || word === "endfor") return { kind: word } as const;
  return unexpected(cursor, "if, else, endif, for or endfor");
}
