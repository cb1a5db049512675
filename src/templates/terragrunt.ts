import { AuditError } from "../errors.ts";
import { evaluate } from "./hcl/evaluate.ts";
import type { Attribute, Block } from "./hcl/syntax.ts";
import { type Term, textOf, unresolved } from "./hcl/term.ts";
import { type Beside, type Parsed, readFolder } from "./terraform-source-folder.ts";
import { joinPath, relativeTo, within } from "./terraform-source-paths.ts";
import { type File, fileOf } from "./terragrunt-file.ts";

const NAME = "terragrunt.hcl";
const MOST_INCLUDED = 50;

/**
 * What `terragrunt.hcl` and what it includes make of its folder: the module that it applies, as if a
 * block called it, and values of variables; those of which nobody knows whether it gives them are not
 * known. Null: there is none. Throws an AuditError `bad-template` where one cannot be read.
 */
export function terragruntIn(parsed: Parsed, folder: string): Beside | null {
  const path = joinPath(folder, NAME);
  if (parsed.files.read(path) === null) return null;
  const file = fileOf({ parsed, folder, budget: { left: MOST_INCLUDED } }, path);
  const source = file.source === null ? null : textOf(evaluate(file.source.value, file.scope));
  const target = typeof source === "string" ? localFolder(folder, source) : null;
  const inputs = new Map(file.inputs);
  if (file.isOpen) {
    for (const name of variablesIn(parsed, file.source === null ? folder : target)) {
      if (!inputs.has(name)) inputs.set(name, unresolved(`what ${path} gives var.${name}`));
    }
  }
  if (file.source === null) return { module: null, inputs };
  const written = target === null ? source : (relativePath(folder, target) ?? source);
  return { module: moduleOf(folder, { file, source: written, names: inputs.keys() }), inputs };
}

/** `modules//trail` means the folder `modules/trail`; null: it is not one of the repository's. */
function localFolder(folder: string, source: string): string | null {
  if (/^[a-z][a-z0-9+.-]*::|^[\w.-]+@|:\/\//i.test(source) || /^(?:github|bitbucket)/.test(source))
    return null;
  return within(folder, source);
}

function relativePath(folder: string, target: string): string | null {
  const path = relativeTo(folder, target);
  return path.startsWith(".") ? path : `./${path}`;
}

function variablesIn(parsed: Parsed, folder: string | null): string[] {
  if (folder === null) return [];
  try {
    const { ordinary } = readFolder(parsed, folder);
    const blocks = ordinary.flatMap((body) => body.blocks);
    return blocks.flatMap(({ type, labels }) => (type === "variable" ? labels : []));
  } catch (error) {
    // Whoever reads the module is told.
    if (error instanceof AuditError) return [];
    throw error;
  }
}

type Applied = { file: File; source: Term; names: Iterable<string> };

/** The module as if a block called it, with the folder's name. */
function moduleOf(folder: string, { file, source, names }: Applied): Block | null {
  if (file.source === null) return null;
  const { span, source: written, value } = file.source;
  const at = { start: value.start, end: value.end };
  const attributes = new Map<string, Attribute>();
  const text = typeof source === "string" ? source : null;
  const literal = { ...at, kind: "literal" as const, value: text };
  attributes.set("source", {
    name: "source",
    value: text === null ? value : literal,
    span,
    source: written,
  });
  const inputs = file.body.attributes.get("inputs");
  for (const name of names) {
    const from = { ...at, kind: "name" as const, name: "terragrunt" };
    const key = { ...at, kind: "literal" as const, value: name };
    const place = inputs ?? file.source;
    attributes.set(name, {
      name,
      value: { ...at, kind: "index", from, key },
      span: place.span,
      source: place.source,
    });
  }
  const label = (folder.split("/").at(-1) ?? "").replace(/[^\w-]/g, "_") || "root";
  return {
    type: "module",
    labels: [label],
    body: { attributes, blocks: [] },
    header: span,
    source: written,
  };
}
