import type { Files } from "./files.ts";
import { setOf, type Term, textOf, unresolved } from "./hcl/term.ts";
import { joinPath, within } from "./terraform-source-paths.ts";

const MOST_ENTRIES = 20_000;
const DEEPEST = 20;
const LONGEST_PATTERN = 200;

/** Computes `fileset(path, pattern)`: the files below a folder that match, from it, sorted; links are no files here. */
export function fileset(files: Files, folder: string, args: readonly Term[]): Term {
  const [path, pattern, ...more] = args.map(textOf);
  if (typeof path !== "string") return path ?? unresolved("fileset()");
  if (typeof pattern !== "string" || more.length > 0) return pattern ?? unresolved("fileset()");
  const start = within(folder, path);
  const matches = isCostly(pattern) ? null : matcher(pattern);
  if (start === null || matches === null) return unresolved(`fileset(${path}, ${pattern})`);
  const names = filesBelow(files, start, pattern.split("/").length, pattern.includes("**"));
  if (names === null) return unresolved(`fileset(${path}, ${pattern}), of too many files`);
  return setOf(names.filter((name) => matches.test(name)));
}

/** Each star may take any part of a long name, and together they may take it in many ways. */
const isCostly = (pattern: string): boolean =>
  pattern.length > LONGEST_PATTERN ||
  pattern.split("**").length > 3 ||
  pattern.split("/").some((part) => part.split("*").length > 3);

/** Relative paths of files; null: there are too many. */
function filesBelow(files: Files, start: string, depth: number, isDeep: boolean): string[] | null {
  const found: string[] = [];
  const rest = [{ inner: "", level: 1 }];
  let entries = 0;
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { inner, level } = next;
    for (const { name, isFolder } of files.list(within(start, inner) ?? start)) {
      entries += 1;
      if (entries > MOST_ENTRIES || level > DEEPEST) return null;
      const path = joinPath(inner, name);
      if (!isFolder) found.push(path);
      else if (name !== ".git" && (isDeep || level < depth))
        rest.push({ inner: path, level: level + 1 });
    }
  }
  return found;
}

/** `*`, `?`, `[a-z]`, `{a,b}` and `**` between slashes, as Terraform reads them; null: not understood. */
function matcher(pattern: string): RegExp | null {
  const parts = pattern.split(/(\*\*\/|\*\*$|\*+|\?|\{[^{}/]*\}|\[[^\]/]+\]|\\.)/);
  const written = parts.map((part, index) => (index % 2 === 0 ? escaped(part) : special(part)));
  return written.includes(null) || /[{}[\]]/.test(parts.filter((_, at) => at % 2 === 0).join(""))
    ? null
    : new RegExp(`^${written.join("")}$`, "s");
}

const escaped = (text: string): string => text.replace(/[.+^$()|\\/{}[\]]/g, "\\$&");

function special(part: string): string | null {
  if (part === "**/") return "(?:[^/]+/)*";
  if (part === "**") return ".*";
  if (part === "*") return "[^/]*";
  if (part === "?") return "[^/]";
  if (part.startsWith("{")) return alternatives(part.slice(1, -1).split(","));
  if (part.startsWith("\\")) return escaped(part.slice(1));
  // Several stars within a name, and classes, which nobody writes here.
  return null;
}

function alternatives(words: readonly string[]): string | null {
  const known = words.map((word) => (/[*?[\]]/.test(word) ? null : escaped(word)));
  return known.includes(null) ? null : `(?:${known.join("|")})`;
}
