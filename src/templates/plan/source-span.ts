import type { Block, Expression, Source, Span } from "../hcl/syntax.ts";

/**
 * Where an attribute of a resource is written, else the nearest block around it. Of blocks made by
 * `dynamic` it is where they are made.
 */
export function spanAt(block: Block, [name, ...rest]: readonly string[]): [Source, Span] {
  if (name === undefined) return [block.source, block.header];
  const attribute = block.body.attributes.get(name);
  if (attribute !== undefined) {
    return [attribute.source, itemSpan(attribute.value, rest) ?? attribute.span];
  }
  const [index, ...inner] = /^\d+$/.test(rest[0] ?? "") ? rest : ["0", ...rest];
  const found = nestedBlock(block, name, Number(index));
  if (found === null) return [block.source, block.header];
  const content = found.type === "dynamic" ? contentOf(found) : found;
  return content === null || inner.length === 0 || !holds(content, inner[0])
    ? [found.source, found.header]
    : spanAt(content, inner);
}

/** The block of a kind that became the one at an index; null: there is none. */
function nestedBlock({ body }: Block, name: string, index: number): Block | null {
  const blocks = body.blocks.filter(
    (each) => each.type === name || (each.type === "dynamic" && each.labels[0] === name),
  );
  const dynamic = blocks.findIndex((each) => each.type === "dynamic");
  // How many a dynamic block makes is not written; all that may be its own is counted to it.
  const isOwn = dynamic === -1 || index < dynamic;
  return blocks[isOwn ? index : dynamic] ?? null;
}

function contentOf({ body }: Block): Block | null {
  return body.blocks.find((each) => each.type === "content") ?? null;
}

function holds({ body }: Block, name = ""): boolean {
  return (
    body.attributes.has(name) ||
    body.blocks.some((each) => each.type === name || each.labels[0] === name)
  );
}

function itemSpan(expression: Expression, [name, ...rest]: readonly string[]): Span | null {
  if (name === undefined) return null;
  const item = itemOf(expression, name);
  return item === undefined ? null : (itemSpan(item, rest) ?? item);
}

function itemOf(expression: Expression, name: string): Expression | undefined {
  if (expression.kind === "tuple") return expression.items[Number(name)];
  if (expression.kind !== "object") return undefined;
  return expression.entries.find(({ key }) => key.kind === "literal" && String(key.value) === name)
    ?.value;
}
