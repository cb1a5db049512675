import { visible } from "../visible.ts";
import type { Redact } from "./redact.ts";

/**
 * Text from outside as Markdown that GitHub renders as just that text: no markup, HTML, link,
 * mention, formula or control character of its own, and of bounded length.
 */
export type Ink = {
  /** Within a sentence. ARNs come out as code. */
  prose(text: string): string;
  /** A paragraph. */
  long(text: string): string;
  /** A name or value, as code. */
  code(text: string): string;
  /** Several lines as a code block. */
  block(text: string, language: string): string;
  /** An account: its name with the id beside it. */
  account(id: string | null, name: string | null): string;
};

const LONGEST = 300;
const LONGEST_PARAGRAPH = 2_000;
const LONGEST_BLOCK = 4_000;

/** Ink that redacts what it writes. */
export function ink(redact: Redact): Ink {
  const clean = (text: string) => shortened(withoutControls(redact(text)), LONGEST);
  const code = (text: string) => codeSpan(clean(text));
  const prose = (text: string) => sentence(clean(text));
  return {
    prose,
    long: (text) => sentence(shortened(withoutControls(redact(text)), LONGEST_PARAGRAPH)),
    code,
    block: (text, language) => codeBlock(redact(text), language),
    account: (id, name) => {
      if (id === null) return "unknown account";
      if (name === null) return code(id);
      if (redact(id) === name) return prose(name);
      return `${prose(name)} (${code(id)})`;
    },
  };
}

function sentence(text: string): string {
  return text
    .split(/(\barn:aws[\w-]*:[^\s,;()"'`<>]*[^\s,;()"'`<>:.])/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escaped(part)))
    .join("");
}

/** Between characters that GitHub would join to a mention, a link or a picture; shows as nothing. */
const NOTHING = "<!-- -->";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const entity = (char: string): string => ENTITIES[char] ?? `&#${char.codePointAt(0)};`;

function escaped(text: string): string {
  return text
    .replace(/[&<>$|]/g, entity)
    .replace(/[\\`*_[\]~]|(?<!&)#/g, "\\$&")
    .replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}${NOTHING}` : `${space}\\${mark}`,
    )
    .replace(/@|\\#(?=\d)|www(?=\.)|:(?=\/\/|[a-z_+-][\w+-]*:)/gi, `$&${NOTHING}`);
}

/** A code span, or HTML where a span could end early or, in a table, break its cell. */
function codeSpan(text: string): string {
  if (text.trim() === "") return "`\u{fffd}`";
  if (!/[`|\\]/.test(text)) return `\`${text.replace(/^ | $/g, "\u{fffd}")}\``;
  const body = text.replace(/[^\p{L}\p{N} -]/gu, (char) =>
    char === "@" ? `${entity(char)}${NOTHING}` : entity(char),
  );
  return `<code>${body}</code>`;
}

/** Several lines as they are, but for control characters and what is too long. */
export function codeBlock(text: string, language: string): string {
  const lines = text.trimEnd().split("\n").map(withoutControls);
  const body = shortened(lines.join("\n"), LONGEST_BLOCK);
  const longest = Math.max(0, ...(body.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

function shortened(text: string, limit: number): string {
  return (text.length <= limit ? text : `${text.slice(0, limit)}…`).toWellFormed();
}

const withoutControls = (text: string): string => visible(text, "\u{fffd}");

/** One row of a table; cells are Markdown on one line. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A table's head and the line under it. */
export const tableHead = (cells: readonly string[]): string =>
  `${tableRow(cells)}\n${tableRow(cells.map(() => "---"))}`;

/** Text of our own behind a click. `summary` may hold no Markdown, only HTML. */
export const details = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
