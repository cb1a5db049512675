import type { Location } from "../../snapshot/location.ts";

/** Offsets into a text, in UTF-16 units. */
export type Span = { start: number; end: number };

/** A part of a template as it was written: YAML's short tags are spelled out as `Ref` and `Fn::…`. */
export type Node = Scalar | List | Mapping;

/** A value without parts; `text` is how it was written, since `012345678901` is no number. */
export type Scalar = Span & {
  kind: "scalar";
  value: null | boolean | number | string;
  text: string;
};

/** An array. */
export type List = Span & { kind: "list"; items: readonly Node[] };

/** An object; where a key is written twice, the last counts and `repeated` says so. */
export type Mapping = Span & { kind: "map"; entries: ReadonlyMap<string, Entry> };

/** A key of an object with its value. */
export type Entry = { key: Span; value: Node; repeated: boolean };

/** A file that was parsed. */
export type Source = {
  file: string;
  text: string;
  root: Node;
  /** The keys that are written twice within one object. */
  repeated: readonly { name: string; at: Span }[];
};

/** The value under a key; undefined where the node is no object or has no such key. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** The text of a scalar; undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? node.text : undefined;
}

/** The entries of an object; none of anything else. */
export function entriesOf(node: Node | undefined): Iterable<[string, Entry]> {
  return node?.kind === "map" ? node.entries : [];
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === "list" ? node.items : [node];
}

/** A function call, `{"Fn::Name": argument}`, else undefined. `Condition` calls only within conditions. */
export function callOf(node: Node): { name: string; argument: Node } | undefined {
  if (node.kind !== "map" || node.entries.size !== 1) return undefined;
  const [only] = node.entries;
  if (only === undefined) return undefined;
  const [name, { value }] = only;
  const isCall = name === "Ref" || (name.startsWith("Fn::") && !name.startsWith("Fn::ForEach::"));
  return isCall ? { name, argument: value } : undefined;
}

/** Where a span lies in its file. */
export function locationOf(source: Source, span: Span): Location {
  const start = positionIn(source, span.start);
  const end = positionIn(source, span.end);
  return { file: source.file, ...start, endLine: end.line, endColumn: end.column };
}

type Position = { line: number; column: number };

/** Line and column of an offset, counted from 1. */
export function positionOf(text: string, offset: number): Position {
  return placed(lineStartsOf(text), offset);
}

const lineStarts = new WeakMap<Source, readonly number[]>();

function positionIn(source: Source, offset: number): Position {
  const starts = lineStarts.get(source) ?? lineStartsOf(source.text);
  lineStarts.set(source, starts);
  return placed(starts, offset);
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function placed(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
