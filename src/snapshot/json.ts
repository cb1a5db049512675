import type { Json } from "./unknown.ts";

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
