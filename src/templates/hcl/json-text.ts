import { isUnknown } from "../../snapshot/unknown.ts";
import { isReference, isText } from "../value.ts";
import { isFailure, isList, isMap, settled, type Term } from "./term.ts";
import { concatenated } from "./text.ts";

/** Where a policy document has texts, or lists of them, alone; and where event patterns commonly do. */
const TEXT_KEYS =
  /^(?:Not)?(?:Resource|Action)$|^(?:AWS|Service|Federated|CanonicalUser)$|^[a-z0-9-]+:[\w/-]+$|^(?:source|detail-type|eventSource|eventName)$/i;

/**
 * The JSON text of a term, as `jsonencode` writes it. References, and what is not known where a
 * policy has texts, become holes between quotes; anything else that is not known leaves all unknown.
 */
export function jsonText(term: Term): Term {
  const pieces: Term[] = [];
  const trouble = write(term, pieces, false);
  if (trouble !== null) return trouble;
  const text = concatenated(pieces);
  return isText(text) ? { ...text, isJson: true } : text;
}

function write(term: Term, pieces: Term[], inText: boolean): Term | null {
  const value = settled(term);
  if (isFailure(value)) return value;
  if (isList(value)) return writeList(value, pieces, inText);
  if (isMap(value)) return writeMap(value, pieces);
  if (isText(value)) return writeText(value.$text, pieces);
  if (isReference(value) || (isUnknown(value) && inText)) pieces.push('"', value, '"');
  else if (isUnknown(value)) return value;
  else pieces.push(quoted(value));
  return null;
}

function writeText(parts: readonly Term[], pieces: Term[]): null {
  pieces.push('"');
  for (const part of parts)
    pieces.push(typeof part === "string" ? quoted(part).slice(1, -1) : part);
  pieces.push('"');
  return null;
}

function writeList(items: readonly Term[], pieces: Term[], inText: boolean): Term | null {
  pieces.push("[");
  for (const [index, item] of items.entries()) {
    if (index > 0) pieces.push(",");
    const trouble = write(item, pieces, inText);
    if (trouble !== null) return trouble;
  }
  pieces.push("]");
  return null;
}

function writeMap(map: ReadonlyMap<string, Term>, pieces: Term[]): Term | null {
  pieces.push("{");
  let first = true;
  for (const [key, value] of map) {
    pieces.push(first ? "" : ",", quoted(key), ":");
    first = false;
    const trouble = write(value, pieces, TEXT_KEYS.test(key));
    if (trouble !== null) return trouble;
  }
  pieces.push("}");
  return null;
}

/** As Go writes it, which escapes what HTML minds. */
function quoted(value: null | boolean | number | string): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
