/**
 * Writes what is generated under `docs/`. With `--check` it writes nothing and fails where a file
 * is not what would be written.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TSchema } from "typebox";
import { ConfigSchema } from "../src/config-schema.ts";
import { FrameworkFileSchema } from "../src/policy/framework.ts";
import { SUBJECT_NAMES } from "../src/policy/policy.ts";
import { allPolicySchema, policySchemaFor } from "../src/policy/schema.ts";
import { ResultsSchema } from "../src/report/results-schema.ts";
import { SnapshotRecordSchema } from "../src/snapshot/records.ts";
import { SUBJECT_KINDS } from "../src/subjects/schema/kinds.ts";

const FOLDER = "docs/schemas";

const schema = (title: string, body: TSchema | object): string =>
  `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", title, ...body }, null, 2)}\n`;

const files = new Map<string, string>([
  ["snapshot.schema.json", schema("One line of a Trailproof snapshot", SnapshotRecordSchema)],
  ["results.schema.json", schema("Trailproof results.json", ResultsSchema)],
  ["config.schema.json", schema("trailproof.yaml", ConfigSchema)],
  ["framework.schema.json", schema("A framework of Trailproof", FrameworkFileSchema)],
  ["policy.schema.json", schema("A policy of Trailproof", allPolicySchema())],
  ...SUBJECT_NAMES.flatMap((kind): [string, string][] => [
    [`policy-${kind}.schema.json`, schema(`A policy about each ${kind}`, policySchemaFor(kind))],
    [`subject-${kind}.schema.json`, schema(`The ${kind} subject`, SUBJECT_KINDS[kind].schema)],
  ]),
]);

if (process.argv.includes("--check")) checkAll();
else writeAll();

function writeAll(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  for (const [name, text] of files) {
    const path = join(FOLDER, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function checkAll(): void {
  const present = readdirSync(FOLDER);
  const stale = [
    ...[...files]
      .filter(([name, text]) => !present.includes(name) || textOf(name) !== text)
      .map(([name]) => name),
    ...present.filter((name) => !files.has(name)),
  ];
  if (stale.length === 0) return;
  console.error(`${FOLDER} is stale: ${stale.join(", ")}. Run npm run docs.`);
  process.exit(1);
}

function textOf(name: string): string {
  return readFileSync(join(FOLDER, name), "utf8");
}
