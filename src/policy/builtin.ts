import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Policy } from "./policy.ts";
import { readPolicyText } from "./policy-text.ts";

const BUNDLED = new URL("policies.json", import.meta.url);
const SOURCES = new URL("../../policies/", import.meta.url);

let read: Policy[] | null = null;

/**
 * The policies that come with Trailproof, sorted by id: from `policies.json` next to the bundle,
 * else from the repository's `policies/`. They are linted by the build and by the tests, not here.
 */
export function builtinPolicies(): Policy[] {
  read ??= existsSync(BUNDLED) ? bundled() : sources();
  return [...read];
}

function bundled(): Policy[] {
  return JSON.parse(readFileSync(BUNDLED, "utf8")) as Policy[];
}

function sources(): Policy[] {
  const names = readdirSync(SOURCES).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => {
    const file = fileURLToPath(new URL(name, SOURCES));
    const { id, value } = readPolicyText(readFileSync(file, "utf8"), file);
    return { ...(value as Policy), id };
  });
}
