import { isJsonObject, type JsonObject } from "../../snapshot/json.ts";
import type { Json } from "../../snapshot/unknown.ts";

/** The value if it is an object, else an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The value if it is a list, else an empty one. */
export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a text with something in it, else null. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The member of an object, or the item of a list; undefined where there is none. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = Array.isArray(inner) ? inner[Number(key)] : inner[key];
  }
  return inner;
}
