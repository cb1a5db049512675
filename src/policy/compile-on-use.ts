import { once } from "../snapshot/once.ts";
import { type CompiledPolicy, compilePolicy } from "./compile.ts";
import { defaultsOf, type ParameterValues } from "./parameters.ts";
import type { Policy } from "./policy.ts";

/**
 * As `compilePolicy`, but a policy that keeps its own defaults is compiled when it first judges: a
 * plan of a few resources asks few of all policies. One with a configured parameter is compiled here,
 * for the value may not fit its place, which is the operator's to hear whatever there is to judge.
 */
export function compiledOnUse(
  policy: Policy,
  { values, configured }: { values: ParameterValues; configured: Record<string, unknown> },
): CompiledPolicy {
  const defaults = defaultsOf(policy);
  if (Object.keys(configured).some((name) => Object.hasOwn(defaults, name))) {
    return compilePolicy(policy, values);
  }
  const compiled = once(() => compilePolicy(policy, values));
  return {
    policy,
    parameters: defaults,
    get reads() {
      return compiled().reads;
    },
    selects: (fields) => compiled().selects(fields),
    verdict: (fields) => compiled().verdict(fields),
    judge: (fields) => compiled().judge(fields),
  };
}
