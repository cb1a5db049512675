import type { Entry, Node, Source, Span } from "./node.ts";

/** Deeper is no template that anybody wrote; CloudFormation's own schemas stay below thirty. */
export const DEEPEST = 200;

type Reader = { text: string; at: number; depth: number; repeated: { name: string; at: Span }[] };

/**
 * Reads strict JSON with positions; null where it is none, for the YAML reader to say why. Templates
 * that tools write are JSON of megabytes, and this is twenty times faster on them.
 */
export function readJson(text: string): Pick<Source, "root" | "repeated"> | null {
  const reader: Reader = { text, at: 0, depth: 0, repeated: [] };
  const root = value(reader);
  if (root === null) return null;
  skipBlanks(reader);
  return reader.at === text.length ? { root, repeated: reader.repeated } : null;
}

function value(reader: Reader): Node | null {
  skipBlanks(reader);
  const first = reader.text[reader.at];
  if (first === '"') return string(reader);
  if (first !== "{" && first !== "[") return literal(reader);
  if (reader.depth >= DEEPEST) return null;
  reader.depth += 1;
  const node = first === "{" ? object(reader) : array(reader);
  reader.depth -= 1;
  return node;
}

function object(reader: Reader): Node | null {
  const start = reader.at++;
  const entries = new Map<string, Entry>();
  if (!eats(reader, "}")) {
    do {
      skipBlanks(reader);
      const key = reader.text[reader.at] === '"' ? string(reader) : null;
      if (key === null || !eats(reader, ":")) return null;
      const inner = value(reader);
      if (inner === null) return null;
      const repeated = entries.has(key.text);
      if (repeated) reader.repeated.push({ name: key.text, at: key });
      entries.set(key.text, { key: { start: key.start, end: key.end }, value: inner, repeated });
    } while (eats(reader, ","));
    if (!eats(reader, "}")) return null;
  }
  return { kind: "map", entries, start, end: reader.at };
}

function array(reader: Reader): Node | null {
  const start = reader.at++;
  const items: Node[] = [];
  if (!eats(reader, "]")) {
    do {
      const item = value(reader);
      if (item === null) return null;
      items.push(item);
    } while (eats(reader, ","));
    if (!eats(reader, "]")) return null;
  }
  return { kind: "list", items, start, end: reader.at };
}

function string(reader: Reader): (Node & { kind: "scalar" }) | null {
  const { text, at: start } = reader;
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  if (end >= text.length) return null;
  reader.at = end + 1;
  const known = unquoted(text.slice(start, end + 1));
  if (known === null) return null;
  return { kind: "scalar", value: known, text: known, start, end: end + 1 };
}

/** Strings without escapes are most of them, and need no parser of their own. */
function unquoted(quoted: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON forbids in strings
  if (!/[\\\u0000-\u001f]/.test(quoted)) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function literal(reader: Reader): Node | null {
  LITERAL.lastIndex = reader.at;
  const text = LITERAL.exec(reader.text)?.[0];
  if (text === undefined) return null;
  const start = reader.at;
  reader.at += text.length;
  const known = text === "null" ? null : /^[tf]/.test(text) ? text === "true" : Number(text);
  return { kind: "scalar", value: known, text, start, end: reader.at };
}

function skipBlanks(reader: Reader): void {
  while (/^[ \t\r\n]$/.test(reader.text[reader.at] ?? "")) reader.at += 1;
}

function eats(reader: Reader, sign: string): boolean {
  skipBlanks(reader);
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}
