import type { JsonObject } from "../../snapshot/json.ts";
import { type Fact, type Json, unknown } from "../../snapshot/unknown.ts";
import { addressOf, blockName } from "./address.ts";
import type { Change } from "./changes.ts";
import { moduleAt } from "./configuration.ts";
import { at, objectOf, textOf } from "./json.ts";
import {
  type Arguments,
  accountIn,
  accountSet,
  isDefault,
  type Provider,
  providerKey,
  providersOf,
  regionIn,
  regionSet,
} from "./provider.ts";

/** Where a resource is, or will be. */
export type Place = { region: Fact<string>; accountId: Fact<string> };

/** What tells where resources are, beside themselves. */
export type Surroundings = Arguments & {
  /** Where the stack is applied, as its operator says. */
  stack: { region?: string; accountId?: string };
  /** What data sources said of each provider, by its key. */
  told: Map<string, { region: string | null; accountId: string | null }>;
};

/** Where a change's resource is before it, or after it; its own attributes go before its provider. */
export function placeOf(change: Change, values: JsonObject, around: Surroundings): Place {
  const isSame = change.action !== "replace" && change.action !== "create";
  const sources = [values, ...(isSame ? [change.after, change.before, ...change.identities] : [])];
  const own = sources.flatMap((each) => (each === null ? [] : [each]));
  const arns = own.flatMap((each) => ownArn(change, each));
  const providers = providersOf(change.address, around.configuration);
  return {
    region:
      firstText(own, "region") ??
      arns.map(regionIn).find((each) => each !== null) ??
      agreed(providers, (each) => regionOf(each, around)) ??
      (providers.length === 0 ? around.stack.region : undefined) ??
      notTold("region", change, around),
    accountId:
      (change.address.type === "aws_s3_account_public_access_block"
        ? firstText(own, "account_id")
        : null) ??
      arns.map(accountIn).find((each) => each !== null) ??
      agreed(providers, (each) => accountOf(each, around)) ??
      (providers.length === 0 ? around.stack.accountId : undefined) ??
      notTold("account", change, around),
  };
}

/**
 * Says of which provider it is that a plan does not tell it: in the same words of two resources only
 * where they have the same for certain.
 */
function notTold(fact: "region" | "account", change: Change, { configuration }: Surroundings) {
  const key = providerKey(change.address, configuration);
  const of = key === null ? change.text : `provider ${key}`;
  return unknown("unresolved", { detail: `the plan does not tell the ${fact} of ${of}` });
}

/** These have in `arn` what they are about, which may be elsewhere. */
const FOREIGN_ARN = new Set(["aws_cloudwatch_event_target", "aws_sns_topic_policy"]);

function ownArn({ address }: Change, values: JsonObject): string[] {
  const arn = FOREIGN_ARN.has(address.type) ? null : textOf(values["arn"]);
  return arn === null ? [] : [arn];
}

function firstText(sources: readonly JsonObject[], attribute: string): string | null {
  for (const each of sources) {
    const text = textOf(at(each, attribute));
    if (text !== null) return text;
  }
  return null;
}

/** What all of the providers that it may be have in common. */
function agreed(
  providers: readonly Provider[],
  ask: (provider: Provider) => string | undefined,
): string | undefined {
  const [first, ...others] = providers.map(ask);
  return others.every((each) => each === first) ? first : undefined;
}

function regionOf(provider: Provider, around: Surroundings): string | undefined {
  const said = around.told.get(provider.key)?.region;
  const set = regionSet(provider, around) ?? said ?? undefined;
  // One that sets none works where the stack does, and so, as its operator says, does the default.
  const isStack = regionSet(provider, around) === null || isDefault(provider);
  return set ?? (isStack ? around.stack.region : undefined);
}

function accountOf(provider: Provider, around: Surroundings): string | undefined {
  const set = accountSet(provider, around);
  const said = (around.told.get(provider.key) ?? toldBeside(provider, around))?.accountId;
  const isStack = set === null || isDefault(provider);
  return said ?? set ?? (isStack ? around.stack.accountId : undefined);
}

/** Where neither says in whose name it works, the two providers for AWS work in the same. */
function toldBeside(provider: Provider, around: Surroundings) {
  if (provider.key !== "awscc") return undefined;
  const expressions = objectOf(around.configuration.providers.get("aws")?.["expressions"]);
  const both = [provider, { ...provider, expressions }];
  const areSilent = both.every((each) => accountSet(each, around) === null);
  return areSilent ? around.told.get("aws") : undefined;
}

/** What data sources in a plan's prior state said of the providers through which they asked. */
export function toldBy(
  sources: Iterable<Json>,
  { configuration }: Arguments,
): Surroundings["told"] {
  const told: Surroundings["told"] = new Map();
  for (const source of sources) {
    const address = addressOf(textOf(at(source, "address")) ?? "");
    if (address === null || address.mode !== "data") continue;
    const [provider, ...others] = providersOf(address, configuration);
    if (provider === undefined || others.length > 0) continue;
    // With the argument `region` it speaks of another than the provider's.
    const block = moduleAt(configuration.root, address.modules)?.resources.get(blockName(address));
    if (at(block?.expressions, "region") !== undefined) continue;
    const before = told.get(provider.key) ?? { region: null, accountId: null };
    told.set(provider.key, { ...before, ...saidBy(address.type, at(source, "values")) });
  }
  return told;
}

function saidBy(
  type: string,
  values: Json | undefined,
): Partial<{ region: string; accountId: string }> {
  const region = type === "aws_region" ? textOf(at(values, "id")) : null;
  const accountId = type === "aws_caller_identity" ? textOf(at(values, "account_id")) : null;
  return { ...(region === null ? {} : { region }), ...(accountId === null ? {} : { accountId }) };
}
