import { AuditError } from "../../errors.ts";
import type { Files } from "../files.ts";
import { readJson } from "./json.ts";
import { looksLikeTemplate, MOST_BYTES } from "./looks.ts";
import { child, entriesOf, itemsOf, type Node, positionOf, type Source, textOf } from "./node.ts";
import { readYaml } from "./yaml.ts";

/**
 * Reads a template's file; null: there is none, or it is no template. Throws AuditError
 * `bad-template`, naming file and line, where a file that looks like a template cannot be read.
 */
export function readSource(files: Files, file: string): Source | null {
  const bytes = files.read(file);
  if (bytes === null) return null;
  const text = decoded(bytes, file);
  return text === null ? null : parseSource(text, file);
}

/** As `readSource`, of a text that is at hand. */
export function parseSource(text: string, file: string): Source | null {
  if (!looksLikeTemplate(text)) return null;
  const parsed = (/^\s*\{/.test(text) ? readJson(text) : null) ?? readYaml(text);
  if (parsed === null) return null;
  if ("mistake" in parsed) {
    const { line, column } = positionOf(text, parsed.at);
    throw badTemplate(`${file}:${line}:${column}`, parsed.mistake);
  }
  const source = { file, text, ...parsed };
  return isTemplate(source) ? source : null;
}

function decoded(bytes: Uint8Array, file: string): string | null {
  if (bytes.length > MOST_BYTES) {
    const start = new TextDecoder("utf-8").decode(bytes.subarray(0, 64 * 1024));
    if (looksLikeTemplate(start)) throw badTemplate(`${file}:1`, "it is larger than 5 MB");
    return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const readable = new TextDecoder("utf-8").decode(bytes);
  if (!looksLikeTemplate(readable)) return null;
  const { line } = positionOf(readable, readable.indexOf("\uFFFD"));
  throw badTemplate(`${file}:${line}`, "it is not UTF-8");
}

function badTemplate(where: string, what: string): AuditError {
  const oneLine = what.split("\n")[0]?.slice(0, 200) ?? "";
  return new AuditError("bad-template", `${where}: ${oneLine}`, "Correct the template there.");
}

function isTemplate({ root }: Source): boolean {
  if (child(root, "AWSTemplateFormatVersion") !== undefined) return true;
  const transforms = itemsOf(child(root, "Transform"));
  if (transforms.some((each) => textOf(each)?.startsWith("AWS::"))) return true;
  for (const [, { value }] of entriesOf(child(root, "Resources"))) {
    if (/^(?:AWS|Custom|Alexa)::/.test(textOf(child(value, "Type")) ?? "")) return true;
  }
  return isEmptied(root);
}

const SECTIONS =
  /^(?:Description|Metadata|Parameters|Mappings|Conditions|Rules|Hooks|Transform|Globals|Resources|Outputs)$/;

/** A template without resources: what it had before, a change takes away. */
function isEmptied(root: Node): boolean {
  const sections = [...entriesOf(root)].map(([name]) => name);
  const resources = child(root, "Resources");
  if (resources === undefined || !sections.every((name) => SECTIONS.test(name))) return false;
  return resources.kind === "map"
    ? resources.entries.size === 0
    : resources.kind === "scalar" && resources.value === null;
}
