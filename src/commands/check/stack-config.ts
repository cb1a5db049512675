import { dirname, join } from "node:path";
import type { Config } from "../../config-schema.ts";
import type { CheckOptions } from "../../options.ts";
import { ON_DISK } from "../../text-source.ts";
import { configPath } from "../rules.ts";
import { insideRoot } from "./checkout.ts";
import type { StackDefinition } from "./inputs.ts";
import type { RulesOfChange } from "./rules-of-change.ts";

type Written = NonNullable<Config["stacks"]>[number];

/**
 * The stacks of the config. Of a pull request those of the base stay as they are there, so that it
 * cannot say that its trail is in another account; what it adds counts too.
 */
export function stackDefinitions(
  { judging, proposed }: RulesOfChange,
  root: string,
  options: CheckOptions,
): StackDefinition[] {
  const folder = dirname(configPath(options, ON_DISK) ?? "trailproof.yaml");
  const at = (path: string) => insideRoot(root, join(folder, path));
  const written = new Map<string, Written>();
  for (const each of [...(proposed?.config.stacks ?? []), ...(judging.config.stacks ?? [])]) {
    written.set(each.name, each);
  }
  return [...written.values()].map((stack) => definition(stack, at));
}

function definition(
  { name, path, plan, account, region, parameters = {}, variableFiles = [] }: Written,
  at: (path: string) => string,
): StackDefinition {
  return {
    name,
    path: at(path),
    plan: plan === undefined ? null : at(plan),
    account: account ?? null,
    region: region ?? null,
    parameters,
    variableFiles: variableFiles.map(at),
  };
}
