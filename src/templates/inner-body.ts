import { isUnknown, type Unknown } from "../snapshot/unknown.ts";
import type { Entry, Node, Scalar, Source } from "./cloudformation/node.ts";
import { parseSource } from "./cloudformation/source.ts";
import type { Parameter, Template } from "./cloudformation/template.ts";
import { templateOf } from "./cloudformation/template.ts";
import { isReference, isText, type Reference, type Value } from "./value.ts";

/** A template that is written as a text within another description, with what stands in its holes. */
export type InnerTemplate = { template: Template; holes: ReadonlyMap<string, Value> };

/**
 * The template that a text is, or a document that is to be encoded, parts of which may not be known:
 * each becomes a parameter of the template. Null: it is none, or what is not known may be any part of it. Throws AuditError
 * `bad-template` where it looks like a template and cannot be read.
 */
export function innerTemplate(body: Value, file: string): InnerTemplate | null {
  const holes = new Map<string, Value>();
  const text = textWithHoles(body, holes);
  const source = text === null ? null : parseSource(text, file);
  if (source === null) return null;
  const template = templateOf(holes.size === 0 ? source : withParameters(source, holes));
  const declared = new Map<string, Parameter>(template.parameters);
  for (const name of holes.keys()) {
    declared.set(name, { type: "String", default: undefined, allowed: undefined });
  }
  return { template: { ...template, parameters: declared }, holes };
}

/** Around the name of a hole; nobody else writes these. */
const [OPENS, CLOSES] = ["\uE0F0", "\uE0F1"];
const MARKED = /\uE0F0([^\uE0F0\uE0F1]{1,400})\uE0F1/g;
/** What is not known stands alone on its lines: it may be whole resources. */
const ALONE = /^[ \t]*(?:\uE0F0[^\uE0F0\uE0F1]{1,400}\uE0F1[ \t]*)+$/m;

function textWithHoles(body: Value, holes: Map<string, Value>): string | null {
  if (typeof body === "string") return body;
  if (!isText(body)) return isOpen(body) ? null : JSON.stringify(marked(body, holes));
  const text = body.$text.map((part) => (typeof part === "string" ? part : hole(part, holes)));
  const joined = text.join("");
  return body.isJson !== true && ALONE.test(joined) ? null : joined;
}

const isOpen = (value: Value): value is Unknown | Reference =>
  isUnknown(value) || isReference(value);

/** A document as it was before it was encoded. */
function marked(value: Value, holes: Map<string, Value>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isText(value)) return textWithHoles({ ...value, isJson: true }, holes);
  if (isOpen(value)) return hole(value, holes);
  if (Array.isArray(value)) return value.map((each: Value) => marked(each, holes));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replace(/^\$\$/, "$"), marked(inner, holes)]),
  );
}

/** The same expression has the same name wherever it stands, before a change and after it. */
function hole(part: Value, holes: Map<string, Value>): string {
  const name = `${holeName(part)
    .replace(/[.{}!\uE0F0\uE0F1]/g, " ")
    .trim()
    .slice(0, 200)} (a part)`;
  holes.set(name, part);
  return `${OPENS}${name}${CLOSES}`;
}

function holeName(part: Value): string {
  if (isReference(part)) return `${part.$reference.address} ${part.$reference.attribute}`;
  return isUnknown(part) ? (part.$unknown.detail ?? part.$unknown.reason) : "";
}

const withParameters = (source: Source, holes: ReadonlyMap<string, Value>): Source => ({
  ...source,
  root: withCalls(source.root, { holes, isSub: false }),
});

type Within = { holes: ReadonlyMap<string, Value>; isSub: boolean };

function withCalls(node: Node, within: Within): Node {
  if (node.kind === "scalar") return scalarWithCalls(node, within);
  if (node.kind === "list") {
    return { ...node, items: node.items.map((each) => withCalls(each, within)) };
  }
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const isSub = key === "Fn::Sub";
    entries.set(key, { ...entry, value: withCalls(entry.value, { ...within, isSub }) });
  }
  return { ...node, entries };
}

function scalarWithCalls(node: Scalar, { holes, isSub }: Within): Node {
  const { value, text, start, end } = node;
  if (typeof value !== "string" || !text.includes(OPENS)) return node;
  const escaped = isSub ? text : text.replaceAll("${", "${!");
  const filled = escaped.replace(MARKED, (all, name: string) =>
    holes.has(name) ? `\${${name}}` : all,
  );
  const argument: Scalar = { ...node, value: filled, text: filled };
  if (isSub) return argument;
  const entry: Entry = { key: { start, end }, value: argument, repeated: false };
  return { kind: "map", start, end, entries: new Map([["Fn::Sub", entry]]) };
}
