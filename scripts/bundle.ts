import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { loadFrameworks } from "../src/policy/framework-lint.ts";
import { joined, loadPolicies } from "../src/policy/load.ts";
import { packed } from "../src/policy/packed.ts";
import { licences } from "./licences.ts";

/** Writes what `dist/` holds into a folder: the entries of npx and of the Action, and their data. */
export async function bundle(folder: string): Promise<void> {
  await code(folder);
  const policies = joined([loadPolicies("policies")]);
  writeFileSync(join(folder, "policies.json"), JSON.stringify(policies));
  const frameworks = loadFrameworks("policies/frameworks", policies);
  writeFileSync(join(folder, "frameworks.json"), JSON.stringify(packed(frameworks)));
}

/** The bundle has policies and frameworks as JSON, and need not read them as they are written. */
const withoutSources: Plugin = {
  name: "without-sources",
  load: (id) =>
    id.endsWith("/src/policy/sources.ts")
      ? 'const none = () => { throw new Error("the JSON beside the bundle is missing"); };\nexport { none as policySources, none as frameworkSources };'
      : null,
};

/** Both entries share their chunks. */
async function code(folder: string): Promise<void> {
  const build = await rolldown({
    input: { action: "src/action.ts", cli: "src/cli.ts" },
    platform: "node",
    // The SDK's ES modules lose what is not used; of its CommonJS all of every service would stay.
    resolve: { mainFields: ["module", "main"] },
    transform: { target: "node20" },
    plugins: [withoutSources],
  });
  const { output } = await build.write({
    dir: folder,
    format: "esm",
    minify: true,
    chunkFileNames: "[name].js",
    comments: { legal: false },
  });
  await build.close();
  const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  writeFileSync(join(folder, "LICENSES.txt"), licences(modules));
}
