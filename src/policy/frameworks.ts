import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Framework, FrameworkFile } from "./framework.ts";
import { type Packed, unpacked } from "./packed.ts";
import { readPolicyText } from "./policy-text.ts";

/** A framework's id may hold its version, `pci-dss-4.0.1`, and begin with a digit, `21-cfr-part-11`. */
export const FRAMEWORK_FILE = /^([a-z0-9]+(?:[-.][a-z0-9]+)*)\.yaml$/;

let read: Framework[] | null = null;

/**
 * The frameworks that come with Trailproof, sorted by id. They are linted by the build and by the
 * tests, not here.
 */
export function builtinFrameworks(): Framework[] {
  read ??= frameworksBeside(import.meta.url);
  return [...read];
}

/**
 * The frameworks of the module at this URL: from `frameworks.json` beside it where it is a bundle,
 * else from the `policies/frameworks/` two folders up, as in the repository.
 */
export function frameworksBeside(module: string): Framework[] {
  const bundled = new URL("frameworks.json", module);
  if (!existsSync(bundled)) return sources(new URL("../../policies/frameworks/", module));
  return unpacked(JSON.parse(readFileSync(bundled, "utf8")) as Packed);
}

function sources(folder: URL): Framework[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => {
    const file = fileURLToPath(new URL(name, folder));
    const { id, value } = readPolicyText(readFileSync(file, "utf8"), file, FRAMEWORK_FILE);
    return { ...(value as FrameworkFile), id };
  });
}
