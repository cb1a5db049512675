/**
 * Builds `dist/`: the bundle that npx and the Action run, self-contained. With `--check` it builds
 * elsewhere and fails where the committed bundle differs.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { loadFrameworks } from "../src/policy/framework-lint.ts";
import { joined, loadPolicies } from "../src/policy/load.ts";
import { licences } from "./licences.ts";

const DIST = "dist";
const check = process.argv.includes("--check");
const fresh = mkdtempSync(join(tmpdir(), "trailproof-dist-"));

await bundle(fresh);
const policies = joined([loadPolicies("policies")]);
writeFileSync(join(fresh, "policies.json"), JSON.stringify(policies));
const frameworks = loadFrameworks("policies/frameworks", policies);
writeFileSync(join(fresh, "frameworks.json"), JSON.stringify(frameworks));

if (check) {
  const stale = differences(DIST, fresh);
  rmSync(fresh, { recursive: true });
  if (stale.length > 0) {
    console.error(`dist/ is not what the source builds: ${stale.join(", ")}. Run npm run build.`);
    process.exit(1);
  }
} else {
  rmSync(DIST, { recursive: true, force: true });
  cpSync(fresh, DIST, { recursive: true });
  rmSync(fresh, { recursive: true });
}

async function bundle(folder: string): Promise<void> {
  const build = await rolldown({
    input: { action: "src/action.ts", cli: "src/cli.ts" },
    platform: "node",
    // The SDK's ES modules lose what is not used; of its CommonJS all of every service would stay.
    resolve: { mainFields: ["module", "main"] },
    transform: { target: "node20" },
  });
  const { output } = await build.write({
    dir: folder,
    format: "esm",
    minify: true,
    chunkFileNames: "[name]-[hash].js",
    comments: { legal: false },
  });
  await build.close();
  const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  writeFileSync(join(folder, "LICENSES.txt"), licences(modules));
}

/** Names of files that are not the same, or not there, on both sides. */
function differences(a: string, b: string): string[] {
  const names = new Set([...filesIn(a), ...filesIn(b)]);
  return [...names].filter((name) => contentOf(a, name) !== contentOf(b, name)).sort();
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function contentOf(folder: string, name: string): string | null {
  return filesIn(folder).includes(name) ? readFileSync(join(folder, name), "utf8") : null;
}
