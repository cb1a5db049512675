import { basename } from "node:path";
import { type Document, isAlias, isMap, isNode, LineCounter, parseDocument, visit } from "yaml";
import { AuditError } from "../errors.ts";
import type { PolicyFault } from "./refusal.ts";

/** A policy's file as read, before anything about it is known to be right. */
export type PolicyText = {
  id: string;
  value: unknown;
  /** Turns a fault at a pointer into the error that names file, line and column. */
  located: (fault: PolicyFault) => AuditError;
};

const LONGEST = 256 * 1024;
const DEEPEST = 60;
const MOST_ALIASES = 100;

const POLICY_FILE = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.yaml$/;

/**
 * Reads the YAML of a policy, or of what else is kept like one. Throws "bad-policy", which names
 * file, line and column. The first group of `name` is the id.
 */
export function readPolicyText(text: string, file: string, name = POLICY_FILE): PolicyText {
  const id = name.exec(basename(file))?.[1];
  if (id === undefined) {
    throw bad(file, "the file's name is not an id", "Name it in kebab-case, as in my-claim.yaml.");
  }
  if (text.length > LONGEST) throw bad(file, "it is larger than 256 KiB", "Split it.");
  const lines = new LineCounter();
  const document = parsed(text, { file, lines });
  return {
    id,
    value: resolved(document, file),
    located: ({ pointer, what, cure }) =>
      bad(`${file}:${position(document, lines, pointer)}`, what, cure),
  };
}

type Origin = { file: string; lines: LineCounter };

function parsed(text: string, { file, lines }: Origin): Document {
  refuseDeep(text, file);
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    const what = problem.message.split("\n")[0]?.replace(/ at line .*$/, "") ?? "";
    throw bad(`${file}:${line}:${col}`, `this is not YAML: ${what}`, "Correct the YAML.");
  }
  refuseAliases(document, file);
  return document;
}

/** Nesting costs the parser stack, so it is bounded before parsing: by brackets and by indents. */
function refuseDeep(text: string, file: string): void {
  let brackets = 0;
  for (const bracket of text.match(/[[{\]}]/g) ?? []) {
    brackets = Math.max(0, brackets + (bracket === "[" || bracket === "{" ? 1 : -1));
    if (brackets > DEEPEST) break;
  }
  const dashes = /(?:^|\n) *(?:[-?:] +){30}/.test(text);
  const indent = /(?:^|\n)[ ]{240}/.test(text);
  if (brackets <= DEEPEST && !dashes && !indent) return;
  throw bad(file, `it is nested more than ${DEEPEST} deep`, "Write it flatter.");
}

/** An alias within what it names, or very many of them, would make a small file a large policy. */
function refuseAliases(document: Document, file: string): void {
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases += 1;
    },
  });
  if (aliases <= MOST_ALIASES && !isCyclic(document)) return;
  throw bad(file, "it has too many aliases, or one that names itself", "Write the parts out.");
}

function resolved(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    // What yaml throws for an alias of nothing, and for aliases of aliases that grow too large.
    if (!(error instanceof ReferenceError)) throw error;
    throw bad(file, `its aliases are refused: ${error.message}`, "Write the parts out.");
  }
}

function isCyclic(document: Document): boolean {
  let cyclic = false;
  visit(document, {
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      if (path.some((ancestor) => ancestor === target)) cyclic = true;
    },
  });
  return cyclic;
}

/** Where a pointer's key stands, or the nearest place above that stands in the file. */
function position(document: Document, lines: LineCounter, pointer: string): string {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const range = rangeOf(document, keys.slice(0, depth));
    if (range === null) continue;
    const { line, col } = lines.linePos(range);
    return `${line}:${col}`;
  }
  return "1:1";
}

function rangeOf(document: Document, keys: readonly string[]): number | null {
  const holder = keys.length > 1 ? document.getIn(keys.slice(0, -1), true) : document.contents;
  const last = keys.at(-1);
  const pair = isMap(holder) ? holder.items.find(({ key }) => String(key) === last) : undefined;
  const node = pair?.key ?? document.getIn(keys, true);
  if (!isNode(node) || isAlias(node)) return null;
  return node.range?.[0] ?? null;
}

function bad(where: string, what: string, cure: string): AuditError {
  return new AuditError("bad-policy", `${where}: ${what}`, cure);
}
