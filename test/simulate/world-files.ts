import { readFileSync } from "node:fs";
import { readWorld, type World } from "../../src/simulate/world.ts";

/** A world of `test/worlds/` by the name of its file, without `.yaml`. */
export function worldFile(name: string): World {
  const url = new URL(`../worlds/${name}.yaml`, import.meta.url);
  return readWorld(readFileSync(url, "utf8"), `${name}.yaml`);
}
