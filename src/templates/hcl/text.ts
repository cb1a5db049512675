import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Reference, type Text } from "../value.ts";
import { type Failure, isFailure, settled, type Term, textOf, unresolved } from "./term.ts";
import { MAX_WEIGHT } from "./work.ts";

type Piece = string | Unknown | Reference;

/** Texts put together; what of them is not known stays a hole among what is. */
export function concatenated(
  terms: readonly Term[],
): string | Text | Unknown | Reference | Failure {
  const pieces: Piece[] = [];
  let run: string[] = [];
  let length = 0;
  const endRun = () => {
    if (run.length > 0) pieces.push(run.join(""));
    run = [];
  };
  for (const term of terms) {
    const found = piecesOf(term);
    if (isFailure(found)) return found;
    for (const piece of found) {
      length += typeof piece === "string" ? piece.length : 8;
      if (length > MAX_WEIGHT) return unresolved("a text too long to compute");
      if (typeof piece !== "string") {
        endRun();
        pieces.push(piece);
      } else if (piece !== "") run.push(piece);
    }
  }
  endRun();
  const [first = "", ...others] = pieces;
  return others.length === 0 ? first : { $text: pieces };
}

function piecesOf(term: Term): readonly Piece[] | Failure {
  const value = settled(term);
  if (isText(value)) return value.$text;
  if (isReference(value) || isUnknown(value)) return [value];
  const text = textOf(value);
  return isFailure(text) ? text : [text];
}
