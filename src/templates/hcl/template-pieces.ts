import { type Cursor, refuse } from "./cursor.ts";
import type { Expression, Span } from "./syntax.ts";
import { MAX_NESTING } from "./syntax.ts";

type Trimming = { trimBefore: boolean; trimAfter: boolean };

export type TextPiece = Span & { kind: "text"; text: string };

/** A part of a template as it is written, one after the other. */
export type Piece =
  | TextPiece
  | (Span &
      Trimming &
      (
        | { kind: "interpolation"; expression: Expression }
        | { kind: "if"; condition: Expression }
        | { kind: "for"; keyName: string | null; valueName: string; each: Expression }
        | { kind: "else" | "endif" | "endfor" }
      ));

type Reading = { cursor: Cursor; pieces: readonly Piece[]; next: number; depth: number };

/** Nests directives into expressions: `if` a conditional, `for` a join of what each turn gives. */
export function assemble(cursor: Cursor, pieces: readonly Piece[]): Expression[] {
  const reading = { cursor, pieces, next: 0, depth: 0 };
  const parts = readParts(reading);
  const left = reading.pieces[reading.next];
  if (left !== undefined) refuse(cursor.source, left.start, `"${left.kind}" without its beginning`);
  return parts;
}

function readParts(reading: Reading): Expression[] {
  const parts: Expression[] = [];
  for (;;) {
    const piece = reading.pieces[reading.next];
    if (piece === undefined || ["else", "endif", "endfor"].includes(piece.kind))
      return joinedText(parts);
    reading.next += 1;
    const part = partOf(reading, piece);
    if (part !== null) parts.push(part);
  }
}

function partOf(reading: Reading, piece: Piece): Expression | null {
  const { start, end } = piece;
  if (piece.kind === "text")
    return piece.text === "" ? null : { kind: "literal", value: piece.text, start, end };
  if (piece.kind === "interpolation") return piece.expression;
  reading.depth += 1;
  if (reading.depth > MAX_NESTING)
    refuse(reading.cursor.source, start, "too many nested directives");
  const part = directive(reading, piece);
  reading.depth -= 1;
  return part;
}

function directive(reading: Reading, piece: Piece): Expression {
  const { start, end } = piece;
  const body = whole(readParts(reading), piece);
  if (piece.kind === "for") {
    close(reading, "endfor", piece);
    const { keyName, valueName, each } = piece;
    const turns = { keyName, valueName, each, key: null, value: body, condition: null } as const;
    const list: Expression = { kind: "for", ...turns, group: false, start, end };
    const separator: Expression = { kind: "literal", value: "", start, end };
    return { kind: "call", name: "join", args: [separator, list], spread: false, start, end };
  }
  if (piece.kind !== "if") return refuse(reading.cursor.source, start, "an unexpected directive");
  const hasElse = reading.pieces[reading.next]?.kind === "else";
  if (hasElse) reading.next += 1;
  const no = whole(hasElse ? readParts(reading) : [], piece);
  close(reading, "endif", piece);
  return { kind: "conditional", condition: piece.condition, yes: body, no, start, end };
}

function close(reading: Reading, kind: Piece["kind"], opened: Span): void {
  if (reading.pieces[reading.next]?.kind !== kind)
    refuse(reading.cursor.source, opened.start, `a directive without its ${kind}`);
  reading.next += 1;
}

/** What a directive holds is text always, even where it is one interpolation. */
function whole(parts: readonly Expression[], { start, end }: Span): Expression {
  return { kind: "template", parts, start, end };
}

/** Neighbouring texts (each line of a heredoc is one) as one. */
function joinedText(parts: readonly Expression[]): Expression[] {
  const joined: Expression[] = [];
  let texts: string[] = [];
  let span: Span = { start: 0, end: 0 };
  const flush = () => {
    if (texts.length > 0) joined.push({ kind: "literal", value: texts.join(""), ...span });
    texts = [];
  };
  for (const part of parts) {
    if (part.kind === "literal" && typeof part.value === "string") {
      span = { start: texts.length === 0 ? part.start : span.start, end: part.end };
      texts.push(part.value);
    } else {
      flush();
      joined.push(part);
    }
  }
  flush();
  return joined;
}
