import { AuditError } from "../../errors.ts";
import type { Location } from "../../snapshot/location.ts";
import type { Files } from "../files.ts";
import type { Block } from "../hcl/syntax.ts";
import {
  configurationOf,
  type Configuration as SourceConfiguration,
} from "../terraform-source-configuration.ts";
import { holdsConfiguration, type Parsed } from "../terraform-source-folder.ts";
import { locationOf } from "../terraform-source-locate.ts";
import { joinPath, within } from "../terraform-source-paths.ts";
import { type Address, blockName, type Step } from "./address.ts";
import { type Configuration, moduleAt, referencesIn } from "./configuration.ts";
import { at, listOf, textOf } from "./json.ts";
import { expressionAt } from "./links.ts";
import { spanAt } from "./source-span.ts";
import type { Locate } from "./states.ts";

/** The checkout beside a plan. */
type Checkout = {
  files: Files;
  folder: string;
  configuration: Configuration;
  parsed: Parsed;
  /** What was read of each folder; null: it cannot be read. */
  folders: Map<string, SourceConfiguration | null>;
  /** Folders of modules by the names of their calls, as `terraform init` left them; null: not yet read. */
  initialised: Map<string, string> | null;
};

/**
 * Where the attributes of a plan's resources are written. Files are read when the first place is
 * asked for; those that cannot be read have no places, as the plan itself needs none of them.
 */
export function locator(
  { files, folder }: { files: Files | null; folder: string | null },
  configuration: Configuration,
): Locate {
  if (files === null || folder === null) return () => null;
  const parsed = { files, bodies: new Map() };
  const folders = new Map<string, SourceConfiguration | null>();
  const checkout = { files, folder, configuration, parsed, folders, initialised: null };
  return (address, pointer) => locateInSource(checkout, address, pointer);
}

function locateInSource(checkout: Checkout, address: Address, pointer: string): Location | null {
  const { folder, reached } = modulesWithin(checkout, address.modules);
  const source = sourceIn(checkout, folder);
  const path = pointer.split("/").slice(1).map(unescaped);
  const call = address.modules[reached];
  if (call !== undefined) {
    const block = source?.modules.get(call.name);
    return block === undefined ? null : locateInCall(checkout, { block, address, reached, path });
  }
  const { mode, type, name } = address;
  const block = (mode === "data" ? source?.data : source?.resources)?.get(`${type}.${name}`);
  return block === undefined ? null : locationOf(...spanAt(block, path));
}

const unescaped = (name: string): string => name.replace(/~1/g, "/").replace(/~0/g, "~");

type Call = { block: Block; address: Address; reached: number; path: readonly string[] };

/** The argument of a module's call that decides an attribute within the module, else the call. */
function locateInCall(checkout: Checkout, { block, address, reached, path }: Call): Location {
  const inside = moduleAt(checkout.configuration.root, address.modules);
  const expressions = inside?.resources.get(blockName(address))?.expressions;
  // Through several calls the argument may have changed its name: then the call stands for it.
  const references =
    address.modules.length > reached + 1 ? [] : referencesIn(expressionAt(expressions, path));
  const variables = references.flatMap((each) => /^var\.([\w-]+)/.exec(each)?.[1] ?? []);
  const found = variables.find((each) => block.body.attributes.has(each));
  return locationOf(...spanAt(block, found === undefined ? [] : [found]));
}

/** The folder of the innermost module that is in the checkout, and how many calls lead there. */
function modulesWithin(checkout: Checkout, modules: readonly Step[]) {
  let folder = checkout.folder;
  for (let reached = 0; reached < modules.length; reached += 1) {
    const next = folderOfCall(checkout, folder, modules.slice(0, reached + 1));
    if (next === null) return { folder, reached };
    folder = next;
  }
  return { folder, reached: modules.length };
}

/** The folder of a called module; null: it was fetched from elsewhere, or is not in the checkout. */
function folderOfCall(checkout: Checkout, from: string, modules: readonly Step[]): string | null {
  checkout.initialised ??= initialisedIn(checkout);
  const names = modules.map((each) => each.name);
  const call = moduleAt(checkout.configuration.root, modules.slice(0, -1))?.calls.get(
    names.at(-1) ?? "",
  );
  const told = checkout.initialised.get(names.join("."));
  const isLocal = /^\.\.?(\/|$)/.test(call?.source ?? "");
  const found =
    told !== undefined
      ? within(checkout.folder, told)
      : isLocal
        ? within(from, call?.source ?? "")
        : null;
  if (found === null || found.split("/").includes(".terraform")) return null;
  return holdsConfiguration(checkout.files.list(found)) ? found : null;
}

function initialisedIn({ files, folder }: Checkout): Map<string, string> {
  const bytes = files.read(joinPath(folder, ".terraform/modules/modules.json"));
  if (bytes === null) return new Map();
  try {
    const modules = listOf(at(JSON.parse(new TextDecoder().decode(bytes)), "Modules"));
    return new Map(
      modules.map((each) => [textOf(at(each, "Key")) ?? "", textOf(at(each, "Dir")) ?? ""]),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

function sourceIn({ folders, parsed }: Checkout, folder: string): SourceConfiguration | null {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const read = readSource(parsed, folder);
  folders.set(folder, read);
  return read;
}

function readSource(parsed: Parsed, folder: string): SourceConfiguration | null {
  try {
    return configurationOf(parsed, folder);
  } catch (error) {
    if (error instanceof AuditError) return null;
    throw error;
  }
}
