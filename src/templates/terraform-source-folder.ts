import { AuditError } from "../errors.ts";
import type { Files } from "./files.ts";
import { parseBody } from "./hcl/body.ts";
import { parseJsonBody } from "./hcl/json.ts";
import type { Block, Body, Source } from "./hcl/syntax.ts";
import type { Term } from "./hcl/term.ts";
import { joinPath } from "./terraform-source-paths.ts";

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 10_000;

/** What was parsed of one set of files, so that no file is parsed twice. */
export type Parsed = {
  files: Files;
  bodies: Map<string, Body>;
  /** What else a folder's configuration is told by; absent: nothing. */
  beside?: (folder: string) => Beside | null;
};

/** A module that a folder applies, and values that it gives variables. */
export type Beside = { module: Block | null; inputs: ReadonlyMap<string, Term> };

/** Whether a folder holds configuration of Terraform or OpenTofu. */
export function holdsConfiguration(
  entries: readonly { name: string; isFolder: boolean }[],
): boolean {
  return entries.some(({ name, isFolder }) => !isFolder && isConfiguration(name));
}

const isConfiguration = (name: string): boolean =>
  /\.(tf|tofu)(\.json)?$/.test(name) && !name.startsWith(".");

/** The bodies of a folder's files: the ordinary ones by name, then those that override them. */
export function readFolder(
  parsed: Parsed,
  folder: string,
): { ordinary: Body[]; overrides: Body[] } {
  const entries = parsed.files.list(folder).filter(({ isFolder }) => !isFolder);
  const all = entries
    .map(({ name }) => name)
    .filter(isConfiguration)
    .sort();
  // OpenTofu leaves x.tf unread where there is x.tofu.
  const names = all.filter(
    (name) => !name.includes(".tf") || !all.includes(name.replace(/\.tf(\.json)?$/, ".tofu$1")),
  );
  const bodyOf = (name: string) => parseFile(parsed, joinPath(folder, name));
  return {
    ordinary: names.filter((name) => !isOverride(name)).map(bodyOf),
    overrides: names.filter(isOverride).map(bodyOf),
  };
}

const isOverride = (name: string): boolean => /(^|_)override\.(tf|tofu)(\.json)?$/.test(name);

/** Parses one file; throws an AuditError `bad-template` where it cannot be read. */
export function parseFile(parsed: Parsed, path: string): Body {
  const known = parsed.bodies.get(path);
  if (known !== undefined) return known;
  if (parsed.bodies.size >= MAX_FILES) throw tooMuch(path, `more than ${MAX_FILES} files`);
  const source = sourceOf(parsed.files, path);
  const body = path.endsWith(".json") ? parseJsonBody(source) : parseBody(source);
  parsed.bodies.set(path, body);
  return body;
}

function sourceOf(files: Files, path: string): Source {
  const bytes = files.read(path) ?? new Uint8Array();
  if (bytes.length > MAX_BYTES) throw tooMuch(path, "more than 2 MB");
  const text = decoded(bytes);
  if (text !== null) return { file: path, text };
  throw new AuditError(
    "bad-template",
    `${path}:1: the file is not UTF-8`,
    "Save the file as UTF-8.",
  );
}

/** Bytes as text; null: they are not UTF-8. */
export function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function tooMuch(path: string, what: string): AuditError {
  return new AuditError("bad-template", `${path}:1: ${what}`, "Check a smaller folder, or a plan.");
}
