import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Tags,
  type Node as YamlNode,
  type Scalar as YamlScalar,
} from "yaml";
import { DEEPEST } from "./json.ts";
import type { Entry, Node, Source, Span } from "./node.ts";
import { type Mistake, refusal } from "./yaml-limits.ts";

/** All parts together, each counted as often as aliases repeat it. */
const MOST_PARTS = 1_000_000;
const MOST_ALIASES = 200;

const TAGS = ["Ref", "Condition", "GetAtt", "Sub", "If", "Equals", "And", "Or", "Not", "FindInMap"]
  .concat(["Join", "Select", "Split", "Base64", "Cidr", "GetAZs", "ImportValue", "Transform"])
  .concat(["Length", "ToJsonString", "ForEach", "Contains", "EachMemberEquals", "RefAll"])
  .map((name) => `!${name}`);

const customTags: Tags = TAGS.flatMap((tag) => [
  { tag, resolve: (text: string) => text },
  { tag, collection: "map" as const, resolve: <T>(map: T) => map },
  { tag, collection: "seq" as const, resolve: <T>(seq: T) => seq },
]);

type Reader = {
  document: Document;
  repeated: { name: string; at: Span }[];
  aliases: number;
  parts: number;
  depth: number;
};

/**
 * Reads one document of YAML 1.1 as CloudFormation does: with its short tags, `yes` and `no`, and
 * dates that stay text. Null: several documents, which no template has.
 */
export function readYaml(text: string): Pick<Source, "root" | "repeated"> | Mistake | null {
  const refused = refusal(text);
  if (refused !== null) return refused;
  const { stackTraceLimit } = Error;
  try {
    // The library makes an error for each of a million wrong brackets: their stacks are for nobody.
    Error.stackTraceLimit = 0;
    const documents = parseAllDocuments(text, OPTIONS);
    const [document] = documents;
    if (document === undefined || documents.length !== 1) return null;
    const [error] = document.errors;
    if (error !== undefined) return { mistake: error.message, at: error.pos[0] };
    const reader = { document, repeated: [], aliases: 0, parts: 0, depth: 0 };
    const root = converted(document.contents, reader);
    return "mistake" in root ? root : { root, repeated: reader.repeated };
  } catch (error) {
    // The library's parser calls itself for each level, so that deep nesting ends the stack.
    if (error instanceof RangeError) return { mistake: "it is nested too deep", at: 0 };
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const OPTIONS = {
  version: "1.1",
  // Every scalar stays text, and plain ones are resolved below.
  schema: "failsafe",
  customTags,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

function converted(node: YamlNode | null, reader: Reader): Node | Mistake {
  const at = node?.range?.[0] ?? 0;
  const span = { start: at, end: node?.range?.[1] ?? at };
  if (reader.depth > DEEPEST) return { mistake: "it is nested too deep", at };
  if (++reader.parts > MOST_PARTS) return { mistake: "its aliases make it too large", at };
  reader.depth += 1;
  const plain = untagged(node, span, reader);
  reader.depth -= 1;
  const tag = node?.tag;
  if ("mistake" in plain || tag === undefined || !/^![A-Za-z]/.test(tag)) return plain;
  const name = tag === "!Ref" || tag === "!Condition" ? tag.slice(1) : `Fn::${tag.slice(1)}`;
  const entry: Entry = { key: span, value: plain, repeated: false };
  return { kind: "map", entries: new Map([[name, entry]]), ...span };
}

function untagged(node: YamlNode | null, span: Span, reader: Reader): Node | Mistake {
  if (isAlias(node)) {
    // An alias within what it names goes on until it is nested too deep.
    const target = node.resolve(reader.document);
    if (target === undefined) return { mistake: `nothing is named ${node.source}`, at: span.start };
    if (++reader.aliases > MOST_ALIASES) return { mistake: "too many aliases", at: span.start };
    return converted(target, reader);
  }
  if (isMap(node)) return mapping(node.items, span, reader);
  if (isSeq(node)) return list(node.items, span, reader);
  return isScalar(node) ? scalar(node, span) : { ...NOTHING, ...span };
}

const NOTHING = { kind: "scalar", value: null, text: "" } as const;

function list(items: readonly unknown[], span: Span, reader: Reader): Node | Mistake {
  const nodes: Node[] = [];
  for (const item of items) {
    const node = converted(nodeOf(item), reader);
    if ("mistake" in node) return node;
    nodes.push(node);
  }
  return { kind: "list", items: nodes, ...span };
}

type YamlPair = { key: unknown; value: unknown };

function mapping(pairs: readonly YamlPair[], span: Span, reader: Reader): Node | Mistake {
  const entries = new Map<string, Entry>();
  const merges: Node[] = [];
  for (const { key, value } of pairs) {
    const name = nodeOf(key);
    const at = { start: name?.range?.[0] ?? span.start, end: name?.range?.[1] ?? span.start };
    if (name !== null && !isScalar(name)) return { mistake: "a key is no text", at: at.start };
    const text = name === null ? "" : String(name.value ?? "");
    const inner = converted(nodeOf(value), reader);
    if ("mistake" in inner) return inner;
    const isMerge = text === "<<";
    const repeated = entries.has(text);
    if (repeated) reader.repeated.push({ name: text, at });
    if (isMerge) merges.push(...(inner.kind === "list" ? inner.items : [inner]));
    else entries.set(text, { key: at, value: inner, repeated });
  }
  merge(entries, merges);
  return { kind: "map", entries, ...span };
}

/** What is written in an object goes before what it merges, and earlier merges before later ones. */
function merge(entries: Map<string, Entry>, merges: readonly Node[]): void {
  for (const node of merges) {
    if (node.kind !== "map") continue;
    for (const [key, entry] of node.entries) if (!entries.has(key)) entries.set(key, entry);
  }
}

function nodeOf(value: unknown): YamlNode | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

function scalar(node: YamlScalar, span: Span): Node {
  const text = String(node.value ?? "");
  const isPlain = node.type === "PLAIN" && node.tag === undefined;
  return { kind: "scalar", value: isPlain ? resolved(text) : text, text, ...span };
}

const WORDS = new Map<string, boolean | null>([
  ...["true", "yes", "on"].map((word) => [word, true] as const),
  ...["false", "no", "off"].map((word) => [word, false] as const),
  ...["null", "~", ""].map((word) => [word, null] as const),
]);

function resolved(text: string): null | boolean | number | string {
  const word = text.length < 6 && /^(?:[a-z~]*|[A-Z][a-z]+|[A-Z]+)$/.test(text);
  const known = word ? WORDS.get(text.toLowerCase()) : undefined;
  if (known !== undefined) return known;
  // A leading zero is a part of an account's id, far more often than an octal number.
  return /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
