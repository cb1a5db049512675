import { merged, type Unknown } from "../snapshot/unknown.ts";
import type { Files } from "./files.ts";
import { jsonTerm } from "./hcl/functions-encoding.ts";
import { isList, isMap } from "./hcl/term.ts";
import { newWork } from "./hcl/work.ts";
import type { TemplateInput } from "./resource.ts";
import { configurationOf } from "./terraform-source-configuration.ts";
import { decoded, type Parsed } from "./terraform-source-folder.ts";
import { movesOf, removalsOf } from "./terraform-source-moves.ts";
import { joinPath } from "./terraform-source-paths.ts";
import type { Module, Reading, SourceOptions } from "./terraform-source-reading.ts";
import { resourcesOf } from "./terraform-source-resources.ts";
import { unseenModules } from "./terraform-source-unseen.ts";
import { givenVariables } from "./terraform-source-variables.ts";
import { terragruntIn } from "./terragrunt.ts";

export type { SourceOptions } from "./terraform-source-reading.ts";

/**
 * Reads a root folder of Terraform or OpenTofu with the modules that it calls. What cannot be
 * computed from the files is an unknown; what the language itself refuses is an AuditError
 * `bad-template` naming file and line.
 */
export function readTerraformSource(
  files: Files,
  folder: string,
  options: SourceOptions,
): TemplateInput {
  const parsed: Parsed = {
    files,
    bodies: new Map(),
    beside: (each) => (each === folder ? terragruntIn(parsed, folder) : null),
  };
  const root = rootModule(parsed, folder, options);
  const resources = resourcesOf(root);
  const { defaults, open: others } = root.reading;
  const unseen = unseenModules(root.reading);
  const open = [...root.reading.unseen.map(({ why }) => why), ...others];
  return {
    kind: "terraform-source",
    path: folder,
    stack: options.stack,
    before: null,
    after: [
      {
        assuming: null,
        resources,
        open: together(open),
        ...(unseen.length === 0
          ? {}
          : { unseen: { modules: unseen, otherwise: together(others) } }),
      },
    ],
    changes: [...movesOf(root, resources), ...removalsOf(root)],
    parts: [...root.reading.configurations.keys()].filter((each) => each !== folder).sort(),
    notes: [
      ...[...new Set(open.map(({ $unknown: { detail = "" } }) => detail))].slice(0, 20),
      ...defaultsNote([...defaults].sort()),
    ],
    asked: [...root.reading.asked],
    texts: [...root.reading.texts],
  };
}

function rootModule(parsed: Parsed, folder: string, options: SourceOptions): Module {
  const work = newWork();
  const configuration = configurationOf(parsed, folder);
  const reading: Reading = {
    parsed,
    folder,
    options,
    work,
    given: new Map([
      ...(configuration.inputs ?? []),
      ...givenVariables({ parsed, folder, options, work }),
    ]),
    configurations: new Map([[folder, configuration]]),
    open: [],
    unseen: [],
    defaults: new Set(),
    asked: new Set(),
    texts: new Set(),
    installed: installedModules(parsed.files, folder),
    moduleCount: 0,
  };
  return {
    reading,
    address: "",
    configuration,
    call: null,
    presence: true,
    memo: new Map(),
    instances: new Map(),
  };
}

/** One marker; `merged` keeps one detail for a reason, and here there is one reason. */
function together(open: readonly Unknown[]): Unknown | null {
  const [first, ...more] = open;
  return first === undefined || more.length === 0 ? (first ?? null) : merged(open);
}

function defaultsNote(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 20).join(", ") + (names.length > 20 ? ", …" : "");
  return [`variables taken at their defaults: ${shown}`];
}

/** What `terraform init` wrote of the modules it fetched, when that is there. */
function installedModules(files: Files, folder: string): ReadonlyMap<string, string> {
  const bytes = files.read(joinPath(folder, ".terraform/modules/modules.json"));
  const term = bytes === null || bytes.length > 2_000_000 ? null : jsonTerm(decoded(bytes) ?? "");
  const modules = term !== null && isMap(term) ? term.get("Modules") : null;
  const found = new Map<string, string>();
  for (const each of modules != null && isList(modules) ? modules : []) {
    const [key, dir] = isMap(each) ? [each.get("Key"), each.get("Dir")] : [];
    if (typeof key === "string" && typeof dir === "string") found.set(key, dir);
  }
  return found;
}
