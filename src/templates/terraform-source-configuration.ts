import { refuse } from "./hcl/cursor.ts";
import type { Attribute, Block, Body } from "./hcl/syntax.ts";
import type { Term } from "./hcl/term.ts";
import { type Parsed, readFolder } from "./terraform-source-folder.ts";

/** What the files of one folder declare, with the override files laid over it. */
export type Configuration = {
  folder: string;
  variables: ReadonlyMap<string, Block>;
  locals: ReadonlyMap<string, Attribute>;
  outputs: ReadonlyMap<string, Block>;
  /** By `aws`, or `aws.alias`. */
  providers: ReadonlyMap<string, Block>;
  /** By `type.name`. */
  resources: ReadonlyMap<string, Block>;
  data: ReadonlyMap<string, Block>;
  modules: ReadonlyMap<string, Block>;
  moved: readonly Block[];
  removed: readonly Block[];
  /** Values for the variables of what is applied here, which stand outside of the language. */
  inputs: ReadonlyMap<string, Term> | null;
};

/** Reads a folder; throws an AuditError `bad-template` where the language would refuse it. */
export function configurationOf(parsed: Parsed, folder: string): Configuration {
  const { ordinary, overrides } = readFolder(parsed, folder);
  const beside = parsed.beside?.(folder) ?? null;
  const called = beside?.module ?? null;
  const blocks = [...ordinary.flatMap((body) => body.blocks), ...(called === null ? [] : [called])];
  const over = overrides.flatMap((body) => body.blocks);
  const declared = (type: string) =>
    merged(
      named(blocks, type),
      over.filter((each) => each.type === type),
    );
  return {
    folder,
    variables: declared("variable"),
    locals: localsOf(blocks, over),
    outputs: declared("output"),
    providers: declared("provider"),
    resources: declared("resource"),
    data: declared("data"),
    modules: declared("module"),
    moved: blocks.filter((each) => each.type === "moved"),
    removed: blocks.filter((each) => each.type === "removed"),
    inputs: beside?.inputs ?? null,
  };
}

function nameOf(block: Block): string {
  if (block.type !== "provider") return block.labels.join(".");
  const alias = block.body.attributes.get("alias")?.value;
  const name = block.labels.join(".");
  return alias?.kind === "literal" ? `${name}.${alias.value}` : name;
}

function named(blocks: readonly Block[], type: string): Map<string, Block> {
  const found = new Map<string, Block>();
  for (const block of blocks) {
    if (block.type !== type) continue;
    const labels = type === "resource" || type === "data" ? 2 : 1;
    const name = nameOf(block);
    if (block.labels.length !== labels)
      refuse(block.source, block.header.start, `${type} needs ${labels} labels`);
    if (found.has(name))
      refuse(block.source, block.header.start, `${type} ${name} is declared twice`);
    found.set(name, block);
  }
  return found;
}

function merged(blocks: Map<string, Block>, overrides: readonly Block[]): Map<string, Block> {
  for (const over of overrides) {
    const name = nameOf(over);
    const base = blocks.get(name);
    if (base === undefined)
      refuse(over.source, over.header.start, `nothing to override: ${over.type} ${name}`);
    else blocks.set(name, { ...base, body: overridden(base.body, over.body) });
  }
  return blocks;
}

/** Arguments replace arguments; blocks of a type replace all blocks of that type. */
function overridden(base: Body, over: Body): Body {
  const kinds = new Set(over.blocks.map(kindOf));
  return {
    attributes: new Map([...base.attributes, ...over.attributes]),
    blocks: [...base.blocks.filter((each) => !kinds.has(kindOf(each))), ...over.blocks],
  };
}

const kindOf = (block: Block): string =>
  block.type === "dynamic" ? (block.labels[0] ?? "") : block.type;

function localsOf(blocks: readonly Block[], overrides: readonly Block[]): Map<string, Attribute> {
  const locals = new Map<string, Attribute>();
  for (const block of blocks.filter(({ type }) => type === "locals")) {
    for (const [name, attribute] of block.body.attributes) {
      if (locals.has(name))
        refuse(attribute.source, attribute.span.start, `local ${name} is declared twice`);
      locals.set(name, attribute);
    }
  }
  for (const block of overrides.filter(({ type }) => type === "locals")) {
    for (const [name, attribute] of block.body.attributes) locals.set(name, attribute);
  }
  return locals;
}
