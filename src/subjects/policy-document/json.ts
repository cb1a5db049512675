import type { Json } from "../../snapshot/unknown.ts";

/** Twice what KMS takes, which takes the longest. */
const MAX_LENGTH = 65_536;
const MAX_DEPTH = 12;

/** What JSON says, or why it is not read: too long, too deep, a key twice, or no JSON. */
export type Read = { value: Json } | { fault: string };

/** Reads JSON that somebody else wrote. Of a key given twice nobody knows which one counts. */
export function strictJson(text: string): Read {
  if (text.length > MAX_LENGTH) return { fault: `longer than ${MAX_LENGTH} characters` };
  const fault = shapeFault(text);
  if (fault !== null) return { fault };
  try {
    const value: Json = JSON.parse(text);
    return { value };
  } catch {
    return { fault: "not JSON" };
  }
}

function shapeFault(text: string): string | null {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "{" || letter === "[") {
      open.push(new Set());
      if (open.length > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH}`;
    } else if (letter === "}" || letter === "]") {
      open.pop();
    } else if (letter === '"') {
      const end = endOfString(text, at);
      const key = keyAt(text, at, end);
      const keys = open.at(-1);
      if (key !== null && keys?.has(key)) return `the key ${key.slice(0, 100)} twice`;
      if (key !== null) keys?.add(key);
      at = end;
    }
  }
  return null;
}

/** Where the string that begins here has its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** The string between the two quotes, if a colon follows. */
function keyAt(text: string, start: number, end: number): string | null {
  let at = end + 1;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at += 1;
  if (text[at] !== ":") return null;
  try {
    return String(JSON.parse(text.slice(start, end + 1)));
  } catch {
    // No JSON, as the reading itself will say.
    return null;
  }
}
