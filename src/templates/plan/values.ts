import { isJsonObject } from "../../snapshot/json.ts";
import { type Json, plain, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Reference, Value } from "../value.ts";

/** A value as a plan tells it: what is known, and in the same shape where it is not, or is secret. */
export type Told = {
  known: Json | undefined;
  unknown: Json | undefined;
  sensitive: Json | undefined;
};

/** Where a plan does not give a value: the reference that it will have, if that is sure, or a marker. */
export type Instead = (path: readonly string[]) => Reference | Unknown;

/** A plan's attributes, where unknown ones have markers and secret ones are taken out. */
export function toldValue(told: Told, instead: Instead): Value | undefined {
  return walk(told, { path: [], instead });
}

/** What stands for a text or number that is marked as sensitive. */
export const SENSITIVE: Unknown = unknown("unresolved", { detail: "marked as sensitive" });

/** As `plain` does, but without a copy of what has nothing to escape, as is usual. */
function escaped(known: Json): Json {
  return hasMarkers(known) ? plain(known) : known;
}

function hasMarkers(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasMarkers);
  return Object.keys(value).some((key) => key.startsWith("$") || hasMarkers(value[key] ?? null));
}

type Position = { path: readonly string[]; instead: Instead };

function walk(told: Told, position: Position): Value | undefined {
  if (told.unknown === true) return position.instead(position.path);
  const isOpen = marks(told.unknown);
  if (!isOpen && !marks(told.sensitive)) return told.known && escaped(told.known);
  if (Array.isArray(told.known) || (isOpen && Array.isArray(told.unknown))) {
    return walkList(told, position);
  }
  if (isJsonObject(told.known) || (isOpen && isJsonObject(told.unknown)))
    return walkObject(told, position);
  if (told.known === undefined) return undefined;
  return told.sensitive === true ? withoutSecret(told.known, position) : plain(told.known);
}

/**
 * That there is none, a flag, or an empty text, is kept: policies ask for these, and a verdict on
 * them says as much. Of a text in which a resource is named, the reference tells nothing secret.
 */
function withoutSecret(known: Json, { path, instead }: Position): Value {
  if (known === null || known === "" || typeof known === "boolean") return known;
  const reference = typeof known === "string" ? instead(path) : SENSITIVE;
  return "$reference" in reference ? reference : SENSITIVE;
}

function walkList(told: Told, position: Position): Value {
  const [known, open] = [told.known, told.unknown].map((each) => (Array.isArray(each) ? each : []));
  const length = Math.max(known?.length ?? 0, open?.length ?? 0);
  return Array.from({ length }, (_, index) => {
    const inner = within(position, String(index));
    return walk(partOf(told, index), inner) ?? inner.instead(inner.path);
  });
}

function walkObject(told: Told, position: Position): Value {
  const open = isJsonObject(told.unknown) ? told.unknown : {};
  const known = isJsonObject(told.known) ? told.known : {};
  const keys = new Set([...Object.keys(known), ...Object.keys(open)]);
  const entries = [...keys].flatMap((key): [string, Value][] => {
    const value = walk(partOf(told, key), within(position, key));
    return value === undefined ? [] : [[key.startsWith("$") ? `$${key}` : key, value]];
  });
  return Object.fromEntries(entries);
}

function partOf({ known, unknown, sensitive }: Told, key: string | number): Told {
  return {
    known: memberOf(known, key),
    unknown: unknown === true ? true : memberOf(unknown, key),
    sensitive: sensitive === true ? true : memberOf(sensitive, key),
  };
}

function memberOf(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function within({ path, instead }: Position, key: string): Position {
  return { path: [...path, key], instead };
}

/** Whether anything within is marked. */
export function marks(mask: Json | undefined): boolean {
  if (typeof mask !== "object" || mask === null) return mask === true;
  return Object.values(mask).some(marks);
}
