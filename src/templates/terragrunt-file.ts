import { evaluate, type Scope } from "./hcl/evaluate.ts";
import type { Attribute, Block, Body } from "./hcl/syntax.ts";
import { isMap, settled, type Term, textOf, unresolved } from "./hcl/term.ts";
import { newWork } from "./hcl/work.ts";
import { decoded, type Parsed, parseFile } from "./terraform-source-folder.ts";
import { joinPath, relativeTo, within } from "./terraform-source-paths.ts";

/** One reading of a folder; `budget` counts down the files that it may still take in. */
export type Reading = { parsed: Parsed; folder: string; budget: { left: number } };

/** One file with what it includes. */
export type File = {
  body: Body;
  scope: Scope;
  source: Attribute | null;
  inputs: ReadonlyMap<string, Term>;
  /** Whether more inputs may be given than are known. */
  isOpen: boolean;
};

/** Reads a file of Terragrunt; throws an AuditError `bad-template` where it cannot be read. */
export function fileOf(reading: Reading, path: string): File {
  reading.budget.left -= 1;
  const body = parseFile(reading.parsed, path);
  const scope = scopeIn(reading, path, body);
  const terraform = body.blocks.find(({ type }) => type === "terraform");
  const around = body.blocks.filter(({ type }) => type === "include");
  const included = around.map((block) => includedBy(reading, block, scope));
  const written = body.attributes.get("inputs");
  const own = written === undefined ? new Map() : settled(evaluate(written.value, scope));
  const known = included.flatMap((each) => (each === null ? [] : [each]));
  return {
    body,
    scope,
    source:
      terraform?.body.attributes.get("source") ??
      known.find(({ source }) => source !== null)?.source ??
      null,
    inputs: new Map([...known.flatMap(({ inputs }) => [...inputs]), ...(isMap(own) ? own : [])]),
    isOpen: !isMap(own) || included.some((each) => each === null || each.isOpen),
  };
}

/** What an `include` block brings in; null: that is not known. */
function includedBy(reading: Reading, { body }: Block, scope: Scope): File | null {
  const written = body.attributes.get("path");
  const path = written === undefined ? null : textOf(evaluate(written.value, scope));
  const strategy = body.attributes.get("merge_strategy")?.value;
  const isShallow =
    strategy === undefined || (strategy.kind === "literal" && strategy.value === "shallow");
  const inside = typeof path === "string" ? within(reading.folder, path) : null;
  if (inside === null || !isShallow || reading.budget.left <= 0) return null;
  if (reading.parsed.files.read(inside) === null) return null;
  return fileOf(reading, inside);
}

function scopeIn(reading: Reading, path: string, body: Body): Scope {
  const locals = body.blocks.find(({ type }) => type === "locals")?.body.attributes;
  const known = new Map<string, Term>();
  const local = (name: string): Term => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, unresolved(`local.${name}, which depends on itself`));
    const attribute = locals?.get(name);
    const term =
      attribute === undefined ? unresolved(`local.${name}`) : evaluate(attribute.value, scope);
    known.set(name, term);
    return term;
  };
  const scope: Scope = {
    names: null,
    root: (name) => ({
      name,
      $get: (key) => (name === "local" ? local(String(key)) : unresolved(`${name}.${key}`)),
      $whole: null,
    }),
    file: (file) => textAt(reading, file),
    work: newWork(),
    own: (name, args) => ownFunction(reading, { path, name, args }),
  };
  return scope;
}

function textAt({ parsed, folder }: Reading, path: string): Term {
  const inside = within(folder, path);
  const bytes = inside === null ? null : parsed.files.read(inside);
  return (bytes === null ? null : decoded(bytes)) ?? unresolved(`the file ${path}`);
}

type Call = { path: string; name: string; args: readonly Term[] };

/** Terragrunt's own functions; all paths are from the folder. Undefined: it is none, or tells what only a run knows. */
function ownFunction(reading: Reading, { path, name, args }: Call): Term | undefined {
  const { folder } = reading;
  const [first = null] = args.map(textOf);
  switch (name) {
    case "get_terragrunt_dir":
    case "get_original_terragrunt_dir":
      return ".";
    case "get_repo_root":
    case "get_path_to_repo_root":
      return relativeTo(folder, "");
    case "get_parent_terragrunt_dir":
      return args.length > 0
        ? undefined
        : relativeTo(folder, path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    case "find_in_parent_folders":
      return typeof first === "string" || first === null
        ? above(reading, first ?? "terragrunt.hcl")
        : undefined;
    case "read_terragrunt_config":
      return typeof first === "string" ? configAt(reading, first) : undefined;
    default:
      return undefined;
  }
}

/** The nearest file or folder of that name in a folder around. */
function above({ parsed, folder }: Reading, name: string): Term | undefined {
  const parts = folder.split("/");
  while (folder !== "" && parts.pop() !== undefined) {
    const path = joinPath(parts.join("/"), name);
    if (parsed.files.read(path) !== null || parsed.files.list(path).length > 0) {
      return relativeTo(folder, path);
    }
  }
  return undefined;
}

/** Another file's locals and inputs. */
function configAt(reading: Reading, path: string): Term | undefined {
  const inside = within(reading.folder, path);
  if (inside === null || reading.budget.left <= 0 || reading.parsed.files.read(inside) === null)
    return undefined;
  const { body, scope, inputs } = fileOf(reading, inside);
  const locals = body.blocks.find(({ type }) => type === "locals")?.body.attributes ?? new Map();
  const values = [...locals.keys()].map((name): [string, Term] => {
    const all = scope.root("local");
    return [name, typeof all === "object" && all !== null && "$get" in all ? all.$get(name) : null];
  });
  return new Map<string, Term>([
    ["locals", new Map(values)],
    ["inputs", new Map(inputs)],
  ]);
}
