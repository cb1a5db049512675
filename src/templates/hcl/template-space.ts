import type { Piece } from "./template-pieces.ts";

/** Applies the `~` of sequences: blanks and newlines beside them go. */
export function trimmed(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, index) => {
    if (piece.kind !== "text") return piece;
    const start = trimsAfter(pieces, index) ? piece.text.trimStart() : piece.text;
    return { ...piece, text: trimsBefore(pieces, index) ? start.trimEnd() : start };
  });
}

function trimsAfter(pieces: readonly Piece[], index: number): boolean {
  const before = pieces[index - 1];
  return before !== undefined && before.kind !== "text" && before.trimAfter;
}

function trimsBefore(pieces: readonly Piece[], index: number): boolean {
  const after = pieces[index + 1];
  return after !== undefined && after.kind !== "text" && after.trimBefore;
}

/** A heredoc of `<<-` without the indentation that its lines share; blank lines do not count. */
export function dedented(pieces: readonly Piece[]): Piece[] {
  const indented = new Set<number>();
  let shared = Number.POSITIVE_INFINITY;
  pieces.forEach((piece, index) => {
    if (!beginsLine(pieces, index)) return;
    const text = piece.kind === "text" ? piece.text : "";
    const indent = text.length - text.trimStart().length;
    if (text.endsWith("\n") && indent === text.length) return;
    if (piece.kind === "text") indented.add(index);
    shared = Math.min(shared, indent);
  });
  return pieces.map((piece, index) =>
    piece.kind === "text" && indented.has(index)
      ? { ...piece, text: piece.text.slice(shared) }
      : piece,
  );
}

function beginsLine(pieces: readonly Piece[], index: number): boolean {
  const before = pieces[index - 1];
  return before === undefined || (before.kind === "text" && before.text.endsWith("\n"));
}
