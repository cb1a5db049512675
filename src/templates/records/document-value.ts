import { anyText } from "../../snapshot/stand-in.ts";
import { isUnknown, type Json, type Unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Reference, type Text, type Value } from "../value.ts";
import { isList } from "./read.ts";

/** A text, or what stands where one is to come. */
export type Written = string | Unknown | Reference | Text;

/**
 * A document that was written as a value, as JSON; `textOf` gives each text. null: what is not known may be
 * any text, which as an element of a policy makes the document unreadable.
 */
export function documentOf(value: Value, textOf: (written: Written) => string | null): Json {
  if (value === null) return null;
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string" || isUnknown(value) || isReference(value) || isText(value)) {
    return textOf(value) ?? anyText("a value");
  }
  if (isList(value)) return value.map((each) => documentOf(each, textOf));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      // A key that looks like a marker of ours was escaped by the reader.
      key.startsWith("$$") ? key.slice(1) : key,
      documentOf(inner, textOf),
    ]),
  );
}
