import type { PlannedDocument } from "../../snapshot/planned-guards.ts";
import { anyText } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Text, type Value } from "../value.ts";
import { documentOf } from "./document-value.ts";
import { isAbsent } from "./read.ts";
import { placeText, rendered } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/**
 * A JSON document in which what is not known has the same stand-in before a change and after it
 * where the same expression gives it, so that two states of the document can be compared. What
 * stands outside of quotes may be anything: then the document is not known.
 */
export function writtenDocument(
  world: World,
  planned: Planned,
  value: Value | undefined,
): PlannedDocument {
  const written = JSON.stringify(value ?? null);
  if (isAbsent(value) || value === "") return { text: missing(), written };
  if (isUnknown(value)) return { text: value, written };
  if (/\\u[eE]00/.test(written)) return { text: unreadable("with private characters"), written };
  if (isReference(value)) {
    return { text: unknown("known-after-apply", { detail: "a document" }), written };
  }
  if (isText(value)) return { text: putTogether(world, planned, value), written };
  if (typeof value === "string") return { text: keyedText(world, planned, value) ?? "", written };
  return {
    text: JSON.stringify(documentOf(value, (written) => keyedText(world, planned, written))),
    written,
  };
}

const missing = () => unknown("unsupported", { detail: "no document" });
const unreadable = (how: string) => unknown("unsupported", { detail: `a document ${how}` });

function putTogether(world: World, planned: Planned, { $text }: Text): Fact<string> {
  let document = "";
  for (const part of $text) {
    const text = keyedText(world, planned, part) ?? "";
    document += typeof part === "string" ? text : JSON.stringify(text).slice(1, -1);
  }
  // With a text in the place of what is not known it has to be JSON still.
  return isJson(document) ? document : unknown("unresolved", { detail: "a document put together" });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** A text with the same stand-in for what the same expression gives; null: it is no text. */
export function keyedText(world: World, planned: Planned, value: Value): string | null {
  if (isUnknown(value)) return placeText(planned, value) ?? keyed(world, planned, value);
  if (!isText(value)) return rendered(world, planned, value);
  return value.$text.map((part) => keyedText(world, planned, part) ?? "").join("");
}

/** A stand-in keeps three hundred letters of what it is about. */
const LONGEST = 250;

function keyed(world: World, planned: Planned, { $unknown: { detail } }: Unknown): string {
  if (detail !== undefined && detail.length <= LONGEST) return anyText(detail);
  return rendered(world, planned, unknown("unresolved", { detail: detail ?? "" })) ?? "";
}
