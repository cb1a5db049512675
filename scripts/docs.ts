/**
 * Writes what is generated under `docs/`. With `--check` it writes nothing and fails where a file
 * is not what would be written.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pages } from "./docs/pages.ts";
import { schemas } from "./docs/schemas.ts";

/** Folders under docs/ that hold nothing but what is generated. */
const FOLDERS = { schemas: schemas(), ...pages() };

const files = Object.entries(FOLDERS).flatMap(([folder, texts]) =>
  [...texts].map(([name, text]): [string, string] => [join("docs", folder, name), text]),
);

if (process.argv.includes("--check")) checkAll(new Map(files));
else writeAll();

function writeAll(): void {
  for (const folder of Object.keys(FOLDERS)) {
    rmSync(join("docs", folder), { recursive: true, force: true });
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function checkAll(wanted: ReadonlyMap<string, string>): void {
  const present = Object.keys(FOLDERS).flatMap((folder) => {
    const path = join("docs", folder);
    return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
  });
  const stale = [
    ...[...wanted].filter(
      ([path, text]) => !present.includes(path) || readFileSync(path, "utf8") !== text,
    ),
    ...present.filter((path) => !wanted.has(path)).map((path) => [path]),
  ].map(([path]) => path);
  if (stale.length === 0) return;
  console.error(`Stale: ${stale.join(", ")}. Run npm run docs.`);
  process.exit(1);
}
