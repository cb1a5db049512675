import type { Files } from "../../templates/files.ts";

/** A larger file of values nobody wrote by hand. */
const LARGEST = 256 * 1024;

const ATTRIBUTE = /^[ \t]*"?([A-Za-z_][\w-]*)"?[ \t]*[=:]/gm;
const MEMBER = /"([A-Za-z_][\w-]*)"[ \t]*:/g;
const KEYED = /"ParameterKey"[ \t]*:[ \t]*"([A-Za-z0-9]+)"/g;
const OVERRIDE = /\b([A-Za-z][A-Za-z0-9]*)\\?"?=/g;

/**
 * The names to which a file of values gives one: `*.tfvars`, parameters of CloudFormation in one of
 * their three shapes of JSON, the overrides of `samconfig.toml`. None: it is no such file.
 */
export function namesIn(files: Files, path: string): string[] {
  const bytes = files.read(path);
  if (bytes === null || bytes.length > LARGEST) return [];
  const text = new TextDecoder("utf-8").decode(bytes);
  if (/\.tfvars(\.json)?$/.test(path))
    return all(text, path.endsWith(".json") ? MEMBER : ATTRIBUTE);
  if (path.endsWith(".toml")) {
    return text.includes("parameter_overrides") ? all(text, OVERRIDE) : [];
  }
  return parametersIn(text);
}

function parametersIn(text: string): string[] {
  if (text.includes('"ParameterKey"')) return all(text, KEYED);
  // A template has parameters too, and they have no values there.
  if (text.includes('"Parameters"')) return text.includes('"Resources"') ? [] : all(text, MEMBER);
  return /^\s*\[\s*"[A-Za-z0-9]+=/.test(text) ? all(text, OVERRIDE) : [];
}

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);
