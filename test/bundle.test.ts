import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bundle, type Contents } from "../scripts/bundle.ts";
import { withStrings } from "../scripts/plain-strings.ts";
import { aChange, aPlan } from "./templates/plan/a-plan.ts";

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
const dist = join(folder, "dist");
let contents: Contents;

/** Tells, when a run ends, which files of the bundle and which parts of Node it loaded. */
const PROBE = `process.on("exit", () => require("node:fs").writeFileSync(process.env.LOADED,
  JSON.stringify({ files: Object.keys(require.cache), node: process.moduleLoadList })));`;

beforeAll(async () => {
  mkdirSync(dist);
  contents = await bundle(dist);
  writeFileSync(join(folder, "probe.cjs"), PROBE);
}, 300_000);

/** Runs the bundle in a folder that no repository is around. */
function loadedBy(...args: string[]) {
  const told = join(folder, "loaded.json");
  const argv = ["--require", join(folder, "probe.cjs"), join(dist, "cli.js"), ...args];
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  execFileSync(process.execPath, argv, { cwd: folder, env: { ...env, LOADED: told } });
  const { files, node } = JSON.parse(readFileSync(told, "utf8"));
  const names: string[] = files
    .filter((file: string) => file.startsWith(`${dist}/`))
    .map((file: string) => file.slice(dist.length + 1));
  const modules = names.flatMap((name) => contents.get(name) ?? []);
  return { names, modules, parts: new Set<string>(node) };
}

const from = (modules: readonly string[], what: RegExp) =>
  modules.filter((module) => what.test(module));

test("--help loads the commands' names and options, and nothing that they do", () => {
  const { names, modules, parts } = loadedBy("--help");
  expect(names).toContain("cli.js");
  expect(names.length).toBeLessThanOrEqual(3);
  expect(from(modules, /\/src\/(?:subjects|evaluate|templates|collect|snapshot)\//)).toEqual([]);
  for (const part of ["crypto", "child_process"])
    expect(parts).not.toContain(`NativeModule ${part}`);
});

test("a check of a plan loads few files, no schemas, no YAML, nothing of AWS and starts no git", () => {
  const plan = aPlan([aChange("aws_cloudtrail.main", { after: { name: "main" } })]);
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  const { names, modules, parts } = loadedBy("check", "plan.json", "--fail-on", "none");
  expect(from(modules, /\/src\/templates\/terraform-plan\.ts$/)).toHaveLength(1);
  expect(names.length).toBeLessThanOrEqual(8);
  const unused =
    /\/node_modules\/(?:@aws-sdk|@smithy|typebox|ajv|yaml)\/|\/src\/(?:collect|simulate)\//;
  expect(from(modules, unused)).toEqual([]);
  expect(parts).not.toContain("NativeModule child_process");
});

test("what tells losses is loaded where a plan touches what was there, and not else", () => {
  const losses = (becomes: object) => {
    const change = { actions: ["update"], before: { name: "main" }, after: becomes };
    const plan = aPlan([aChange("aws_cloudtrail.main", change)]);
    writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
    const { modules } = loadedBy("check", "plan.json", "--fail-on", "none");
    return from(modules, /\/src\/subjects\/change\/changes\.ts$/);
  };
  expect(losses({ name: "main" })).toEqual([]);
  expect(losses({ name: "main", enable_logging: true })).toHaveLength(1);
});

test("no file of the bundle loads an entry, which would run it", () => {
  for (const name of contents.keys()) {
    expect(readFileSync(join(dist, name), "utf8")).not.toMatch(
      /require\("\.\/(?:cli|action)\.js"\)/,
    );
  }
});

test("texts are strings of ASCII that say the same, but where something is put in or sees how they are written", () => {
  const code = 'f(`a"\n\\u2026`, `${`é`} b`, String.raw`\\d`, [`\\``])';
  expect(withStrings(code)).toBe('f("a\\"\\n\\u2026", `${"\\u00e9"} b`, String.raw`\\d`, ["`"])');
});
