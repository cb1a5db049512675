import type { Files } from "../files.ts";
import type { Configuration } from "./configuration.ts";
import type { Locate } from "./states.ts";

/** Where the attributes of a plan's resources are written. */
export function locator(
  { files, folder }: { files: Files | null; folder: string | null },
  _configuration: Configuration,
): Locate {
  if (files === null || folder === null) return () => null;
  return () => null;
}
