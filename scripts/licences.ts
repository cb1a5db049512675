import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The licence texts of every package that went into a bundle, which their licences ask for. */
export function licences(moduleIds: readonly string[]): string {
  const packages = new Set(moduleIds.flatMap(packageOf));
  return [...packages].sort().map(notice).join("\n");
}

function packageOf(moduleId: string): string[] {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId);
  return match?.[1] === undefined ? [] : [match[1].replace(/^.*?node_modules\//, "node_modules/")];
}

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  const text =
    file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), "utf8");
  const extra = existsSync(join(folder, "NOTICE"))
    ? readFileSync(join(folder, "NOTICE"), "utf8")
    : "";
  return `=== ${name} ${version}\n\n${text.trim()}\n${extra}`;
}
