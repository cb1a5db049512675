import type { Files } from "../files.ts";
import { readJson } from "./json.ts";
import { child } from "./node.ts";
import { within } from "./paths.ts";
import { looksLikeTemplate, MOST_BYTES } from "./source.ts";

/** What may be read of a checkout; whether a file is a template, its reader says. */
export type FoundTemplates = {
  /** Files that look like CloudFormation or SAM templates, sorted. */
  templates: string[];
  /** Output folders of CDK applications, sorted. */
  cdk: string[];
  /** What was not looked into, each a sentence, sorted. */
  passedOver: string[];
};

const SKIPPED = new Set(["node_modules", ".git", ".terraform", ".aws-sam", ".venv", "venv"]);
const CANDIDATE = /\.(?:ya?ml|json|template)$/i;
const DEEPEST = 20;
const MOST_FILES = 20_000;
const MOST_READ = 500_000_000;

/**
 * Looks for templates and CDK output folders below a folder (default the root), by content. What a
 * CDK folder holds is not listed again.
 */
export function findTemplates(files: Files, from = ""): FoundTemplates {
  const found: FoundTemplates = { templates: [], cdk: [], passedOver: [] };
  const left = { files: MOST_FILES, bytes: MOST_READ };
  const rest = [{ folder: from, depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { folder, depth } = next;
    const listed = files.list(folder);
    const hasManifest = listed.some(({ name, isFolder }) => name === "manifest.json" && !isFolder);
    if (hasManifest && isCdkFolder(files, folder)) {
      found.cdk.push(folder);
      continue;
    }
    for (const { name, isFolder } of listed) {
      const path = within(folder, name);
      if (!isFolder) look(files, path, { found, left });
      else if (SKIPPED.has(name)) found.passedOver.push(`${path}/ is not looked into.`);
      else if (depth < DEEPEST) rest.push({ folder: path, depth: depth + 1 });
      else found.passedOver.push(`${path}/ is nested too deep to be looked into.`);
    }
  }
  if (left.files < 0 || left.bytes < 0) {
    found.passedOver.push("There are too many files to look for templates in all: name the paths.");
  }
  for (const list of Object.values(found)) list.sort();
  return found;
}

type Search = { found: FoundTemplates; left: { files: number; bytes: number } };

function look(files: Files, path: string, { found, left }: Search): void {
  if (!CANDIDATE.test(path)) return;
  left.files -= 1;
  if (left.files < 0 || left.bytes < 0) return;
  const bytes = files.read(path);
  if (bytes === null) return;
  left.bytes -= bytes.length;
  const isLarge = bytes.length > MOST_BYTES;
  const start = isLarge ? bytes.subarray(0, 64 * 1024) : bytes;
  if (!looksLikeTemplate(new TextDecoder("utf-8").decode(start))) return;
  if (isLarge) found.passedOver.push(`${path} is larger than 5 MB.`);
  else found.templates.push(path);
}

/** A CDK manifest lists artifacts; other programs' manifests do not. */
function isCdkFolder(files: Files, folder: string): boolean {
  const bytes = files.read(within(folder, "manifest.json"));
  if (bytes === null || bytes.length > MOST_BYTES) return false;
  const manifest = readJson(new TextDecoder("utf-8").decode(bytes));
  const artifacts = manifest === null ? undefined : child(manifest.root, "artifacts");
  return artifacts?.kind === "map" && child(manifest?.root, "version") !== undefined;
}
