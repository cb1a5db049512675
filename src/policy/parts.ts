import { certainLength } from "./keywords/list.ts";
import { below, type Check, isRecord, type Node } from "./node.ts";

/** A value, where it is within the subject, and the schema that judged it. */
export type Spot = { node: Node; value: unknown; pointer: string };

/** The values that a keyword asks about, each with the schema that it asks. */
export function* partsOf(check: Check, { value, pointer }: Spot): Generator<Spot> {
  const spot = { value, pointer };
  if (check.kind === "allOf" || check.kind === "anyOf") {
    for (const node of check.children) yield { ...spot, node };
  }
  if (check.kind === "not") yield { ...spot, node: check.child };
  if (Array.isArray(value)) yield* itemsOf(check, value, pointer);
  else if (isRecord(value)) yield* propertiesOf(check, value, pointer);
}

function* itemsOf(check: Check, value: readonly unknown[], pointer: string): Generator<Spot> {
  if (check.kind !== "items" && check.kind !== "contains") return;
  for (const [index, item] of value.slice(0, certainLength(value)).entries()) {
    yield { node: check.child, value: item, pointer: below(pointer, index) };
  }
}

function* propertiesOf(
  check: Check,
  value: Record<string, unknown>,
  pointer: string,
): Generator<Spot> {
  if (check.kind === "properties") {
    for (const { name, node } of check.children) {
      if (Object.hasOwn(value, name)) {
        yield { node, value: value[name], pointer: below(pointer, name) };
      }
    }
  }
  if (check.kind !== "additionalProperties") return;
  for (const name of Object.keys(value)) {
    if (check.known.has(name)) continue;
    yield { node: check.child, value: value[name], pointer: below(pointer, name) };
  }
}
