import { refuse } from "./cursor.ts";
import { expressionOf, type JsonNode } from "./json.ts";
import { NESTED_BLOCKS } from "./nested-blocks.ts";
import type { Attribute, Block, Body, Source, Span } from "./syntax.ts";

/** How many labels each kind of block has at the top of a file. */
const LABELS = new Map([
  ["resource", 2],
  ["data", 2],
  ["ephemeral", 2],
  ["variable", 1],
  ["output", 1],
  ["module", 1],
  ["provider", 1],
  ["check", 1],
  ["locals", 0],
  ["terraform", 0],
  ["moved", 0],
  ["removed", 0],
  ["import", 0],
]);

/** A file of the JSON syntax as blocks. */
export function bodyOfJson(node: JsonNode, source: Source): Body {
  if (node.kind !== "object") return refuse(source, node.start, "expected an object");
  const blocks = node.entries.flatMap(({ key, keySpan, value }) => {
    const labels = LABELS.get(key);
    return labels === undefined
      ? []
      : labelled({ key, keySpan, source }, value, { labels, taken: [] });
  });
  return { attributes: new Map(), blocks };
}

type Named = { key: string; keySpan: Span; source: Source };

function labelled(
  named: Named,
  node: JsonNode,
  { labels, taken }: { labels: number; taken: string[] },
): Block[] {
  if (node.kind === "array")
    return node.items.flatMap((each) => labelled(named, each, { labels, taken }));
  if (node.kind !== "object")
    return refuse(named.source, node.start, `expected an object for "${named.key}"`);
  if (labels === 0) return [blockOf(named, taken, node)];
  return node.entries.flatMap(({ key, keySpan, value }) =>
    labelled({ ...named, keySpan }, value, { labels: labels - 1, taken: [...taken, key] }),
  );
}

type JsonObject = Extract<JsonNode, { kind: "object" }>;

function blockOf(
  { key, keySpan, source }: Named,
  labels: readonly string[],
  node: JsonObject,
): Block {
  return { type: key, labels, body: innerBody(node, source), header: keySpan, source };
}

function innerBody(node: JsonObject, source: Source): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const { key, keySpan, value } of node.entries) {
    const named = { key, keySpan, source };
    if (key === "dynamic") blocks.push(...labelled(named, value, { labels: 1, taken: [] }));
    else if (NESTED_BLOCKS.has(key) && isBlocks(value))
      blocks.push(...labelled(named, value, { labels: 0, taken: [] }));
    else if (attributes.has(key)) refuse(source, keySpan.start, `"${key}" is set twice`);
    else {
      const span = { start: keySpan.start, end: value.end };
      attributes.set(key, { name: key, value: expressionOf(value, source), span, source });
    }
  }
  return { attributes, blocks };
}

/** An object, or a list of them; a text may be an expression that gives either. */
function isBlocks(node: JsonNode): boolean {
  return (
    node.kind === "object" ||
    (node.kind === "array" && node.items.every((each) => each.kind === "object"))
  );
}
