import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Policy } from "./policy.ts";
import { readPolicyText } from "./policy-text.ts";

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
  if (!existsSync(bundled)) return sources(new URL("../../policies/", module));
  return JSON.parse(readFileSync(bundled, "utf8")) as Policy[];
}

function sources(folder: URL): Policy[] {
  // By id: with `.yaml` an id would come after those that it begins.
  const ids = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length));
  return ids.sort().map((name) => {
    const file = fileURLToPath(new URL(`${name}.yaml`, folder));
    const { id, value } = readPolicyText(readFileSync(file, "utf8"), file);
    return { ...(value as Policy), id };
  });
}
