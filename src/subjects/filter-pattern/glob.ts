/**
 * Stands for text that no pattern holds, as "some value that nobody named". Patterns with characters
 * of the private use area are not read, so only a wildcard matches it.
 */
export const FRESH = "\uE000";

/** Whether a text holds characters of the area that `FRESH` comes from. */
export function holdsFresh(text: string): boolean {
  return /[\uE000-\uF8FF]/.test(text);
}

/** Whether the text is matched by a pattern in which `*` stands for any text, the empty one too. */
export function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  if (parts.length === 1) return text === pattern;
  const last = parts.at(-1) ?? "";
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    // The leftmost place leaves the most room for the rest.
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** Whether the outer pattern matches all that the inner one does; no false yes. */
export function globContains(outer: string, inner: string): boolean {
  return globMatches(outer, inner.replaceAll("*", FRESH));
}

/** One text that the pattern matches. */
export function globInstance(pattern: string): string {
  return pattern.replaceAll("*", FRESH);
}
