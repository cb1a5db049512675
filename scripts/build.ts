/**
 * Builds `dist/`: the bundle that npx and the Action run, self-contained. With `--check` it builds
 * elsewhere and fails where the committed bundle differs.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle.ts";

const DIST = "dist";
const check = process.argv.includes("--check");
const fresh = mkdtempSync(join(tmpdir(), "trailproof-dist-"));

await bundle(fresh);

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
