import type { Json } from "./unknown.ts";

export type JsonObject = { [key: string]: Json };

/** Whether this is a JSON object, not a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON that somebody else wrote; null where it is none, and where it says null. */
export function jsonOrNull(text: string): Json {
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
