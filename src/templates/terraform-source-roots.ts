import { AuditError } from "../errors.ts";
import type { Files } from "./files.ts";
import { decoded, holdsConfiguration, type Parsed, parseFile } from "./terraform-source-folder.ts";
import { joinPath, within } from "./terraform-source-paths.ts";

const SKIPPED = new Set([".git", ".terraform", "node_modules", ".terragrunt-cache", "cdk.out"]);
const MAX_FOLDERS = 20_000;

/**
 * The folders that look like roots, sorted: they hold configuration, and no module that is read
 * calls them by a local path. Folders with a dot before their name are not looked into.
 */
export function findTerraformRoots(files: Files): string[] {
  const folders = configurationFolders(files);
  const parsed: Parsed = { files, bodies: new Map() };
  const called = new Set(folders.flatMap((folder) => localSources(parsed, folder)));
  return folders.filter((folder) => !called.has(folder)).sort();
}

function configurationFolders(files: Files): string[] {
  const found: string[] = [];
  const queue = [""];
  for (
    let next = queue.pop(), seen = 0;
    next !== undefined && seen < MAX_FOLDERS;
    next = queue.pop(), seen += 1
  ) {
    const folder = next;
    const entries = files.list(folder);
    if (holdsConfiguration(entries)) found.push(folder);
    const inner = entries.filter(
      ({ name, isFolder }) => isFolder && !SKIPPED.has(name) && !name.startsWith("."),
    );
    queue.push(...inner.map(({ name }) => joinPath(folder, name)));
  }
  return found;
}

/** The folders of this repository that the modules of a folder are read from. */
function localSources(parsed: Parsed, folder: string): string[] {
  const names = parsed.files
    .list(folder)
    .filter(({ name, isFolder }) => !isFolder && /\.(tf|tofu)(\.json)?$/.test(name));
  return names
    .flatMap(({ name }) => sourcesIn(parsed, joinPath(folder, name)))
    .flatMap((source) => {
      const target = /^\.\.?(\/|$)/.test(source) ? within(folder, source) : null;
      return target === null || target === folder ? [] : [target];
    });
}

function sourcesIn(parsed: Parsed, path: string): string[] {
  // Most files call no module, and need not be parsed for that.
  if (!(decoded(parsed.files.read(path) ?? new Uint8Array()) ?? "").includes("module")) return [];
  try {
    return parseFile(parsed, path).blocks.flatMap(({ type, body }) => {
      const source = type === "module" ? body.attributes.get("source")?.value : undefined;
      return source?.kind === "literal" ? [String(source.value)] : [];
    });
  } catch (error) {
    // Whoever reads the folder is told; here it only calls nothing.
    if (error instanceof AuditError) return [];
    throw error;
  }
}
