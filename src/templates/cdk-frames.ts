import type { Location } from "../snapshot/location.ts";
import { itemsOf, type Node, textOf } from "./cloudformation/node.ts";
import { folderOf } from "./cloudformation/paths.ts";
import type { Files } from "./files.ts";

/** A line of a stack trace. */
type Frame = { path: string; line: number; column: number };

const MOST_FRAMES = 50;
const MOST_BYTES = 5_000_000;
/** Code that the user did not write. */
const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|dist-packages|cdk\.out|\.venv|venv)\//;

/** Finds lines of a checkout that stack traces of another machine name; remembers what it read. */
export function frameFinder(files: Files): (trace: Node) => Location | null {
  const lists = new Map<string, ReadonlySet<string>>();
  const lengths = new Map<string, readonly number[]>();
  const exists = (path: string): boolean => {
    const folder = folderOf(path);
    const names = lists.get(folder) ?? filesIn(files, folder);
    lists.set(folder, names);
    return names.has(path.slice(folder === "" ? 0 : folder.length + 1));
  };
  const linesOf = (path: string): readonly number[] => {
    const known = lengths.get(path) ?? lineLengths(files, path);
    lengths.set(path, known);
    return known;
  };
  return (trace) => {
    for (const item of itemsOf(trace).slice(0, MOST_FRAMES)) {
      const frame = frameOf(textOf(item) ?? "");
      const file = frame === null ? null : longestSuffix(frame.path, exists);
      if (frame === null || file === null) continue;
      const length = linesOf(file)[frame.line - 1];
      // A file that is shorter than that has changed since, or is another of the same name.
      if (length === undefined) continue;
      const { line } = frame;
      const column = Math.min(frame.column, length + 1);
      return { file, line, column, endLine: line, endColumn: length + 1 };
    }
    return null;
  };
}

function filesIn(files: Files, folder: string): ReadonlySet<string> {
  return new Set(files.list(folder).flatMap(({ name, isFolder }) => (isFolder ? [] : [name])));
}

function lineLengths(files: Files, path: string): readonly number[] {
  const bytes = files.read(path);
  if (bytes === null || bytes.length > MOST_BYTES) return [];
  const text = new TextDecoder("utf-8").decode(bytes);
  return text.split("\n").map((line) => line.replace(/\r$/, "").length);
}

/** `new AuditStack (/work/lib/audit-stack.ts:10:5)`, or Python's `File "/work/app.py", line 9`. */
function frameOf(text: string): Frame | null {
  if (text.length > 2000) return null;
  const python = /File "([^"]+)", line (\d{1,7})/.exec(text);
  if (python) return { path: clean(python[1] ?? ""), line: Number(python[2]), column: 1 };
  const script = /(?:^|[\s(])((?:file:\/\/)?(?:[A-Za-z]:)?[^\s():]+):(\d{1,7}):(\d{1,7})\)?$/.exec(
    text,
  );
  if (!script) return null;
  return { path: clean(script[1] ?? ""), line: Number(script[2]), column: Number(script[3]) };
}

const clean = (path: string): string =>
  path
    .replaceAll("\\", "/")
    .replace(/^file:\/\//, "")
    .replace(/^[A-Za-z]:/, "");

/** The checkout of the machine that synthesized lay elsewhere: the longest end of the path that is here. */
function longestSuffix(path: string, exists: (path: string) => boolean): string | null {
  if (FOREIGN.test(path)) return null;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || parts.length > 50) return null;
  for (let from = 0; from < parts.length; from += 1) {
    const suffix = parts.slice(from).join("/");
    if (exists(suffix)) return suffix;
  }
  return null;
}
