import type { Text } from "../value.ts";
import { jsonTerm } from "./functions-encoding.ts";
import { isList, isMap, type Term, unresolved } from "./term.ts";
import { concatenated } from "./text.ts";

/** Around the number of a hole. Whoever writes these letters is not read. */
const MARKS = /[\u{E010}\u{E011}]/u;
const HOLE = /\u{E010}(\d+)\u{E011}/u;

/**
 * What a JSON text says that an encoder wrote, with what is not known where it stood. Not for any
 * other text with such parts: they may end the text between whose quotes they stand.
 */
export function encodedTerm({ $text }: Text): Term {
  if ($text.some((part) => typeof part === "string" && MARKS.test(part))) {
    return unresolved("a document with private characters");
  }
  const json = $text.map((part, at) => (typeof part === "string" ? part : `\u{E010}${at}\u{E011}`));
  return filled(jsonTerm(json.join("")), $text);
}

function filled(term: Term, holes: Text["$text"]): Term {
  if (isList(term)) return term.map((item) => filled(item, holes));
  if (isMap(term)) return new Map([...term].map(([key, item]) => [key, filled(item, holes)]));
  if (typeof term !== "string") return term;
  // At odd places are the numbers.
  const parts = term.split(HOLE);
  return concatenated(parts.map((part, at) => (at % 2 === 0 ? part : (holes[Number(part)] ?? ""))));
}
