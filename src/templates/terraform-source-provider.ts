import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import { evaluate, type Scope } from "./hcl/evaluate.ts";
import type { Block, Expression } from "./hcl/syntax.ts";
import { isList, isMap, settled, type Term, textOf } from "./hcl/term.ts";
import { parseTypeText } from "./hcl/type-text.ts";
import type { Module } from "./terraform-source-reading.ts";
import { scopeOf } from "./terraform-source-scope.ts";

/** Where a resource is made. */
export type Placement = { region: Fact<string>; accountId: Fact<string> };

/** One resource as it is made: its block, with the names of its instance. */
export type Made = { block: Block; scope: Scope; address: string };

/**
 * By its own `region`, its provider's region and role, else the stack's. What is not known is told in
 * words that are the same for two resources only where it is the same account or region for certain.
 */
export function placeOf(module: Module, { block, scope, address }: Made): Placement {
  const known = placement(module, providerOf(module, block, address));
  const own = block.body.attributes.get("region");
  const text = own === undefined ? null : settled(evaluate(own.value, scope));
  if (text === null) return known;
  return { ...known, region: typeof text === "string" ? text : ownRegion(text, address) };
}

/** A variable of the root has one value, wherever it is asked for. */
function ownRegion(term: Term, address: string): Unknown {
  const detail = isUnknown(term) ? (term.$unknown.detail ?? "") : "";
  return notKnown(
    /^var\.[\w-]+ has no value here$/.test(detail) ? detail : `the region of ${address}`,
  );
}

const notKnown = (what: string) => unknown("unresolved", { detail: what.slice(0, 300) });

/** `label` is what it is called in messages; no two providers are called the same. */
type Provider = {
  label: string;
  isDefault: boolean;
  block: Block | null;
  module: Module;
};

/** The provider that a resource names, or that its type implies, followed to where it is configured. */
function providerOf(module: Module, block: Block, address: string): Provider {
  const given = block.body.attributes.get("provider");
  const implied = (block.labels[0] ?? "").split("_")[0] ?? "";
  const name = given === undefined ? implied : pathText(parseTypeText(given.value, given.source));
  return name === null ? computed(module, `of ${address}`) : followed(module, name);
}

/** One that an expression chooses among several. */
function computed(module: Module, label: string): Provider {
  return { label, isDefault: false, block: null, module };
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
  if (own !== undefined || module.call === null) return provider(module, name, own ?? null);
  const passed = module.call.block.body.attributes.get("providers");
  const entries = passed?.value.kind === "object" ? passed.value.entries : [];
  const entry = entries.find(({ key }) => pathText(key) === name);
  if (entry !== undefined) {
    const source = passed?.source ?? module.call.block.source;
    const outer = pathText(parseTypeText(entry.value, source));
    if (outer === null) return computed(module, `${name} of ${module.address}`);
    return followed(module.call.module, outer);
  }
  return name.includes(".") ? provider(module, name, null) : followed(module.call.module, name);
}

function provider(module: Module, name: string, block: Block | null): Provider {
  const label = module.address === "" ? name : `${name} of ${module.address}`;
  return { label, isDefault: !name.includes("."), block, module };
}

/** Arguments by which a provider may enter another account than the stack's. */
const CREDENTIALS = [
  "profile",
  "access_key",
  "shared_credentials_files",
  "assume_role_with_web_identity",
];

function placement(module: Module, provider: Provider): Placement {
  const { label, isDefault, block, module: owner } = provider;
  const { options } = module.reading;
  const unseen = block === null && !isDefault;
  const region = block === null ? null : argument(block, owner, "region");
  const account = block === null ? null : accountOf(block, owner);
  const stack = { region: options.region, accountId: options.accountId };
  const inWhose = beside(module, provider).label;
  const what = (fact: "region" | "accountId") =>
    notKnown(`the ${fact} of provider ${fact === "region" ? label : inWhose}`);
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

/** Where neither says in whose name it works, `awscc` works in the same as `aws`. */
function beside(module: Module, own: Provider): Provider {
  if (own.label.split(" ")[0] !== "awscc") return own;
  const other = followed(module, "aws");
  const areSilent = [own, other].every(
    ({ block, module: owner }) =>
      block === null || (!usesOther(block) && accountOf(block, owner) === null),
  );
  return areSilent ? other : own;
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

/** What `awscc` assumes, which writes it as an object. */
function assumed(block: Block, owner: Module): Term {
  const attribute = block.body.attributes.get("assume_role");
  if (attribute === undefined) return null;
  const role = settled(evaluate(attribute.value, scopeOf(owner)));
  return role !== null && isMap(role) ? textOf(role.get("role_arn") ?? false) : role;
}

/** The account of the role that is assumed, the last one in a chain, else the only one allowed. */
function accountOf(block: Block, owner: Module): Term {
  const role = block.body.blocks.findLast(({ type }) => type === "assume_role");
  const arn = role === undefined ? assumed(block, owner) : argument(role, owner, "role_arn");
  if (typeof arn === "string") return /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1] ?? false;
  if (arn !== null) return arn;
  const allowed = block.body.attributes.get("allowed_account_ids");
  const list = allowed === undefined ? null : settled(evaluate(allowed.value, scopeOf(owner)));
  if (list === null || !isList(list) || list.length !== 1) return null;
  const only = textOf(list[0] ?? null);
  return typeof only === "string" ? only.padStart(12, "0") : null;
}
