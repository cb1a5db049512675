import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Framework, FrameworkFile } from "./framework.ts";
import type { Policy } from "./policy.ts";
import { readPolicyText } from "./policy-text.ts";

// Where the source itself runs. The bundle holds policies and frameworks as JSON and leaves this out,
// for YAML takes a third of the time that a check of a small plan may take.

/** A framework's id may hold its version, `pci-dss-4.0.1`, and begin with a digit, `21-cfr-part-11`. */
export const FRAMEWORK_FILE = /^([a-z0-9]+(?:[-.][a-z0-9]+)*)\.yaml$/;

/** The policies of a folder, sorted by id. */
export function policySources(folder: URL): Policy[] {
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

/** The frameworks of a folder, sorted by id. */
export function frameworkSources(folder: URL): Framework[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => {
    const file = fileURLToPath(new URL(name, folder));
    const { id, value } = readPolicyText(readFileSync(file, "utf8"), file, FRAMEWORK_FILE);
    return { ...(value as FrameworkFile), id };
  });
}
