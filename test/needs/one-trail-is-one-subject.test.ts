import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { freshState, readSnapshot } from "../../src/snapshot/read.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { command } from "../commands/surroundings.ts";
import { worldFile } from "../simulate/world-files.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { organization, organizationTrail } from "./worlds.ts";

test("one multi-region trail in thirty regions of twenty members is one trail subject", {
  timeout: 60_000,
}, async () => {
  const run = await judged("one-trail-thirty-regions");
  const trails = run.verdicts.filter(({ subject }) => subject.kind === "trail");
  expect(new Set(trails.map(({ subject }) => subject.id)).size).toBe(1);
  expect(trails.map(({ policy }) => policy).length).toBe(
    new Set(trails.map(({ policy }) => policy)).size,
  );
  expect(trails.every(({ subject }) => subject.region === "us-east-1")).toBe(true);
  const regions = run.verdicts.filter(
    ({ policy }) => policy === "region-management-events-recorded",
  );
  expect(regions).toHaveLength(21 * 30);
  expect(worldFile("one-trail-thirty-regions").accounts).toHaveLength(21);
});

/** A shuffle that is the same in every run of the tests. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state;
  };
  return list
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** A snapshot whose accounts come in another order, as those of another run may. */
async function reordered(
  path: string,
  order: (accounts: SnapshotRecord[]) => SnapshotRecord[],
): Promise<string> {
  const records: SnapshotRecord[] = [];
  for await (const record of readSnapshot(path, freshState(), () => {})) records.push(record);
  const other = join(folder(), "snapshot.ndjson.gz");
  const writer = await writeSnapshot(other);
  const accounts = records.filter(({ kind }) => kind === "account");
  const before = records.filter(({ kind }) => kind !== "account" && kind !== "end");
  for (const record of [...before, ...order(accounts)]) await writer.append(record);
  await writer.end();
  return other;
}

test("the report is the same, byte for byte, in whatever order twenty runs meet the accounts", {
  timeout: 60_000,
}, async () => {
  const names = ["a", "b", "c", "d", "e"];
  const base = organization();
  const world: OrganizationWorld = {
    ...base,
    accounts: [
      ...base.accounts,
      ...names.map((name, index) => ({ id: `44444444444${index}`, name })),
    ],
    trails: [
      {
        ...organizationTrail,
        status: [{ accounts: ["444444444442"], latestDeliveryError: "AccessDenied" }],
      },
    ],
    faults: [
      { operation: "cloudtrail:GetTrailStatus", account: "444444444443", kind: "access-denied" },
    ],
  };
  const { snapshotFile } = await judged(world);
  const reports = new Set<string>();
  for (let run = 0; run < 20; run += 1) {
    const path = await reordered(snapshotFile, (accounts) => shuffled(accounts, run));
    const out = folder();
    await command("evaluate", path, "--all", "--out", out);
    reports.add(readFileSync(join(out, "results.json"), "utf8"));
  }
  expect(reports.size).toBe(1);
});
