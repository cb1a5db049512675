import type { LoadedConfig } from "../config.ts";
import { bad } from "../config-fault.ts";
import type { Config } from "../config-schema.ts";
import { AuditError } from "../errors.ts";
import type { ScopedFramework } from "../evaluate/roll-up-scope.ts";
import type { Scope } from "../evaluate/scope.ts";
import type { Framework } from "../policy/framework.ts";
import { builtinFrameworks } from "../policy/frameworks.ts";

type Loaded = Pick<LoadedConfig, "config" | "at">;

/** What a run limits itself to, and the frameworks that it rolls verdicts up for. */
export type Chosen = { scope: Scope | null; frameworks: ScopedFramework[] };

/** Reads scopes and frameworks out of config and options; throws AuditErrors for names of nothing. */
export function chosenScopes(
  loaded: Loaded,
  { scope, framework }: { scope?: string; framework?: string[] },
  unasked: ReadonlyMap<string, string> = new Map(),
): Chosen {
  const scopes = scopesOf(loaded);
  return {
    scope: scope === undefined ? null : named(scope, scopes),
    frameworks: frameworksOf(loaded, scopes, framework).map((each) => ({
      ...each,
      framework: askedOf(each.framework, unasked),
    })),
  };
}

/** A framework without the policies that wait for a parameter: they can neither support nor doubt. */
function askedOf(framework: Framework, unasked: ReadonlyMap<string, string>): Framework {
  const controls = framework.controls.map((control) => {
    const { policies = [], ...rest } = control;
    const waiting = policies.flatMap(({ policy }) => unasked.get(policy) ?? []);
    if (waiting.length === 0) return control;
    const asked = policies.filter(({ policy }) => !unasked.has(policy));
    if (asked.length > 0) return { ...rest, policies: asked };
    const notAssessable = `Asked only where the config sets ${waiting.join(", ")}.`;
    return { notAssessable, ...rest };
  });
  return { ...framework, controls };
}

type Scopes = ReadonlyMap<string, Scope>;

function scopesOf({ config, at }: Loaded): Scopes {
  const scopes = new Map<string, Scope>();
  for (const [index, scope] of (config.scopes ?? []).entries()) {
    const { name, ous = [] } = scope;
    if (scopes.has(name)) {
      throw bad(at(["scopes", index, "name"]), `there are two scopes \`${name.slice(0, 100)}\``);
    }
    const unit = ous.find((ou) => /^(ou|r)-[0-9a-z]{4}/.test(ou));
    if (unit !== undefined) {
      throw bad(
        at(["scopes", index, "ous"]),
        `\`${unit}\` is an id; a scope takes the unit's path`,
      );
    }
    scopes.set(name, scope);
  }
  return scopes;
}

function named(name: string, scopes: Scopes): Scope {
  const found = scopes.get(name);
  if (found !== undefined) return found;
  throw new AuditError(
    "bad-option",
    `there is no scope \`${name.slice(0, 100)}\``,
    scopes.size === 0
      ? "Define it under `scopes` in trailproof.yaml."
      : `Use one of ${[...scopes.keys()].join(", ")}, or define it under \`scopes\` in trailproof.yaml.`,
  );
}

/** What --framework takes for every framework there is. */
const ALL = "all";

const WHERE = "docs/frameworks/README.md lists the ids, such as pci-dss-4.0.1 and cis-aws-5.0";

/** Those that the option names; else those of the config, and the ones that everybody asks for. */
function frameworksOf(
  { config, at }: Loaded,
  scopes: Scopes,
  wanted: readonly string[] | undefined,
): ScopedFramework[] {
  const all = builtinFrameworks();
  const stranger = wanted?.find((id) => id !== ALL && !all.some((each) => each.id === id));
  if (stranger !== undefined) throw noFramework(stranger);
  const scopeOf = new Map<string, Scope | null>();
  for (const [index, entry] of (config.frameworks ?? []).entries()) {
    const fault = faultIn(entry, { all, scopes, scopeOf });
    if (fault !== null) throw bad(at(["frameworks", index, fault.key]), fault.what);
    scopeOf.set(entry.id, entry.scope === undefined ? null : (scopes.get(entry.scope) ?? null));
  }
  const isWanted = ({ id, byDefault = false }: Framework) =>
    wanted === undefined
      ? byDefault || scopeOf.has(id)
      : wanted.includes(id) || wanted.includes(ALL);
  return all
    .filter(isWanted)
    .map((framework) => ({ framework, scope: scopeOf.get(framework.id) ?? null }));
}

type Entry = NonNullable<Config["frameworks"]>[number];
type Known = {
  all: readonly Framework[];
  scopes: Scopes;
  scopeOf: ReadonlyMap<string, Scope | null>;
};

function faultIn({ id, scope }: Entry, { all, scopes, scopeOf }: Known) {
  const quoted = (text: string) => `\`${text.slice(0, 100)}\``;
  if (!all.some((each) => each.id === id)) {
    return { key: "id", what: `there is no framework ${quoted(id)}; ${WHERE}` };
  }
  if (scopeOf.has(id)) return { key: "id", what: `${quoted(id)} is there twice` };
  if (scope !== undefined && !scopes.has(scope))
    return { key: "scope", what: `there is no scope ${quoted(scope)}` };
  return null;
}

function noFramework(id: string): AuditError {
  return new AuditError(
    "bad-option",
    `there is no framework \`${id.slice(0, 100)}\``,
    `Use ${ALL}, or some of the ids: ${WHERE}.`,
  );
}
