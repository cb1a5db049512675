import { existsSync } from "node:fs";
import { freshState, readSnapshot } from "../../src/snapshot/read.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { type Bench, measured, ours, type Section } from "./bench.ts";
import { megabytes, times } from "./line.ts";
import { simulated } from "./simulated.ts";

const ACCOUNTS = 10_000;

/** Judging a saved snapshot of a great organization. */
export const evaluate: Section = async (bench) => {
  const { folder, node, say } = bench;
  const scanned = await snapshots(bench);
  for (const [accounts, path] of scanned) {
    const argv = ["evaluate", path, "--out", `${folder}/evaluated`, "--quiet"];
    const usage = await measured(ours(folder, argv));
    const what = `evaluate ${accounts} accounts x 17 regions`;
    const isGreat = accounts === ACCOUNTS;
    const ratio = `${times(usage.wallMs, node.wallMs)} node`;
    say({ what: `${what}, wall`, value: usage.wallMs / 1000, unit: "s", ratio });
    say({
      what: `${what}, CPU`,
      value: usage.cpuMs / 1000,
      unit: "s",
      ...(isGreat ? { limit: 10 } : {}),
    });
    say({ what: `${what}, memory`, value: megabytes(usage.peakBytes), unit: "MB", limit: 300 });
  }
};

/** What the scans of this run left, else a small scan; and 10,000 accounts made from it. */
async function snapshots(bench: Bench): Promise<[number, string][]> {
  const { folder } = bench;
  const whole = `${folder}/organization-${ACCOUNTS}/snapshot.ndjson.gz`;
  const base = `${folder}/organization-1000/snapshot.ndjson.gz`;
  const small = existsSync(base) ? base : await quickScan(folder);
  const count = existsSync(base) ? 1000 : 100;
  if (existsSync(whole))
    return [
      [count, small],
      [ACCOUNTS, whole],
    ];
  const great = `${folder}/great.ndjson.gz`;
  await enlarge(small, great, ACCOUNTS / count);
  return [
    [count, small],
    [ACCOUNTS, great],
  ];
}

async function quickScan(folder: string): Promise<string> {
  const aws = await simulated({ accounts: 100 });
  const out = `${folder}/organization-100`;
  await measured(ours(folder, ["scan", "--organization", "--out", out, "--quiet"], aws.env));
  aws.stop();
  return `${out}/snapshot.ndjson.gz`;
}

/** A snapshot with so many times as many accounts: each one's record again under other ids. */
async function enlarge(from: string, to: string, factor: number): Promise<void> {
  const writer = await writeSnapshot(to);
  for await (const record of readSnapshot(from, freshState(), () => {})) {
    for (const each of enlarged(record, factor)) await writer.append(each);
  }
  await writer.end();
}

const renamed = (id: string, copy: number): string => String(Number(id) + copy * 1_000_000);

function enlarged(record: SnapshotRecord, factor: number): SnapshotRecord[] {
  const copies = Array.from({ length: factor }, (_, copy) => copy);
  if (record.kind === "organization") {
    const accounts = copies.flatMap((copy) =>
      record.accounts.map((each) =>
        "id" in each ? { ...each, id: renamed(each.id, copy) } : each,
      ),
    );
    return [{ ...record, accounts }];
  }
  if (record.kind !== "account") return [record];
  return copies.map((copy) => ({ ...record, id: renamed(record.id, copy) }));
}
