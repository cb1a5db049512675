import { existsSync, readFileSync } from "node:fs";
import type { Framework } from "./framework.ts";
import { type Packed, unpacked } from "./packed.ts";
import { frameworkSources } from "./sources.ts";

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
  if (!existsSync(bundled)) return frameworkSources(new URL("../../policies/frameworks/", module));
  return unpacked(JSON.parse(readFileSync(bundled, "utf8")) as Packed);
}
