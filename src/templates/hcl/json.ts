import { AuditError } from "../../errors.ts";
import { type Cursor, expect, nested, refuse, take, unexpected } from "./cursor.ts";
import { bodyOfJson } from "./json-body.ts";
import type { Body, Expression, Source, Span } from "./syntax.ts";
import { parseTemplate } from "./template.ts";

/** A JSON value with its place; objects keep equal keys apart, as the language wants it. */
export type JsonNode = Span &
  (
    | { kind: "object"; entries: readonly { key: string; keySpan: Span; value: JsonNode }[] }
    | { kind: "array"; items: readonly JsonNode[] }
    | { kind: "value"; value: null | boolean | number | string }
  );

/** Parses a file of the JSON syntax; throws an AuditError `bad-template` naming file and line. */
export function parseJsonBody(source: Source): Body {
  return bodyOfJson(readJson(source), source);
}

/** Reads JSON and keeps where each value is. */
export function readJson(source: Source): JsonNode {
  const cursor: Cursor = { source, at: 0, newlineIsSpace: true, depth: 0 };
  take(cursor, /\ufeff/y);
  const node = readNode(cursor);
  take(cursor, /\s+/y);
  return cursor.at < source.text.length ? unexpected(cursor, "the end of the file") : node;
}

function readNode(cursor: Cursor): JsonNode {
  take(cursor, /\s+/y);
  const start = cursor.at;
  const first = cursor.source.text[start];
  if (first === "{") return nested(cursor, true, () => readObject(cursor, start));
  if (first === "[") return nested(cursor, true, () => readArray(cursor, start));
  if (first === '"') return { kind: "value", value: readString(cursor), start, end: cursor.at };
  const word = take(cursor, /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (word === null) return unexpected(cursor, "a JSON value");
  return { kind: "value", value: CONSTANTS.get(word) ?? numberOrNull(word), start, end: cursor.at };
}

const CONSTANTS = new Map([
  ["true", true],
  ["false", false],
]);
const numberOrNull = (word: string): number | null => (word === "null" ? null : Number(word));

function readObject(cursor: Cursor, start: number): JsonNode {
  const entries: { key: string; keySpan: Span; value: JsonNode }[] = [];
  expect(cursor, "{");
  while (take(cursor, /\s*\}/y) === null) {
    if (entries.length > 0) readSeparator(cursor);
    take(cursor, /\s+/y);
    const keyStart = cursor.at;
    const key = readString(cursor);
    const keySpan = { start: keyStart, end: cursor.at };
    take(cursor, /\s+/y);
    expect(cursor, ":");
    entries.push({ key, keySpan, value: readNode(cursor) });
  }
  return { kind: "object", entries, start, end: cursor.at };
}

function readArray(cursor: Cursor, start: number): JsonNode {
  const items: JsonNode[] = [];
  expect(cursor, "[");
  while (take(cursor, /\s*\]/y) === null) {
    if (items.length > 0) readSeparator(cursor);
    items.push(readNode(cursor));
  }
  return { kind: "array", items, start, end: cursor.at };
}

function readSeparator(cursor: Cursor): void {
  take(cursor, /\s+/y);
  expect(cursor, ",");
}

function readString(cursor: Cursor): string {
  const { text } = cursor.source;
  const start = cursor.at;
  expect(cursor, '"');
  while (cursor.at < text.length && text[cursor.at] !== '"')
    cursor.at += text[cursor.at] === "\\" ? 2 : 1;
  expect(cursor, '"');
  try {
    return String(JSON.parse(text.slice(start, cursor.at)));
  } catch {
    return refuse(cursor.source, start, "no JSON text");
  }
}

/** A JSON value as an expression: texts are templates. */
export function expressionOf(node: JsonNode, source: Source): Expression {
  const { start, end } = node;
  if (node.kind === "array")
    return {
      kind: "tuple",
      items: node.items.map((each) => expressionOf(each, source)),
      start,
      end,
    };
  if (node.kind === "object") {
    const entries = node.entries.map(({ key, keySpan, value }) => ({
      key: textExpression(key, keySpan, source),
      value: expressionOf(value, source),
    }));
    return { kind: "object", entries, start, end };
  }
  if (typeof node.value === "string") return textExpression(node.value, node, source);
  return { kind: "literal", value: node.value, start, end };
}

function textExpression(text: string, { start, end }: Span, source: Source): Expression {
  if (!text.includes("${") && !text.includes("%{"))
    return { kind: "literal", value: text, start, end };
  try {
    return { ...parseTemplate({ file: source.file, text }), start, end };
  } catch (error) {
    // Its place is within the text; the reader knows the text by its line in the file.
    if (!(error instanceof AuditError)) throw error;
    return refuse(source, start, error.message.replace(/^.*?:\d+: /, ""));
  }
}
