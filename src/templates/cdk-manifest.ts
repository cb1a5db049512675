import { AuditError } from "../errors.ts";
import { readJson } from "./cloudformation/json.ts";
import { MOST_BYTES } from "./cloudformation/looks.ts";
import { child, entriesOf, type Node, textOf } from "./cloudformation/node.ts";
import { resolvedPath, within } from "./cloudformation/paths.ts";
import type { Files } from "./files.ts";

/** A stack as a CDK application's output lists it. */
export type CdkStack = {
  id: string;
  /** Of its template, relative to the root. */
  file: string;
  region: string | null;
  accountId: string | null;
  /** What the application says of each construct, by path. */
  metadata: readonly Node[];
};

const MOST_STACKS = 1000;
const MOST_STAGES = 200;

/**
 * The stacks of a CDK application's output folder, those of its stages too; null: the folder is no
 * such. Throws AuditError `bad-template` where its manifest cannot be read.
 */
export function readManifest(
  files: Files,
  folder: string,
  seen: Set<string> = new Set(),
): CdkStack[] | null {
  seen.add(folder);
  const file = within(folder, "manifest.json");
  const manifest = readJsonFile(files, file);
  if (manifest === undefined) return null;
  const artifacts = child(manifest ?? undefined, "artifacts");
  const isManifest = textOf(child(manifest ?? undefined, "version")) !== undefined;
  if (manifest === null || !isManifest) return notManifest(file, folder);
  const stacks: CdkStack[] = [];
  for (const [id, { value }] of entriesOf(artifacts)) {
    const type = textOf(child(value, "type"));
    if (type === "aws:cloudformation:stack") stacks.push(...stackOf(files, file, { id, value }));
    if (type === "cdk:cloud-assembly") {
      const name = textOf(child(child(value, "properties"), "directoryName"));
      const inner = name === undefined ? null : resolvedPath(file, name);
      if (inner === null || seen.has(inner) || seen.size > MOST_STAGES) continue;
      stacks.push(...(readManifest(files, inner, seen) ?? []));
    }
    if (stacks.length > MOST_STACKS) throw bad(file, "it has more than 1000 stacks");
  }
  return stacks;
}

/** Many programs write a manifest.json; one within a folder named cdk.out should be the CDK's. */
function notManifest(file: string, folder: string): null {
  if (!/(?:^|\/)cdk\.out$/.test(folder)) return null;
  throw bad(file, "it is no manifest of a CDK application");
}

function stackOf(
  files: Files,
  manifest: string,
  artifact: { id: string; value: Node },
): CdkStack[] {
  const { id, value } = artifact;
  const properties = child(value, "properties");
  const name = textOf(child(properties, "templateFile"));
  const file = name === undefined ? null : resolvedPath(manifest, name);
  if (file === null) return [];
  const more = textOf(child(value, "additionalMetadataFile"));
  const moreFile = more === undefined ? null : resolvedPath(manifest, more);
  const additional = moreFile === null ? undefined : (readJsonFile(files, moreFile) ?? undefined);
  const metadata = [child(value, "metadata"), additional].filter((each) => each !== undefined);
  return [{ id, file, metadata, ...placeOf(textOf(child(value, "environment")) ?? "") }];
}

/** `aws://111122223333/eu-west-1`; `unknown-account` and `unknown-region` say nothing. */
function placeOf(environment: string): Pick<CdkStack, "region" | "accountId"> {
  const [, account = "", region = ""] = /^aws:\/\/([^/]*)\/([^/]*)$/.exec(environment) ?? [];
  return {
    accountId: /^\d{12}$/.test(account) ? account : null,
    region: /^[a-z]{2,5}(?:-[a-z]+)+-\d+$/.test(region) ? region : null,
  };
}

/** A JSON file's content; undefined: there is none; null: it is no JSON. */
function readJsonFile(files: Files, file: string): Node | null | undefined {
  const bytes = files.read(file);
  if (bytes === null) return undefined;
  // The metadata of a large application is larger than any of its templates.
  if (bytes.length > 10 * MOST_BYTES) throw bad(file, "it is larger than 50 MB");
  return readJson(new TextDecoder("utf-8").decode(bytes))?.root ?? null;
}

function bad(file: string, what: string): AuditError {
  return new AuditError("bad-template", `${file}:1: ${what}`, "Synthesize the application again.");
}
