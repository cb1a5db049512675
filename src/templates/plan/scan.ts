import { AuditError } from "../../errors.ts";
import type { Json } from "../../snapshot/unknown.ts";

/** A JSON text in UTF-8, and what to call it. */
export type JsonFile = { path: string; bytes: Buffer };

/** One value in a JSON text. */
export type Part = {
  of: JsonFile;
  start: number;
  /** The byte after its last; null until it was passed. */
  end: number | null;
  depth: number;
};

/** Modules within modules, and blocks within blocks, nest far less deep. */
const MAX_DEPTH = 512;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value that begins at or after an offset. */
export function partAt(of: JsonFile, offset: number): Part {
  return { of, start: afterSpace(of, offset), end: null, depth: 0 };
}

/**
 * The members of an object, in one pass; none of anything else. What the caller does not look into is
 * only counted in brackets and strings: a plan of a hundred megabytes says very little of the audit
 * trail, and to parse all of it would take several times its size.
 */
export function* membersOf(part: Part | undefined): Iterable<[string, Part]> {
  if (part === undefined || part.of.bytes[part.start] !== OPEN_OBJECT) return;
  const { of } = part;
  let at = afterSpace(of, part.start + 1);
  while (of.bytes[at] !== CLOSE_OBJECT) {
    if (of.bytes[at] !== QUOTE) throw notJson(of, at);
    const after = endOfString(of, at);
    const colon = afterSpace(of, after);
    if (of.bytes[colon] !== COLON) throw notJson(of, colon);
    const value = partWithin(part, colon + 1);
    yield [keyText({ of, start: at, end: after, depth: part.depth }), value];
    at = nextItem(of, endOf(value), CLOSE_OBJECT);
  }
  part.end = at + 1;
}

/** The items of a list, in one pass; none of anything else. */
export function* itemsOf(part: Part | undefined): Iterable<Part> {
  if (part === undefined || part.of.bytes[part.start] !== OPEN_LIST) return;
  let at = afterSpace(part.of, part.start + 1);
  while (part.of.bytes[at] !== CLOSE_LIST) {
    const item = partWithin(part, at);
    yield item;
    at = nextItem(part.of, endOf(item), CLOSE_LIST);
  }
  part.end = at + 1;
}

/** The member of this name, the first where it is written twice; nothing after it is looked at. */
export function memberOf(part: Part | undefined, name: string): Part | undefined {
  for (const [key, value] of membersOf(part)) if (key === name) return value;
  return undefined;
}

/** Parses a value; undefined where there is none. */
export function parsed(part: Part | undefined): Json | undefined {
  if (part === undefined) return undefined;
  try {
    return JSON.parse(UTF8.decode(bytesOf(part)));
  } catch (error) {
    // A SyntaxError for what is no JSON, a TypeError for what is no UTF-8.
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw notJson(part.of, part.start, error);
  }
}

/** Whether two values are written in the same way. */
export function isSameText(one: Part, other: Part): boolean {
  return bytesOf(one).equals(bytesOf(other));
}

function bytesOf(part: Part): Buffer {
  return part.of.bytes.subarray(part.start, endOf(part));
}

function partWithin({ of, depth }: Part, offset: number): Part {
  if (depth >= MAX_DEPTH) throw tooDeep(of);
  return { of, start: afterSpace(of, offset), end: null, depth: depth + 1 };
}

function keyText(key: Part): string {
  const text = key.of.bytes.toString("latin1", key.start + 1, endOf(key) - 1);
  if (/^[\w.:@-]*$/.test(text)) return text;
  const value = parsed(key);
  if (typeof value !== "string") throw notJson(key.of, key.start);
  return value;
}

/** The next item, past the comma, or the bracket that closes. */
function nextItem(of: JsonFile, after: number, closing: number): number {
  const at = afterSpace(of, after);
  if (of.bytes[at] === closing) return at;
  const next = afterSpace(of, at + 1);
  if (of.bytes[at] !== COMMA || of.bytes[next] === closing) throw notJson(of, at);
  return next;
}

function afterSpace({ bytes }: JsonFile, offset: number): number {
  let at = offset;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}

function endOf(part: Part): number {
  part.end ??= endOfValue(part);
  return part.end;
}

function endOfValue({ of, start, depth }: Part): number {
  const byte = of.bytes[start];
  if (byte === QUOTE) return endOfString(of, start);
  if (byte === OPEN_OBJECT || byte === OPEN_LIST) return endOfNested(of, start, depth);
  let at = start;
  while (isScalar(of.bytes[at])) at++;
  if (at === start) throw notJson(of, at);
  return at;
}

/** Of the letters, digits, signs and points in which null, flags and numbers are written. */
function isScalar(byte = 0): boolean {
  const isLetter = (byte >= 0x61 && byte <= 0x7a) || byte === 0x45;
  return isLetter || (byte >= 0x2b && byte <= 0x39 && byte !== COMMA);
}

function endOfNested(of: JsonFile, start: number, outside: number): number {
  const { bytes } = of;
  let depth = outside;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(of, at) - 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth > MAX_DEPTH) throw tooDeep(of);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === outside) return at + 1;
    }
  }
  throw notJson(of, bytes.length);
}

function endOfString(of: JsonFile, start: number): number {
  const { bytes } = of;
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  throw notJson(of, bytes.length);
}

const CURE = "Make it anew: terraform show -json tfplan > plan.json";

function notJson({ path, bytes }: JsonFile, at: number, cause?: unknown): AuditError {
  const where = at >= bytes.length ? "it ends too early" : `see byte ${at}`;
  const message = `${path} looks like a Terraform plan, but is not valid JSON: ${where}`;
  return new AuditError("bad-template", message, CURE, { cause });
}

function tooDeep({ path }: JsonFile): AuditError {
  const message = `${path} nests its values more than ${MAX_DEPTH} deep, as no plan does`;
  return new AuditError("bad-template", message, CURE);
}
