import { unknown } from "../snapshot/unknown.ts";
import { converted } from "./hcl/convert.ts";
import { evaluate, type Scope } from "./hcl/evaluate.ts";
import type { Attribute, Block } from "./hcl/syntax.ts";
import { type Lazy, type Term, textOf, unresolved } from "./hcl/term.ts";
import { parseTypeText } from "./hcl/type-text.ts";
import { dataTerm } from "./terraform-source-data.ts";
import { fileTerm } from "./terraform-source-files.ts";
import { fileset } from "./terraform-source-fileset.ts";
import { moduleTerm } from "./terraform-source-modules.ts";
import { relativeTo, within } from "./terraform-source-paths.ts";
import { type Module, once } from "./terraform-source-reading.ts";
import { resourceTerm } from "./terraform-source-resource-terms.ts";

/** What names mean in a module. */
export function scopeOf(module: Module): Scope {
  const { work } = module.reading;
  return {
    names: null,
    root: (name) => rootTerm(module, name),
    file: (path) => fileTerm(module.reading, path),
    own: (name, args) => ownFunction(module, name, args),
    work,
  };
}

/** Functions that look at files, relative to the root module. */
function ownFunction({ reading }: Module, name: string, args: readonly Term[]): Term | undefined {
  if (name === "fileset") return fileset(reading.parsed.files, reading.folder, args);
  if (name !== "fileexists") return undefined;
  const path = textOf(args[0] ?? null);
  if (typeof path !== "string") return path;
  const inside = within(reading.folder, path);
  return inside === null ? undefined : reading.parsed.files.read(inside) !== null;
}

const lazy = (name: string, get: (key: string) => Term): Lazy => ({
  name,
  $get: (key) => get(String(key)),
  $whole: null,
});

function rootTerm(module: Module, name: string): Term {
  if (name === "var") return lazy(name, (key) => variableTerm(module, key));
  if (name === "local") return lazy(name, (key) => localTerm(module, key));
  if (name === "module") return lazy(name, (key) => moduleTerm(module, key));
  if (name === "path") return pathTerm(module);
  const { inputs } = module.configuration;
  if (name === "terragrunt" && inputs !== null) return new Map(inputs);
  if (name === "data")
    return lazy(name, (type) => lazy(`data.${type}`, (key) => dataTerm(module, `${type}.${key}`)));
  if (["terraform", "self", "each", "count", "tofu"].includes(name))
    return lazy(name, (key) => unresolved(`${name}.${key}`));
  return lazy(name, (key) => resourceTerm(module, `${name}.${key}`));
}

function pathTerm({ reading, configuration }: Module): Term {
  return new Map<string, Term>([
    ["module", relativeTo(reading.folder, configuration.folder)],
    ["root", "."],
    ["cwd", unresolved("path.cwd")],
  ]);
}

function localTerm(module: Module, name: string): Term {
  const local = module.configuration.locals.get(name);
  if (local === undefined) return unresolved(`local.${name}`);
  return once(module, `local.${name}`, () => evaluate(local.value, scopeOf(module)));
}

/** A variable's value: what the caller gives, else its default. */
function variableTerm(module: Module, name: string): Term {
  return once(module, `var.${name}`, () => {
    const block = module.configuration.variables.get(name);
    if (block === undefined) return unresolved(`var.${name}`);
    const given = givenTerm(module, name, block);
    const nullable = block.body.attributes.get("nullable")?.value;
    const refusesNull = nullable?.kind === "literal" && nullable.value === false;
    const term =
      given === undefined || (given === null && refusesNull) ? defaultTerm(module, block) : given;
    const type = block.body.attributes.get("type");
    return type === undefined ? term : converted(term, parseTypeText(type.value, type.source));
  });
}

function givenTerm(module: Module, name: string, block: Block): Term | undefined {
  if (module.call === null) return givenToRoot(module, name, block);
  const argument = module.call.block.body.attributes.get(name);
  return argument === undefined ? undefined : evaluate(argument.value, module.call.scope);
}

/** A text given for what is no text is an expression, as with `-var`. */
function givenToRoot({ reading }: Module, name: string, block: Block): Term | undefined {
  reading.asked.add(name);
  const given = reading.given.get(name);
  const type = block.body.attributes.get("type");
  if (typeof given !== "string" || type?.value.kind !== "call") return given;
  return evaluate(
    parseTypeText(
      { kind: "literal", value: given, start: 0, end: 0 },
      { file: `var.${name}`, text: given },
    ),
    {
      ...noScope(reading.work),
    },
  );
}

const noScope = (work: Scope["work"]): Scope => ({
  names: null,
  root: () => undefined,
  file: unresolved,
  work,
});

function defaultTerm(module: Module, block: Block): Term {
  const name = block.labels[0] ?? "";
  const otherwise: Attribute | undefined = block.body.attributes.get("default");
  if (otherwise === undefined)
    return unknown("unresolved", { detail: `var.${name} has no value here`.slice(0, 200) });
  if (module.call === null) module.reading.defaults.add(name);
  return evaluate(otherwise.value, scopeOf(module));
}
