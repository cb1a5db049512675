import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The licence texts of every package that went into a bundle, each text once with its packages. */
export function licences(moduleIds: readonly string[]): string {
  const packages = [...new Set(moduleIds.flatMap(packageOf))].sort();
  const byText = new Map<string, string[]>();
  for (const folder of packages) {
    const { name, text } = notice(folder);
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText].map(([text, names]) => `=== ${names.join(", ")}\n\n${text}\n`).join("\n");
}

function packageOf(moduleId: string): string[] {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId);
  return match?.[1] === undefined ? [] : [match[1].replace(/^.*?node_modules\//, "node_modules/")];
}

function notice(folder: string): { name: string; text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((each) => /^(licen[cs]e|notice)(\.|$)/i.test(each));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").trim());
  return { name: `${name} ${version}`, text: texts.join("\n\n") || `Licence: ${license}` };
}
