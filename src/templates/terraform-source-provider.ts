import { type Fact, unknown } from "../snapshot/unknown.ts";
import { evaluate, type Scope } from "./hcl/evaluate.ts";
import type { Block, Expression } from "./hcl/syntax.ts";
import { isList, settled, type Term, textOf } from "./hcl/term.ts";
import { parseTypeText } from "./hcl/type-text.ts";
import type { Module } from "./terraform-source-reading.ts";
import { scopeOf } from "./terraform-source-scope.ts";

/** Where a resource is made. */
export type Placement = { region: Fact<string>; accountId: Fact<string> };

/** By its own `region`, its provider's region and role, else the stack's. */
export function placeOf(module: Module, block: Block, scope: Scope): Placement {
  const provider = providerOf(module, block);
  const own = block.body.attributes.get("region");
  const text = own === undefined ? null : settled(evaluate(own.value, scope));
  const known = placement(module, provider);
  if (text === null) return known;
  return {
    ...known,
    region: typeof text === "string" ? text : notKnown("the region of the resource"),
  };
}

const notKnown = (what: string) => unknown("unresolved", { detail: what.slice(0, 200) });

type Provider = { name: string; block: Block | null; module: Module };

/** The provider that a resource names, or that its type implies, followed to where it is configured. */
function providerOf(module: Module, block: Block): Provider {
  const given = block.body.attributes.get("provider");
  const implied = (block.labels[0] ?? "").split("_")[0] ?? "";
  const name =
    given === undefined ? implied : (pathText(parseTypeText(given.value, given.source)) ?? "?");
  return followed(module, name);
}

/** `aws`, `aws.east`: what a provider is called where it is passed on. */
function pathText(expression: Expression): string | null {
  if (expression.kind === "literal") return String(expression.value);
  if (expression.kind === "name") return expression.name;
  if (expression.kind === "parentheses") return pathText(expression.of);
  if (expression.kind !== "attribute" || expression.from.kind !== "name") return null;
  return `${expression.from.name}.${expression.name}`;
}

function followed(module: Module, name: string): Provider {
  const own = module.configuration.providers.get(name);
  if (own !== undefined || module.call === null) return { name, block: own ?? null, module };
  const passed = module.call.block.body.attributes.get("providers");
  const entries = passed?.value.kind === "object" ? passed.value.entries : [];
  const entry = entries.find(({ key }) => pathText(key) === name);
  if (entry !== undefined) {
    const source = passed?.source ?? module.call.block.source;
    return followed(module.call.module, pathText(parseTypeText(entry.value, source)) ?? "?");
  }
  return name.includes(".") ? { name, block: null, module } : followed(module.call.module, name);
}

/** Arguments by which a provider may enter another account than the stack's. */
const CREDENTIALS = [
  "profile",
  "access_key",
  "shared_credentials_files",
  "assume_role_with_web_identity",
];

function placement(module: Module, { name, block, module: owner }: Provider): Placement {
  const { options } = module.reading;
  const isDefault = !name.includes(".");
  const unseen = block === null && !isDefault;
  const region = block === null ? null : argument(block, owner, "region");
  const account = block === null ? null : accountOf(block, owner);
  const stack = { region: options.region, accountId: options.accountId };
  const what = (fact: string) => notKnown(`the ${fact} of provider ${name}`);
  // The stack's own is meant for its default provider; one that differs says so and is not known.
  const otherwise = (given: Term, fact: "region" | "accountId") =>
    unseen || (given !== null && !isDefault) ? what(fact) : (stack[fact] ?? what(fact));
  const ownCredentials = !isDefault && block !== null && usesOther(block);
  return {
    region: typeof region === "string" ? region : otherwise(region, "region"),
    accountId:
      typeof account === "string"
        ? account
        : otherwise(ownCredentials ? false : account, "accountId"),
  };
}

const usesOther = ({ body }: Block): boolean =>
  CREDENTIALS.some(
    (name) => body.attributes.has(name) || body.blocks.some(({ type }) => type === name),
  );

/** A text; null: it is not given; any other term: it is not known. */
function argument(block: Block, owner: Module, name: string): Term {
  const attribute = block.body.attributes.get(name);
  if (attribute === undefined) return null;
  const term = settled(evaluate(attribute.value, scopeOf(owner)));
  return term === null ? null : textOf(term);
}

/** The account of the role that is assumed, the last one in a chain, else the only one allowed. */
function accountOf(block: Block, owner: Module): Term {
  const role = block.body.blocks.findLast(({ type }) => type === "assume_role");
  const arn = role === undefined ? null : argument(role, owner, "role_arn");
  if (typeof arn === "string") return /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1] ?? false;
  if (arn !== null) return arn;
  const allowed = block.body.attributes.get("allowed_account_ids");
  const list = allowed === undefined ? null : settled(evaluate(allowed.value, scopeOf(owner)));
  if (list === null || !isList(list) || list.length !== 1) return null;
  const only = textOf(list[0] ?? null);
  return typeof only === "string" ? only.padStart(12, "0") : null;
}
