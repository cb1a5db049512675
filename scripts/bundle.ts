import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { loadFrameworks } from "../src/policy/framework-lint.ts";
import { joined, loadPolicies } from "../src/policy/load.ts";
import { packed } from "../src/policy/packed.ts";
import { chunks } from "./chunks.ts";
import { licences } from "./licences.ts";
import { plainStrings } from "./plain-strings.ts";

/** The modules that each file of code was made of, by the file's name. */
export type Contents = ReadonlyMap<string, readonly string[]>;

/** Writes what `dist/` holds into a folder: the entries of npx and of the Action, and their data. */
export async function bundle(folder: string): Promise<Contents> {
  const contents = await code(folder);
  const policies = joined([loadPolicies("policies")]);
  writeFileSync(join(folder, "policies.json"), JSON.stringify(policies));
  const frameworks = loadFrameworks("policies/frameworks", policies);
  writeFileSync(join(folder, "frameworks.json"), JSON.stringify(packed(frameworks)));
  return contents;
}

/** The bundle has policies and frameworks as JSON, and need not read them as they are written. */
const withoutSources: Plugin = {
  name: "without-sources",
  load: (id) =>
    id.endsWith("/src/policy/sources.ts")
      ? 'const none = () => { throw new Error("the JSON beside the bundle is missing"); };\nexport { none as policySources, none as frameworkSources };'
      : null,
};

/** Commander loads what starts programs for subcommands that are programs of their own: none of ours is. */
const withoutPrograms: Plugin = {
  name: "without-programs",
  resolveId: (source, importer) =>
    source === "node:child_process" && importer?.includes("/commander/") ? NOTHING : null,
  load: (id) => (id === NOTHING ? "export {};" : null),
};
const NOTHING = "\0nothing";

/** Both entries share their chunks. */
async function code(folder: string): Promise<Contents> {
  const build = await rolldown({
    input: { action: "src/action.ts", cli: "src/cli.ts" },
    platform: "node",
    // The SDK's ES modules lose what is not used; of its CommonJS all of every service would stay.
    resolve: { mainFields: ["module", "main"] },
    transform: { target: "node20" },
    plugins: [withoutSources, withoutPrograms, plainStrings],
  });
  const { output } = await build.write({
    dir: folder,
    // Node loads CommonJS in less time than ES modules: a tenth of what a check of a small plan takes.
    format: "cjs",
    // A file of nothing but ASCII need not be decoded, and is half as large in memory.
    minify: { compress: true, mangle: true, codegen: { asciiOnly: true } },
    chunkFileNames: "[name].js",
    codeSplitting: { groups: chunks() },
    comments: { legal: false },
  });
  await build.close();
  const contents = new Map(
    output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file.moduleIds]] : [])),
  );
  // The package.json above says that its files are ES modules, as the source is.
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
  writeFileSync(join(folder, "LICENSES.txt"), licences([...contents.values()].flat()));
  return contents;
}
