import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ResultsSchema } from "../../src/report/results-schema.ts";
import type { World } from "../../src/simulate/world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { command, withAws } from "./surroundings.ts";

const isResults = new Ajv2020({ strict: false }).compile(ResultsSchema);

test("a scan from the environment alone judges the account of its credentials", async () => {
  const simulator = await withAws("every-kind-of-resource", "333333333333");
  const out = folder();
  const { exitCode, out: said } = await command("scan", "--out", out);
  expect(exitCode).toBe(0);
  expect(said).toContain("Audited 1 of 1 account.");
  expect(new Set(simulator.calls().map(({ accountId }) => accountId))).toEqual(
    new Set(["333333333333"]),
  );
});

test("--json leaves results.json alone on stdout, as published, and says the rest on stderr", async () => {
  await withAws("organization-trail-stopped", "111111111111");
  const out = folder();
  const run = await command("scan", "--organization", "--json", "--all", "--out", out);
  expect(run.exitCode).toBe(1);
  const results: unknown = JSON.parse(run.out);
  expect(isResults(results), JSON.stringify(isResults.errors)).toBe(true);
  expect(run.out).toBe(readFileSync(join(out, "results.json"), "utf8"));
  expect(results).toMatchObject({
    outcome: "fail",
    counts: { verdicts: { fail: expect.any(Number) } },
  });
  expect(run.err).toContain("Audited 4 of 4 accounts.");
});

test.for(["every-kind-of-resource", "eleven-accounts", "member-copy-fails-delivery"])(
  "results.json of %s is as its schema says",
  async (name) => {
    const { resultsFile } = await judged(name);
    const results: unknown = JSON.parse(resultsFile());
    expect(isResults(results), JSON.stringify(isResults.errors)).toBe(true);
  },
);

test("--quiet prints the outcome and nothing else", async () => {
  await withAws("organization-trail-stopped", "111111111111");
  const scan = ["scan", "--organization", "--out"];
  const loud = await command(...scan, folder());
  const quiet = await command(...scan, folder(), "--quiet");
  expect(quiet.exitCode).toBe(loud.exitCode);
  expect(quiet.err).toBe("");
  expect(quiet.out.split("\n").length).toBeLessThan(6);
  expect(loud.out.startsWith(quiet.out.split("\n")[0] ?? "?")).toBe(true);
  expect(quiet.out).not.toContain("trail-is-logging");
});

test("evaluating the snapshot of a scan gives the same results.json, byte for byte", async () => {
  const scan = await judged("eleven-accounts");
  const again = folder();
  const { exitCode } = await command("evaluate", scan.snapshotFile, "--all", "--out", again);
  expect(exitCode).toBe(scan.exitCode);
  expect(readFileSync(join(again, "results.json"), "utf8")).toBe(scan.resultsFile());
});

/** Each scan makes requests of its own; everything else is to be the same. */
const withoutRequests = (text: string) => text.replaceAll(/"requestId": .*/g, "");

/** Only what began less than twelve hours ago is gone on with, so the world's clock is the test's. */
const now = (name: string): World => ({ ...worldFile(name), now: new Date().toISOString() });

test.for([0.35, 0.6, 0.85, 1])(
  "a scan killed with %f of its snapshot written goes on there, asks only the rest, and judges the same",
  async (share) => {
    const world = now("eleven-accounts");
    const whole = await judged(world);
    const bytes = readFileSync(whole.snapshotFile);
    const out = folder();
    // The last record, which makes it whole, was never written.
    const most = bytes.lastIndexOf(Buffer.from([0x1f, 0x8b, 0x08]));
    writeFileSync(
      join(out, "snapshot.ndjson.gz.part"),
      bytes.subarray(0, Math.floor(most * share)),
    );

    const rest = await judged(world, { out });
    const note = /: (\d+) accounts are there already/.exec(rest.heard.err);
    const kept = Number(note?.[1]);
    expect(rest.heard.err).toContain("Going on with");
    const entered = new Set(
      rest.calls
        .filter(({ operation }) => operation === "account:ListRegions")
        .map(({ accountId }) => accountId),
    );
    // Of nine expected accounts one cannot be entered.
    const unreachable = rest.count("sts:AssumeRole") > 0 ? 1 : 0;
    expect(entered.size + kept).toBeGreaterThanOrEqual(9 - unreachable);
    expect(entered.size + kept).toBeLessThanOrEqual(9);
    expect(withoutRequests(rest.resultsFile())).toBe(withoutRequests(whole.resultsFile()));
    expect(rest.exitCode).toBe(whole.exitCode);
  },
);

test("what another scan left unfinished is not gone on with", async () => {
  const world = now("eleven-accounts");
  const whole = await judged(world);
  const bytes = readFileSync(whole.snapshotFile);
  const out = folder();
  writeFileSync(join(out, "snapshot.ndjson.gz.part"), bytes.subarray(0, bytes.length / 2));
  const other = await judged(world, { out, excludeAccounts: ["100000000003"] });
  expect(other.heard.err).not.toContain("Going on");
  expect(other.report.audit.accounts.find(({ id }) => id === "100000000003")?.state).toBe(
    "skipped",
  );
});
