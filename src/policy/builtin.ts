import { existsSync, readFileSync } from "node:fs";
import type { Policy } from "./policy.ts";
import { policySources } from "./sources.ts";

let read: Policy[] | null = null;

/**
 * The policies that come with Trailproof, sorted by id. They are linted by the build and by the
 * tests, not here.
 */
export function builtinPolicies(): Policy[] {
  read ??= policiesBeside(import.meta.url);
  return [...read];
}

/**
 * The policies of the module at this URL: from `policies.json` beside it where it is a bundle, else
 * from the `policies/` two folders up, as in the repository.
 */
export function policiesBeside(module: string): Policy[] {
  const bundled = new URL("policies.json", module);
  if (!existsSync(bundled)) return policySources(new URL("../../policies/", module));
  return JSON.parse(readFileSync(bundled, "utf8")) as Policy[];
}
