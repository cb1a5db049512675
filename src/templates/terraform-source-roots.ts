import { AuditError } from "../errors.ts";
import type { Files } from "./files.ts";
import type { Block } from "./hcl/syntax.ts";
import { decoded, type Parsed, parseFile } from "./terraform-source-folder.ts";
import { joinPath, within } from "./terraform-source-paths.ts";
import { terragruntIn } from "./terragrunt.ts";

/** Folders of configuration: those that are applied by themselves, and modules that these call. */
export type Roots = { roots: string[]; modules: string[] };

/**
 * Tells roots from modules, both sorted. A root is what no other of the folders calls by a local
 * path, or what keeps a state or values for variables of its own, which modules have no use for. Of
 * folders that only call each other the first counts as a root, so that none is lost.
 */
export function rootsAmong(files: Files, folders: readonly string[]): Roots {
  const sorted = [...folders].sort();
  if (sorted.length === 1) return { roots: sorted, modules: [] };
  const parsed: Parsed = { files, bodies: new Map() };
  const calls = new Map(sorted.map((folder) => [folder, localSources(parsed, folder)]));
  const called = new Set([...calls.values()].flat());
  const elsewhere = new Set(sorted.flatMap((folder) => appliedBy(parsed, folder)));
  const roots = sorted.filter(
    (folder) => !elsewhere.has(folder) && (!called.has(folder) || isApplied(parsed, folder)),
  );
  const reached = new Set<string>();
  for (const root of roots) reach(root, calls, reached);
  for (const folder of sorted) {
    if (!reached.has(folder)) roots.push(folder);
    reach(folder, calls, reached);
  }
  const applied = new Set(roots);
  return { roots: roots.sort(), modules: sorted.filter((folder) => !applied.has(folder)) };
}

function reach(
  from: string,
  calls: ReadonlyMap<string, readonly string[]>,
  reached: Set<string>,
): void {
  const rest = [from];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    rest.push(...(calls.get(next) ?? []));
  }
}

/** A module ignores where a state is kept, and reads no files of variables. */
function isApplied(parsed: Parsed, folder: string): boolean {
  const names = parsed.files.list(folder).map(({ name }) => name);
  if (names.some((name) => /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name))) {
    return true;
  }
  return sources(parsed, folder, /backend|cloud/).some(
    ({ type, body }) =>
      type === "terraform" && body.blocks.some((each) => /^(backend|cloud)$/.test(each.type)),
  );
}

/** The folders of this repository that the modules of a folder are read from. */
function localSources(parsed: Parsed, folder: string): string[] {
  const blocks = [...sources(parsed, folder, /module/), ...applied(parsed, folder)];
  return blocks.flatMap(({ type, body }) => {
    return type === "module" ? sourceOf({ body }, folder) : [];
  });
}

function sourceOf({ body }: Pick<Block, "body">, folder: string): string[] {
  const source = body.attributes.get("source")?.value;
  const text = source?.kind === "literal" ? String(source.value) : "";
  const target = /^\.\.?(\/|$)/.test(text) ? within(folder, text) : null;
  return target === null || target === folder ? [] : [target];
}

/** What Terragrunt applies in a folder, as if it were called there. */
function applied(parsed: Parsed, folder: string): Block[] {
  try {
    const module = terragruntIn(parsed, folder)?.module ?? null;
    return module === null ? [] : [module];
  } catch (error) {
    if (error instanceof AuditError) return [];
    throw error;
  }
}

/** The folder of this repository that it applies there: where its state is kept Terragrunt says. */
function appliedBy(parsed: Parsed, folder: string): string[] {
  return applied(parsed, folder).flatMap((block) => sourceOf(block, folder));
}

function sources(parsed: Parsed, folder: string, word: RegExp): readonly Block[] {
  return parsed.files
    .list(folder)
    .filter(({ name, isFolder }) => !isFolder && /^[^.].*\.(tf|tofu)(\.json)?$/.test(name))
    .flatMap(({ name }) => blocksIn(parsed, joinPath(folder, name), word));
}

function blocksIn(parsed: Parsed, path: string, word: RegExp): readonly Block[] {
  // Most files have no such block, and need not be parsed for that.
  if (!word.test(decoded(parsed.files.read(path) ?? new Uint8Array()) ?? "")) return [];
  try {
    return parseFile(parsed, path).blocks;
  } catch (error) {
    // Whoever reads the folder is told; here it only calls nothing.
    if (error instanceof AuditError) return [];
    throw error;
  }
}
