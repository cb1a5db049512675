import type { JsonObject } from "../../snapshot/json.ts";
import type { Json } from "../../snapshot/unknown.ts";
import { isRelevant } from "../relevant.ts";
import { blockName, type Step } from "./address.ts";
import { at, listOf, objectOf, textOf } from "./json.ts";
import { itemsOf, memberOf, membersOf, type Part, parsed } from "./scan.ts";

/** What the files say of a resource: of its expressions only what they refer to, or their constant. */
export type ResourceConfiguration = { providerKey: string | null; expressions: JsonObject };

/** A call of a module, with what is in it. */
export type ModuleCall = {
  source: string | null;
  expressions: JsonObject;
  module: ModuleConfiguration;
};

/** What a module's files say, as far as it matters here. */
export type ModuleConfiguration = {
  /** By type and name, as in `data.aws_region.here`. */
  resources: Map<string, ResourceConfiguration>;
  calls: Map<string, ModuleCall>;
  outputs: Map<string, Json>;
  /** The defaults of its variables; without one, absent. */
  defaults: Map<string, Json>;
};

/** The part of a plan that tells what stands in the files. */
export type Configuration = {
  root: ModuleConfiguration;
  /** By the keys to which resources refer: `aws`, `aws.west`, `module.a:aws`. */
  providers: Map<string, JsonObject>;
};

/** Data sources that tell in which account and region a provider works, or make a policy document. */
const DATA = new Set(["aws_caller_identity", "aws_region", "aws_iam_policy_document"]);

/** Reads what of a plan's configuration matters. */
export function readConfiguration(part: Part): Configuration {
  const configuration: Configuration = { root: emptyModule(), providers: new Map() };
  for (const [key, value] of membersOf(part)) {
    if (key === "root_module") configuration.root = readModule(value);
    if (key === "provider_config") {
      for (const [name, each] of membersOf(value)) {
        configuration.providers.set(name, objectOf(parsed(each)));
      }
    }
  }
  return configuration;
}

/** That of a module without anything in it, or of which a plan tells nothing. */
export function emptyModule(): ModuleConfiguration {
  return { resources: new Map(), calls: new Map(), outputs: new Map(), defaults: new Map() };
}

/** The configuration of the module that an instance was made of; undefined: the plan has none. */
export function moduleAt(
  root: ModuleConfiguration,
  modules: readonly Step[],
): ModuleConfiguration | undefined {
  let module: ModuleConfiguration | undefined = root;
  for (const { name } of modules) module = module?.calls.get(name)?.module;
  return module;
}

/** What a resource in a list of the plan is called by its type; null: it says none. */
export function typeIn(resource: Part): string | null {
  return textOf(parsed(memberOf(resource, "type")));
}

function readModule(part: Part): ModuleConfiguration {
  const module = emptyModule();
  for (const [key, value] of membersOf(part)) {
    if (key === "resources") readResources(value, module);
    if (key === "module_calls") {
      for (const [name, call] of membersOf(value)) module.calls.set(name, readCall(call));
    }
    if (key === "outputs") {
      for (const [name, output] of membersOf(value)) {
        module.outputs.set(name, at(parsed(output), "expression") ?? null);
      }
    }
    if (key === "variables") readDefaults(value, module);
  }
  return module;
}

function readResources(part: Part, { resources }: ModuleConfiguration): void {
  for (const item of itemsOf(part)) {
    const type = typeIn(item);
    if (type === null || !(isRelevant(type) || DATA.has(type))) continue;
    const resource = parsed(item);
    const mode = at(resource, "mode") === "data" ? "data" : "managed";
    const name = blockName({ mode, type, name: textOf(at(resource, "name")) ?? "" });
    resources.set(name, {
      providerKey: textOf(at(resource, "provider_config_key")),
      expressions: objectOf(at(resource, "expressions")),
    });
  }
}

function readDefaults(part: Part, { defaults }: ModuleConfiguration): void {
  for (const [name, variable] of membersOf(part)) {
    const value = at(parsed(variable), "default");
    if (value !== undefined) defaults.set(name, value);
  }
}

function readCall(part: Part): ModuleCall {
  const call: ModuleCall = { source: null, expressions: {}, module: emptyModule() };
  for (const [key, value] of membersOf(part)) {
    if (key === "source") call.source = textOf(parsed(value));
    if (key === "expressions") call.expressions = objectOf(parsed(value));
    if (key === "module") call.module = readModule(value);
  }
  return call;
}

/** What an expression refers to; empty for a constant, and where the plan does not tell. */
export function referencesIn(expression: Json | undefined): string[] {
  // An attribute may itself be called `references`: then it is an object, with its own inside.
  const references = listOf(at(expression, "references"));
  const texts = references.filter((each) => typeof each === "string");
  return texts.length === references.length ? texts : [];
}
