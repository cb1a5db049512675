import { evaluate } from "./hcl/evaluate.ts";
import type { Block } from "./hcl/syntax.ts";
import { failure, type Term, unresolved } from "./hcl/term.ts";
import { configurationOf } from "./terraform-source-configuration.ts";
import { holdsConfiguration } from "./terraform-source-folder.ts";
import { instancesTerm } from "./terraform-source-instance-terms.ts";
import { instancesOf } from "./terraform-source-instances.ts";
import { within } from "./terraform-source-paths.ts";
import { type Instances, type Module, mayHold, once } from "./terraform-source-reading.ts";
import { scopeOf } from "./terraform-source-scope.ts";

const MAX_MODULES = 2_000;

/** What somebody else wrote knows of a resource only what its call hands over. */
const TAKEN = "it is taken not to touch what its arguments do not name";

/** The instances of a module that a block calls, by their key. */
export type Called = { instances: Instances; modules: ReadonlyMap<string | number, Module> };

const called = new WeakMap<Module, Map<string, Called | null>>();

/** The modules that a call makes; null: what it calls is not at hand, which is noted once. */
export function calledModules(module: Module, name: string): Called | null {
  const known = called.get(module) ?? new Map<string, Called | null>();
  called.set(module, known);
  const found = known.get(name);
  if (found !== undefined) return found;
  const block = module.configuration.modules.get(name);
  const made = block === undefined ? null : callModules(module, name, block);
  known.set(name, made);
  return made;
}

function callModules(module: Module, name: string, block: Block): Called | null {
  const { reading } = module;
  const address = joined(module.address, `module.${name}`);
  const found = folderOf(module, name, block);
  if ("missing" in found) {
    const { missing, remote } = found;
    if (remote === null)
      reading.open.push(mayHold(`${address}: ${missing}; it may hold any resource`));
    else
      reading.unseen.push({
        module,
        block,
        source: remote,
        why: mayHold(`${address}: ${missing}; ${TAKEN}`),
      });
    return null;
  }
  const known = reading.configurations.get(found.folder);
  const configuration = known ?? configurationOf(reading.parsed, found.folder);
  reading.configurations.set(found.folder, configuration);
  const instances = instancesOf(block.body, scopeOf(module));
  const modules = new Map<string | number, Module>();
  for (const [key, { suffix, scope, presence }] of instances.byKey) {
    reading.moduleCount += 1;
    if (reading.moduleCount > MAX_MODULES) {
      reading.open.push(
        mayHold(`${address}: more than ${MAX_MODULES} modules; those beyond are not read`),
      );
      return null;
    }
    modules.set(key, {
      reading,
      address: address + suffix,
      configuration,
      call: { block, module, scope },
      presence: module.presence === true ? presence : module.presence,
      memo: new Map(),
      instances: new Map(),
    });
  }
  return { instances, modules };
}

/** An address within a module. */
export function joined(address: string, rest: string): string {
  return address === "" ? rest : `${address}.${rest}`;
}

/** Where a module's files are, or why they are not at hand. */
function folderOf(
  module: Module,
  name: string,
  block: Block,
): { folder: string } | { missing: string; remote: string | null } {
  const source = block.body.attributes.get("source")?.value;
  const text = source?.kind === "literal" ? String(source.value) : null;
  const isLocal = text !== null && /^\.\.?(\/|$)/.test(text);
  const folder = isLocal
    ? within(module.configuration.folder, text)
    : installedFolder(module, name);
  const shown = text === null ? "a source that is no plain text" : `source ${text.slice(0, 150)}`;
  if (folder === null) {
    return isLocal
      ? { missing: `${shown} is outside the root and is not read`, remote: null }
      : { missing: `${shown} is not at hand`, remote: text };
  }
  if (callers(module).includes(folder)) return { missing: `${shown} calls itself`, remote: null };
  if (!holdsConfiguration(module.reading.parsed.files.list(folder)))
    return { missing: `${shown} holds no configuration`, remote: isLocal ? null : text };
  return { folder };
}

function installedFolder(module: Module, name: string): string | null {
  const path = [...callPath(module), name].join(".");
  const folder = module.reading.installed.get(path);
  return folder === undefined ? null : within(module.reading.folder, folder);
}

function callPath(module: Module): string[] {
  return module.call === null
    ? []
    : [...callPath(module.call.module), module.call.block.labels[0] ?? ""];
}

function callers(module: Module): string[] {
  const own = module.configuration.folder;
  return module.call === null ? [own] : [own, ...callers(module.call.module)];
}

/** What `module.name` is in an expression. */
export function moduleTerm(module: Module, name: string): Term {
  const made = calledModules(module, name);
  if (made === null) return unresolved(`module.${name}`);
  return instancesTerm(`module.${name}`, made.instances, (key) => {
    const instance = made.modules.get(key);
    if (instance === undefined) return failure(`module.${name}`);
    return {
      name: instance.address,
      $get: (output) => outputTerm(instance, String(output)),
      $whole: null,
    };
  });
}

function outputTerm(module: Module, name: string): Term {
  const value = module.configuration.outputs.get(name)?.body.attributes.get("value")?.value;
  if (value === undefined) return unresolved(`${module.address}.${name}`);
  return once(module, `output.${name}`, () => evaluate(value, scopeOf(module)));
}
