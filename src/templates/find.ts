import { readJson } from "./cloudformation/json.ts";
import { looksLikeTemplate, MOST_BYTES } from "./cloudformation/looks.ts";
import { child } from "./cloudformation/node.ts";
import { within } from "./cloudformation/paths.ts";
import type { FileEntry, Files } from "./files.ts";
import { looksLikePlan } from "./plan/decode.ts";

/** What may be read of a checkout; whether a file is what it looks like, its reader says. */
export type Found = {
  /** Files that look like plans of Terraform or OpenTofu, sorted. */
  plans: string[];
  /** Files that look like CloudFormation or SAM templates, sorted. */
  templates: string[];
  /** Output folders of CDK applications, sorted. */
  cdk: string[];
  /** Folders that hold configuration of Terraform or OpenTofu, roots and modules alike, sorted. */
  configurations: string[];
  /** What was not looked into, each a sentence, sorted. */
  passedOver: string[];
};

/** Copies of what others wrote: worth a word, since somebody may look for it there. */
const COPIES = new Set(["node_modules", ".aws-sam", ".venv", "venv", ".terragrunt-cache"]);
/** What tools keep for themselves. */
const SILENT = new Set([".git", ".terraform"]);
const CANDIDATE = /\.(?:ya?ml|json|template)$/i;
const SOURCE = /\.(?:tf|tofu)(?:\.json)?$|\.tfvars(?:\.json)?$|^terragrunt\.hcl$/;
const CONFIGURATION = /^[^.].*\.(?:tf|tofu)(?:\.json)?$|^terragrunt\.hcl$/;
/** What is only included by others applies nothing itself. */
const APPLIES = /\bsource\s*=|^[ \t]*include\b/m;
const DEEPEST = 20;
const MOST_FOLDERS = 20_000;
const MOST_FILES = 20_000;
const MOST_READ = 500_000_000;

/** Whether a file of this name is configuration of Terraform or OpenTofu. */
export function isConfigurationFile(name: string): boolean {
  return CONFIGURATION.test(name);
}

/**
 * Looks below a folder (default the root), by content, for all that can be judged. What a CDK folder
 * holds is not listed again, and links are not followed: what they lead to is found where it is.
 */
export function findInputs(files: Files, from = ""): Found {
  const found: Found = { plans: [], templates: [], cdk: [], configurations: [], passedOver: [] };
  const { candidates, sources, isCut } = walk(files, from, found);
  files.expect?.([...candidates, ...sources]);
  found.configurations = found.configurations.filter((folder) => isApplied(files, folder));
  let left = MOST_READ;
  for (const path of candidates) {
    if (left >= 0) left -= look(files, path, found);
  }
  if (left < 0 || isCut) {
    found.passedOver.push("There are too many files to look at them all: name the paths.");
  }
  for (const list of Object.values(found)) list.sort();
  return found;
}

type Walk = { candidates: string[]; sources: string[]; copies: string[]; isCut: boolean };

function walk(files: Files, from: string, found: Found): Walk {
  const seen: Walk = { candidates: [], sources: [], copies: [], isCut: false };
  const rest = [{ folder: from, depth: 0 }];
  let folders = 0;
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { folder, depth } = next;
    folders += 1;
    const isFull = folders > MOST_FOLDERS || seen.candidates.length > MOST_FILES;
    seen.isCut ||= isFull;
    if (isFull) break;
    const entries = files.list(folder);
    if (isCdkFolder(files, folder, entries)) found.cdk.push(folder);
    else {
      const inner = noted(folder, entries, { seen, found });
      if (depth < DEEPEST) rest.push(...inner.map((path) => ({ folder: path, depth: depth + 1 })));
      else if (inner.length > 0) {
        found.passedOver.push(`${folder}/ is nested too deep to be looked into.`);
      }
    }
  }
  if (seen.copies.length > 0) found.passedOver.push(notLookedInto(seen.copies.sort()));
  return seen;
}

function isApplied(files: Files, folder: string): boolean {
  const names = files.list(folder).map(({ name }) => name);
  if (names.some((name) => name !== "terragrunt.hcl" && CONFIGURATION.test(name))) return true;
  const bytes = files.read(within(folder, "terragrunt.hcl"));
  return bytes !== null && APPLIES.test(new TextDecoder("utf-8").decode(bytes));
}

/** Takes down a folder's files; gives the folders in it that are to be looked into. */
function noted(
  folder: string,
  entries: readonly FileEntry[],
  { seen, found }: { seen: Walk; found: Found },
): string[] {
  const inner: string[] = [];
  for (const { name, isFolder, isLink = false } of entries) {
    const path = within(folder, name);
    // Configuration is often shared by links; it counts where the link is.
    if (!isFolder && SOURCE.test(name)) seen.sources.push(path);
    if (isLink) continue;
    if (!isFolder && CANDIDATE.test(name)) seen.candidates.push(path);
    if (isFolder && COPIES.has(name)) seen.copies.push(path);
    else if (isFolder && !SILENT.has(name)) inner.push(path);
  }
  if (entries.some(({ name, isFolder }) => !isFolder && isConfigurationFile(name))) {
    found.configurations.push(folder);
  }
  return inner;
}

function notLookedInto(paths: readonly string[]): string {
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : "";
  const shown = paths.slice(0, 3).map((path) => `${path}/`);
  return `Not looked into, as copies of others' code: ${shown.join(", ")}${more}.`;
}

/** Tells what a file looks like; gives how many bytes that took. */
function look(files: Files, path: string, found: Found): number {
  const bytes = files.read(path);
  if (bytes === null) return 0;
  if (isConfigurationFile(path.slice(path.lastIndexOf("/") + 1))) return 0;
  if (/\.json$/i.test(path) && looksLikePlan(bytes)) {
    found.plans.push(path);
    return bytes.length;
  }
  const isLarge = bytes.length > MOST_BYTES;
  const start = isLarge ? bytes.subarray(0, 64 * 1024) : bytes;
  if (!looksLikeTemplate(new TextDecoder("utf-8").decode(start))) return bytes.length;
  if (isLarge) found.passedOver.push(`${path} is larger than 5 MB, which no template may be.`);
  else found.templates.push(path);
  return bytes.length;
}

/** Whether a folder is a CDK application's output: its manifest lists artifacts, and others' do not. */
export function isCdkFolder(
  files: Files,
  folder: string,
  entries: readonly FileEntry[] = files.list(folder),
): boolean {
  if (!entries.some(({ name, isFolder }) => name === "manifest.json" && !isFolder)) return false;
  const bytes = files.read(within(folder, "manifest.json"));
  // That of a large application holds its metadata too.
  if (bytes === null || bytes.length > 10 * MOST_BYTES) return false;
  const text = new TextDecoder("utf-8").decode(bytes);
  const manifest = text.includes('"artifacts"') ? readJson(text) : null;
  // Of a folder with the CDK's own name the reader says what is wrong.
  if (manifest === null) return /(?:^|\/)cdk\.out$/.test(folder);
  const artifacts = child(manifest.root, "artifacts");
  return artifacts?.kind === "map" && child(manifest.root, "version") !== undefined;
}
