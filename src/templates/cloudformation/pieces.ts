import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Reference, type Value } from "../value.ts";
import { lookedUp, unresolved } from "./scope.ts";

type Piece = string | Unknown | Reference;

/** Longer is no text of a template, but one that doubles itself. */
const LONGEST = 100_000;

/** Puts texts together, keeping what is known of them. */
export function joined(values: readonly Value[]): Value {
  const pieces: Piece[] = [];
  let length = 0;
  for (const value of values) {
    for (const piece of piecesOf(value)) {
      const last = pieces.at(-1);
      if (piece === "") continue;
      length += typeof piece === "string" ? piece.length : 1;
      if (length > LONGEST) return unresolved("a text of more than 100,000 characters");
      if (typeof piece !== "string" || typeof last !== "string") pieces.push(piece);
      else pieces[pieces.length - 1] = last + piece;
    }
  }
  const [first, ...others] = pieces;
  if (first === undefined) return "";
  return others.length === 0 ? first : { $text: pieces };
}

function piecesOf(value: Value): readonly Piece[] {
  if (isText(value)) return value.$text;
  if (isUnknown(value) || isReference(value)) return [value];
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  return [unresolved("a text made of something else than texts")];
}

/** What AWS replaces in a text when the template is applied: `{{resolve:ssm:/name}}`. */
const DYNAMIC = /(\{\{resolve:[^{}]{1,1000}\}\})/;

/** A text as written, with its dynamic references. */
export function withDynamicReferences(text: string): Value {
  if (!text.includes("{{resolve:")) return text;
  return joined(text.split(DYNAMIC).map((part) => (DYNAMIC.test(part) ? lookedUp(part) : part)));
}

/** Whether two values are the same for certain; false where one is not known. */
export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether anything within a value is not known. */
export function isOpen(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isUnknown(value) || isReference(value) || isText(value)) return true;
  return Object.values(value).some(isOpen);
}
