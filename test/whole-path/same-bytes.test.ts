import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { run } from "../../src/commands/run.ts";
import { demoWorld } from "../../src/simulate/demo-world.ts";
import { freshState, readSnapshot } from "../../src/snapshot/read.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { judged, listening } from "./judged.ts";

/** Not `folder()`: what is made here serves more than one test. */
const scratch = mkdtempSync(join(tmpdir(), "trailproof-bytes-"));

let records: SnapshotRecord[];

beforeAll(async () => {
  // The unreachable account would withhold the SARIF file, which is to be compared too.
  const world = demoWorld();
  const reachable = {
    ...world,
    faults: [],
    accounts: world.accounts.map(({ roles: _, ...rest }) => rest),
  };
  const { snapshotFile } = await judged(reachable, { out: join(scratch, "scan") });
  records = [];
  for await (const record of readSnapshot(snapshotFile, freshState(), () => {}))
    records.push(record);
});

/** What `evaluate` writes and prints of these records, by file name. */
async function outputs(name: string, ordered: readonly SnapshotRecord[]) {
  const snapshot = join(scratch, `${name}.ndjson.gz`);
  const writer = await writeSnapshot(snapshot);
  for (const record of ordered) await writer.append(record);
  await writer.end();
  const out = join(scratch, name);
  const { console, heard } = listening();
  await run(["evaluate", snapshot, "--out", out, "--all", "--as-of", "2026-11-20"], {
    console,
    env: {},
  });
  const files = readdirSync(out).map((file): [string, string] => [
    file,
    readFileSync(join(out, file), "utf8"),
  ]);
  return { printed: heard.out, ...Object.fromEntries(files) };
}

test("the same snapshot twice: the same bytes in every file", async () => {
  const first = await outputs("first", records);
  expect(Object.keys(first).sort()).toEqual([
    "printed",
    "results.json",
    "results.sarif",
    "summary.md",
  ]);
  expect(await outputs("second", records)).toEqual(first);
});

test("accounts collected in another order: the same bytes in every file", async () => {
  const accounts = records.filter(({ kind }) => kind === "account");
  const others = records.filter(({ kind }) => kind !== "account");
  expect(accounts.length).toBeGreaterThan(15);
  const straight = await outputs("straight", [...others, ...accounts]);
  const reversed = await outputs("reversed", [...others, ...[...accounts].reverse()]);
  const rotated = await outputs("rotated", [
    ...others,
    ...accounts.slice(7),
    ...accounts.slice(0, 7),
  ]);
  for (const file of Object.keys(straight)) {
    expect(Reflect.get(reversed, file), file).toBe(Reflect.get(straight, file));
    expect(Reflect.get(rotated, file), file).toBe(Reflect.get(straight, file));
  }
});
