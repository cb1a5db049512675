import { isJsonObject, type JsonObject } from "../../snapshot/json.ts";
import type { Json } from "../../snapshot/unknown.ts";
import { type Address, blockName, type Step, stepsOf } from "./address.ts";
import { type Configuration, moduleAt, referencesIn } from "./configuration.ts";
import { at, listOf, objectOf, textOf } from "./json.ts";

/** A configuration of the AWS provider, and the module in which it is written. */
export type Provider = { key: string; expressions: JsonObject; modules: readonly Step[] };

/** What is needed to read the arguments of providers. */
export type Arguments = { configuration: Configuration; variables: JsonObject };

/**
 * The provider of a resource: one, or several where the plan does not tell which, as older ones do
 * for modules that are handed their provider. Empty: the plan has no configuration of the resource.
 */
export function providersOf(address: Address, { root, providers }: Configuration): Provider[] {
  const block = moduleAt(root, address.modules)?.resources.get(blockName(address));
  const key = block?.providerKey ?? null;
  if (key === null) return [];
  const entry = providers.get(key);
  if (!key.includes(":") || isJsonObject(entry?.["expressions"])) return [providerFrom(key, entry)];
  const plain = /^awscc(\.|$)/.test(plainKey(key)) ? "awscc" : "aws";
  const written = [...providers].filter(
    ([each, other]) => plainKey(each).split(".")[0] === plain && isJsonObject(other["expressions"]),
  );
  return [
    ...written.map(([each, other]) => providerFrom(each, other)),
    ...(written.some(([each]) => each === plain) ? [] : [providerFrom(plain, undefined)]),
  ];
}

/** What tells the provider of a resource from all others; null: the plan does not tell that. */
export function providerKey(address: Address, configuration: Configuration): string | null {
  const [only, ...others] = providersOf(address, configuration);
  if (only === undefined || isSeveral(only)) return null;
  // Where it may be one of several, it is the same one for all that name it alike.
  const block = moduleAt(configuration.root, address.modules)?.resources.get(blockName(address));
  return others.length === 0 ? only.key : (block?.providerKey ?? null);
}

/** OpenTofu makes one provider for each of a collection, and a plan does not tell which is used. */
function isSeveral({ expressions }: Provider): boolean {
  return /"each\./.test(JSON.stringify(expressions));
}

/** Without the module in which it is written. */
const plainKey = (key: string): string => key.slice(key.lastIndexOf(":") + 1);

function providerFrom(key: string, entry: JsonObject | undefined): Provider {
  const steps = stepsOf(textOf(entry?.["module_address"]) ?? "") ?? [];
  return {
    key,
    expressions: objectOf(entry?.["expressions"]),
    modules: steps.filter((_, index) => index % 2 === 1),
  };
}

/** Whether it is the one that resources have when they name none. */
export function isDefault({ key }: Provider): boolean {
  return key === "aws" || key === "awscc";
}

/** The region that its configuration sets; undefined: it cannot be read; null: it sets none. */
export function regionSet(provider: Provider, given: Arguments): string | null | undefined {
  const expression = provider.expressions["region"];
  if (expression === undefined) return null;
  const region = textOf(constantOf(expression, provider.modules, given));
  return region !== null && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region) ? region : undefined;
}

/** The account that its configuration names; undefined: it cannot be read; null: it names none. */
export function accountSet(provider: Provider, given: Arguments): string | null | undefined {
  const { expressions, modules } = provider;
  const assumed = ["assume_role", "assume_role_with_web_identity"].flatMap((each) =>
    blocksOf(expressions[each]),
  );
  const role = assumed.at(-1);
  if (role !== undefined) {
    const arn = textOf(constantOf(at(role, "role_arn"), modules, given));
    return arn === null ? undefined : (accountIn(arn) ?? undefined);
  }
  const [only, ...more] = listOf(constantOf(expressions["allowed_account_ids"], modules, given));
  if (typeof only === "string" && more.length === 0 && isAccountId(only)) return only;
  const hasOwnCredentials = ["profile", "access_key"].some((each) => each in expressions);
  return hasOwnCredentials ? undefined : null;
}

function blocksOf(expression: Json | undefined): Json[] {
  return Array.isArray(expression) ? expression : isJsonObject(expression) ? [expression] : [];
}

/** The value of an expression that is a constant, or a variable that was given one. */
function constantOf(
  expression: Json | undefined,
  modules: readonly Step[],
  given: Arguments,
): Json | undefined {
  const constant = at(expression, "constant_value");
  if (constant !== undefined) return constant;
  const [reference, ...more] = referencesIn(expression);
  const name = /^var\.([^.[\]]+)$/.exec(reference ?? "")?.[1];
  if (name === undefined || more.length > 0) return undefined;
  const call = modules.at(-1);
  const { root } = given.configuration;
  const fallback = moduleAt(root, modules)?.defaults.get(name);
  if (call === undefined) return at(given.variables, name, "value") ?? fallback;
  const outer = modules.slice(0, -1);
  const passed = at(moduleAt(root, outer)?.calls.get(call.name)?.expressions, name);
  return passed === undefined ? fallback : constantOf(passed, outer, given);
}

/** The account in an ARN; null: it names none. */
export function accountIn(arn: string): string | null {
  const account = arn.split(":", 6)[4] ?? "";
  return arn.startsWith("arn:") && isAccountId(account) ? account : null;
}

/** The region in an ARN; null: it names none. */
export function regionIn(arn: string): string | null {
  const region = arn.split(":", 6)[3] ?? "";
  return arn.startsWith("arn:") && region !== "" ? region : null;
}

function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
