import { copyFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aSnapshot } from "../../subjects/a-snapshot.ts";
import { folder } from "../../whole-path/judged.ts";
import { checked } from "./checked.ts";
import { snapshotFile } from "./compared.ts";
import { scratch } from "./repositories.ts";

const OURS = "2026-11-01T00:00:00.000Z";
const THEIRS = "2026-11-20T00:00:00.000Z";

/** A snapshot that was begun at a time. */
const begunAt = (startedAt: string): Promise<string> =>
  snapshotFile(
    aSnapshot({}).map((record) => (record.kind === "header" ? { ...record, startedAt } : record)),
  );

afterEach(() => vi.unstubAllEnvs());

let ours = "";
let theirs = "";
beforeEach(async () => {
  ours = await begunAt(OURS);
  theirs = await begunAt(THEIRS);
});

/** A repository whose base has a snapshot, or none, and whose head is what `change` makes of it. */
function proposed(base: string | null, change: (path: string) => void) {
  const repository = scratch();
  repository.commit({ "main.tf": "" });
  if (base !== null) copyFileSync(base, join(repository.path, "snap"));
  const from = repository.commit({});
  change(repository.path);
  repository.commit({ "main.tf": 'resource "aws_s3_bucket" "new" {}\n' });
  const run = (args: readonly string[] = ["--base-ref", from]) =>
    checked(repository.path, ["--live", "snap", ...args]);
  return { path: repository.path, run };
}

const startedAt = ({ results }: Awaited<ReturnType<typeof checked>>) =>
  results().gate.live?.startedAt;
const bringing = (path: string) => copyFileSync(theirs, join(path, "snap"));

test("a change that replaces the snapshot it is to be laid over is laid over the base's, and told so", async () => {
  const temporary = folder();
  vi.stubEnv("TMPDIR", temporary);
  const told = await proposed(ours, bringing).run();
  expect(startedAt(told)).toBe(OURS);
  expect(told.results().gate.passedOver).toContain(
    "The change brings another snap along, which counts for nothing: the base's is what it is laid over.",
  );
  expect(readdirSync(temporary).filter((name) => name.startsWith("trailproof-base-"))).toEqual([]);
});

test("a snapshot that nobody had before the change is refused, with the cure", async () => {
  const { code, err } = await proposed(null, bringing).run();
  expect(code).toBe(2);
  expect(err).toContain("snap comes with the change that it is to judge");
  expect(err).toContain("Let the workflow fetch the snapshot of a scan after the checkout");
});

test.each([
  ["to another file", (path: string) => linked(path, "theirs")],
  ["through a folder", (path: string) => linked(path, "folder/theirs")],
  ["by where it lies on the disk", (path: string) => linked(path, join(path, "theirs"))],
])("a snapshot that the change turns into a link %s is not believed", async (_, change) => {
  expect(startedAt(await proposed(ours, change).run())).toBe(OURS);
});

function linked(path: string, target: string): void {
  rmSync(join(path, "snap"));
  symlinkSync(".", join(path, "folder"));
  copyFileSync(theirs, join(path, "theirs"));
  symlinkSync(target, join(path, "snap"));
}

test("a snapshot that the change leaves alone is believed, and nothing is said of it", async () => {
  const told = await proposed(ours, () => {}).run();
  expect(startedAt(told)).toBe(OURS);
  expect(told.results().gate.passedOver.join()).not.toContain("counts for nothing");
});

test("a snapshot that the workflow puts there after the checkout is believed", async () => {
  const fetched = proposed(null, (path) => writeFileSync(join(path, ".gitignore"), "snap\n"));
  bringing(fetched.path);
  expect(startedAt(await fetched.run())).toBe(THEIRS);
  const overwritten = proposed(ours, () => {});
  bringing(overwritten.path);
  expect(startedAt(await overwritten.run())).toBe(THEIRS);
});

test("where nobody proposes anything the snapshot that is there counts", async () => {
  expect(startedAt(await proposed(ours, bringing).run([]))).toBe(THEIRS);
});
