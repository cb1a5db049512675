import { AuditError } from "../errors.ts";
import type { Files } from "./files.ts";
import { evaluate, type Scope } from "./hcl/evaluate.ts";
import { jsonTerm } from "./hcl/functions-encoding.ts";
import type { Attribute } from "./hcl/syntax.ts";
import { isMap, type Term, unresolved } from "./hcl/term.ts";
import type { Work } from "./hcl/work.ts";
import { decoded, type Parsed, parseFile } from "./terraform-source-folder.ts";
import { joinPath } from "./terraform-source-paths.ts";
import type { SourceOptions } from "./terraform-source-reading.ts";
import { termOf } from "./terraform-source-values.ts";

type Given = { parsed: Parsed; folder: string; options: SourceOptions; work: Work };

/** The values that files and options give to the root's variables, in Terraform's order of rank. */
export function givenVariables({ parsed, folder, options, work }: Given): Map<string, Term> {
  const given = new Map<string, Term>();
  const listed = parsed.files
    .list(folder)
    .filter(({ isFolder }) => !isFolder)
    .map(({ name }) => name);
  const automatic = listed.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)).sort();
  const own = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => listed.includes(name));
  const paths = [...own, ...automatic].map((name) => joinPath(folder, name));
  for (const path of [...paths, ...named(parsed.files, options)]) {
    for (const [name, value] of variablesIn(parsed, path, work)) given.set(name, value);
  }
  for (const [name, value] of Object.entries(options.variables ?? {}))
    given.set(name, termOf(value));
  return given;
}

function named(files: Files, { variableFiles = [] }: SourceOptions): readonly string[] {
  const missing = variableFiles.find((path) => files.read(path) === null);
  if (missing === undefined) return variableFiles;
  throw new AuditError(
    "bad-option",
    `there is no variable file ${missing}`,
    "Name a file of the repository.",
  );
}

function variablesIn(parsed: Parsed, path: string, work: Work): Iterable<[string, Term]> {
  if (path.endsWith(".json")) return jsonVariables(parsed, path);
  const constants: Scope = { names: null, root: () => undefined, file: unresolved, work };
  return [...parseFile(parsed, path).attributes].map(([name, { value }]: [string, Attribute]) => [
    name,
    evaluate(value, constants),
  ]);
}

function jsonVariables(parsed: Parsed, path: string): Iterable<[string, Term]> {
  const text = decoded(parsed.files.read(path) ?? new Uint8Array());
  const term = text === null || text.length > 2_000_000 ? null : jsonTerm(text);
  if (term !== null && isMap(term)) return term;
  throw new AuditError("bad-template", `${path}:1: expected a JSON object`, "Correct the file.");
}
