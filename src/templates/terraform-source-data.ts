import { type Fact, isKnown, mapFact } from "../snapshot/unknown.ts";
import { evaluate, type Scope } from "./hcl/evaluate.ts";
import type { Block } from "./hcl/syntax.ts";
import { failure, type Lazy, type Term, unresolved } from "./hcl/term.ts";
import { concatenated } from "./hcl/text.ts";
import {
  nameReference,
  organizationReference,
  type PlaceFact,
  placeReference,
} from "./place-reference.ts";
import { blocksTerm } from "./terraform-source-body.ts";
import { instancesTerm } from "./terraform-source-instance-terms.ts";
import { instancesOf } from "./terraform-source-instances.ts";
import { policyDocument } from "./terraform-source-policy-document.ts";
import { type Made, placeOf } from "./terraform-source-provider.ts";
import { type Instance, type Module, once } from "./terraform-source-reading.ts";
import { scopeOf } from "./terraform-source-scope.ts";

/** What `data.type.name` is in an expression. */
export function dataTerm(module: Module, name: string): Term {
  const block = module.configuration.data.get(name);
  if (block === undefined) return unresolved(`data.${name}`);
  const key = `data.${name}`;
  const instances = module.instances.get(key) ?? instancesOf(block.body, scopeOf(module));
  module.instances.set(key, instances);
  return instancesTerm(key, instances, (at) => {
    const instance = instances.byKey.get(at);
    return instance === undefined ? failure(key) : instanceTerm(module, block, { key, instance });
  });
}

function instanceTerm(
  module: Module,
  block: Block,
  { key, instance }: { key: string; instance: Instance },
): Lazy {
  const name = key + instance.suffix;
  return {
    name,
    $get: (attribute) =>
      once(module, `${name}.${attribute}`, () =>
        attributeTerm(module, block, { name, scope: instance.scope, attribute: String(attribute) }),
      ),
    $whole: null,
  };
}

type Asked = { name: string; scope: Scope; attribute: string };

function attributeTerm(module: Module, block: Block, { name, scope, attribute }: Asked): Term {
  const type = block.labels[0] ?? "";
  const isJson = attribute === "json" || attribute === "minified_json";
  if (type === "aws_iam_policy_document" && isJson) return policyDocument(block, scope);
  const made = { block, scope, address: name };
  const identity = identityTerm(module, made, `${type}.${attribute}`);
  if (identity !== null) return identity;
  const place = placeTerm(module, made, `${type}.${attribute}`);
  if (place !== null) return place;
  const given = block.body.attributes.get(attribute);
  if (given !== undefined && attribute !== "id" && attribute !== "arn")
    return evaluate(given.value, scope);
  return blocksTerm(block.body, attribute, scope) ?? unresolved(`${name}.${attribute}`);
}

/**
 * What data sources tell of the place that a provider works in; null: none of that. Where it is not
 * known, it is still the same for all that the provider makes.
 */
function placeTerm(module: Module, made: Made, asked: string): Term | null {
  const { region, accountId } = placeOf(module, made);
  const term = (fact: PlaceFact, known: Fact<string>) =>
    isKnown(known) ? known : placeReference(fact, known);
  switch (asked) {
    case "aws_caller_identity.account_id":
    case "aws_caller_identity.id":
      return term("account", accountId);
    case "aws_region.name":
    case "aws_region.id":
    case "aws_region.region":
      return term("region", region);
    case "aws_partition.partition":
    case "aws_partition.id":
      return term("partition", mapFact(region, partitionOf));
    case "aws_partition.dns_suffix":
      return isKnown(region)
        ? (SUFFIXES.get(partitionOf(region)) ?? unresolved(asked))
        : unresolved(asked);
    default:
      return null;
  }
}

/**
 * Who is there already in the account of the provider, as far as its place tells; null: nobody. In a
 * policy this is somebody of the account, whatever the name.
 */
function identityTerm(module: Module, made: Made, asked: string): Term | null {
  const { accountId } = placeOf(module, made);
  if (asked === "aws_organizations_organization.id") return organizationReference(accountId);
  const kind = /^aws_iam_(role|user)\.arn$/.exec(asked)?.[1];
  if (kind === undefined) return null;
  const part = (fact: string) => placeTerm(module, made, fact) ?? unresolved(fact);
  const address = module.address === "" ? made.address : `${module.address}.${made.address}`;
  return concatenated([
    "arn:",
    part("aws_partition.partition"),
    ":iam::",
    part("aws_caller_identity.account_id"),
    `:${kind}/`,
    nameReference(address),
  ]);
}

const PARTITIONS = [
  ["us-gov-", "aws-us-gov"],
  ["cn-", "aws-cn"],
  ["eusc-", "aws-eusc"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-iso-", "aws-iso"],
] as const;

function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

const SUFFIXES = new Map([
  ["aws", "amazonaws.com"],
  ["aws-us-gov", "amazonaws.com"],
  ["aws-cn", "amazonaws.com.cn"],
  ["aws-eusc", "amazonaws.eu"],
]);
