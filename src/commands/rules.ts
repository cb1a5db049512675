import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";
import type { LoadedConfig } from "../config.ts";
import type { Config } from "../config-schema.ts";
import { AuditError } from "../errors.ts";
import type { Waiver } from "../evaluate/waiver.ts";
import type { JudgingOptions } from "../options.ts";
import { builtinPolicies } from "../policy/builtin.ts";
import type { CompiledPolicy } from "../policy/compile.ts";
import { compiledOnUse } from "../policy/compile-on-use.ts";
import { type ParameterValues, resolveParameters, unsetParameters } from "../policy/parameters.ts";
import type { Policy } from "../policy/policy.ts";
import type { SubjectContext } from "../subjects/join.ts";
import type { Wanted } from "../subjects/wanted.ts";
import { ON_DISK, type TextSource } from "../text-source.ts";
import { type Chosen, chosenScopes } from "./scopes.ts";
import { waiversOf } from "./waivers.ts";

/** Everything that decides verdicts beside the facts. */
export type Rules = Chosen & {
  config: Config;
  policies: Policy[];
  compiled: CompiledPolicy[];
  parameters: ParameterValues;
  subjects: SubjectContext;
  waivers: Waiver[];
  /** SHA-256 of the policies as judged by, and of the config file: made where somebody asks. */
  digests: () => { policies: string; config: string | null };
};

type RuleOptions = Pick<
  JudgingOptions,
  "config" | "policy" | "skipPolicy" | "policies" | "framework" | "scope"
>;

const DEFAULT_CONFIG = "trailproof.yaml";
const NO_CONFIG: Omit<LoadedConfig, "text"> & { text: null } = {
  config: {},
  text: null,
  at: () => DEFAULT_CONFIG,
};

/** Reads config and policies and makes them ready; throws AuditErrors for what is wrong with them. */
export async function loadRules(options: RuleOptions, source = ON_DISK): Promise<Rules> {
  const path = configPath(options, source);
  // Loaded where there is one: it brings YAML along.
  const loaded =
    path === null ? NO_CONFIG : await (await import("../config.ts")).loadConfig(path, source);
  const { config, text } = loaded;
  const folders = [
    ...(config.policies?.folders ?? []).map((folder) => resolve(dirname(path ?? "."), folder)),
    ...(options.policies === undefined ? [] : [options.policies]),
  ];
  const all = await allPolicies(folders, source);
  const { parameters: configured = {} } = config;
  const parameters = resolveParameters(all, configured);
  const asked = selected(all, options, config).filter((policy) =>
    isAsked(policy, parameters, options),
  );
  const policies = withSeverities(asked, all, config);
  return {
    config,
    policies,
    compiled: policies.map((policy) => compiledOnUse(policy, { values: parameters, configured })),
    parameters,
    subjects: {
      named: (config.named ?? []).map(({ account }) => account),
      ours: (config.stacks ?? []).flatMap(({ account }) => account ?? []),
      limits: limits(parameters),
      wanted: wanted(parameters),
    },
    waivers: waiversOf(loaded, all),
    ...chosenScopes(loaded, options, unasked(all, parameters)),
    digests: () => ({
      policies: sha256(JSON.stringify(policies)),
      config: text === null ? null : sha256(text),
    }),
  };
}

/** The config that a run reads: the one that is named, else the usual one where there is one. */
export function configPath({ config }: RuleOptions, source: TextSource): string | null {
  return config ?? (source.has(DEFAULT_CONFIG) ? DEFAULT_CONFIG : null);
}

async function allPolicies(folders: readonly string[], source: TextSource): Promise<Policy[]> {
  const builtin = builtinPolicies();
  if (folders.length === 0) return builtin;
  // The linter brings ajv along, which a run with the built-in policies alone does not need.
  const { loadPolicies, joined } = await import("../policy/load.ts");
  return joined([builtin, ...folders.map((folder) => loadPolicies(folder, source))]);
}

/** The policies that options and config leave; a name that is none of theirs is an error. */
function selected(
  all: Policy[],
  { policy, skipPolicy }: RuleOptions,
  { policies }: Config,
): Policy[] {
  const only = known(policy, all, "bad-option") ?? known(policies?.only, all, "bad-config");
  const skip = [
    ...(known(skipPolicy, all, "bad-option") ?? []),
    ...(known(policies?.skip, all, "bad-config") ?? []),
  ];
  const left = all.filter(({ id }) => (only?.includes(id) ?? true) && !skip.includes(id));
  if (left.length > 0) return left;
  throw new AuditError(
    "bad-option",
    "the options leave no policy to judge by",
    "Name fewer policies with --skip-policy, or others with --policy.",
  );
}

/** Policies that wait for a parameter, each with its name. */
function unasked(all: readonly Policy[], parameters: ParameterValues): Map<string, string> {
  return new Map(
    all.flatMap((policy) => {
      const [unset] = unsetParameters(policy, parameters);
      return unset === undefined ? [] : [[policy.id, unset]];
    }),
  );
}

/** A policy whose parameter nobody set has nothing to compare with, and is left out unless asked for. */
function isAsked(policy: Policy, parameters: ParameterValues, options: RuleOptions): boolean {
  const [unset] = unsetParameters(policy, parameters);
  if (unset === undefined) return true;
  if (options.policy?.includes(policy.id) !== true) return false;
  throw new AuditError(
    "bad-config",
    `${policy.id} needs the parameter ${unset}, which the config does not set`,
    `Set it under parameters in trailproof.yaml: ${policy.parameters?.[unset]?.description ?? unset}`,
  );
}

function known<T extends string[] | undefined>(
  ids: T,
  all: Policy[],
  code: "bad-option" | "bad-config",
): T {
  const wrong = ids?.find((id) => !all.some((policy) => policy.id === id));
  if (wrong === undefined) return ids;
  throw new AuditError(
    code,
    `there is no policy \`${wrong.slice(0, 100)}\``,
    "`trailproof policies list` prints the ids.",
  );
}

function withSeverities(policies: Policy[], all: Policy[], { severity = {} }: Config): Policy[] {
  known(Object.keys(severity), all, "bad-config");
  return policies.map((policy) => {
    const own = Object.hasOwn(severity, policy.id) ? severity[policy.id] : undefined;
    return own === undefined ? policy : { ...policy, severity: own };
  });
}

/** The limits that derived facts need: before they have passed, what is missing is too young. */
function limits(parameters: ParameterValues): SubjectContext["limits"] {
  const { digestMaxAgeHours, cloudWatchLogsLagHours } = parameters;
  if (typeof digestMaxAgeHours !== "number" || typeof cloudWatchLogsLagHours !== "number") {
    throw new Error("the built-in policies declare digestMaxAgeHours and cloudWatchLogsLagHours");
  }
  return { digestMaxAgeHours, cloudWatchLogsLagHours };
}

/** What the parameters ask of lists; null where nothing is configured and there is no default. */
function wanted(parameters: ParameterValues): Wanted {
  const list = (name: keyof Wanted) => {
    const value = parameters[name];
    return Array.isArray(value) ? value : null;
  };
  return {
    requiredTagKeys: list("requiredTagKeys"),
    dataEventResourceTypes: list("dataEventResourceTypes"),
    networkActivityEventSources: list("networkActivityEventSources"),
    cloudTrailAdministrators: list("cloudTrailAdministrators"),
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
