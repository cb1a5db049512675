import type { Location } from "../snapshot/location.ts";
import type { Expression, Source, Span } from "./hcl/syntax.ts";
import type { Place } from "./terraform-source-body.ts";
import type { Module } from "./terraform-source-reading.ts";

const starts = new WeakMap<Source, readonly number[]>();

/** Where each line of a source begins. */
function linesOf(source: Source): readonly number[] {
  const known = starts.get(source);
  if (known !== undefined) return known;
  const found = [0];
  for (let at = source.text.indexOf("\n"); at !== -1; at = source.text.indexOf("\n", at + 1))
    found.push(at + 1);
  starts.set(source, found);
  return found;
}

function lineAndColumn(source: Source, offset: number): [number, number] {
  const lines = linesOf(source);
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (lines[low] ?? 0) + 1];
}

/** A span of a source with lines and columns. */
export function locationOf(source: Source, { start, end }: Span): Location {
  const [line, column] = lineAndColumn(source, start);
  const [endLine, endColumn] = lineAndColumn(source, Math.max(start, trimmedEnd(source, end)));
  return { file: source.file, line, column, endLine, endColumn };
}

/** Blanks before the brace of a block are not its header's. */
function trimmedEnd({ text }: Source, end: number): number {
  let at = end;
  while (at > 0 && (text[at - 1] === " " || text[at - 1] === "\t")) at -= 1;
  return at;
}

/**
 * Finds what a JSON pointer leads to: an argument, in it an item as far as it is written out, else
 * the block around it. What is in a module that `terraform init` fetched is told by the call.
 */
export function locator(module: Module, place: Place): (pointer: string) => Location {
  return (pointer) => {
    const call = fetchedBy(module);
    if (call !== null) return locationOf(call.source, call.header);
    const names = pointer.split("/").slice(1).map(unescaped);
    return within(place, names);
  };
}

const unescaped = (name: string): string => name.replace(/~1/g, "/").replace(/~0/g, "~");

function within(
  { block, attributes, blocks }: Place,
  [name = "", ...rest]: readonly string[],
): Location {
  const attribute = attributes.get(name);
  if (attribute !== undefined) {
    const inner = innerSpan(attribute.value, rest);
    return locationOf(attribute.source, inner ?? attribute.span);
  }
  const index = /^\d+$/.test(rest[0] ?? "") ? Number(rest[0]) : 0;
  const nested = blocks.get(name);
  const inner = nested?.[index] ?? nested?.at(-1);
  return inner === undefined
    ? locationOf(block.source, block.header)
    : within(inner, rest.slice(1));
}

function innerSpan(expression: Expression, [name, ...rest]: readonly string[]): Span | null {
  if (name === undefined) return null;
  const inner = itemOf(expression, name);
  return inner === null ? null : (innerSpan(inner, rest) ?? inner);
}

function itemOf(expression: Expression, name: string): Expression | null {
  if (expression.kind === "tuple") return expression.items[Number(name)] ?? null;
  if (expression.kind !== "object") return null;
  const entry = expression.entries.find(
    ({ key }) => key.kind === "literal" && String(key.value) === name,
  );
  return entry?.value ?? null;
}

/** The call, in the checkout's own files, of a module that lies under `.terraform`; null: it lies elsewhere. */
function fetchedBy(module: Module) {
  for (let each = module; each.call !== null; each = each.call.module) {
    const isFetched = (folder: string) => folder.split("/").includes(".terraform");
    if (isFetched(each.configuration.folder) && !isFetched(each.call.module.configuration.folder))
      return each.call.block;
  }
  return null;
}
