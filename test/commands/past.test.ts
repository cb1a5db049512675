import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ResultsSchema } from "../../src/report/results-schema.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { command } from "./surroundings.ts";

const isResults = new Ajv2020({ strict: false }).compile(ResultsSchema);

/** A scan of a stopped trail, made once: its snapshot, and its results.json. */
let made: Promise<{ snapshot: Buffer; before: string }> | undefined;
const stopped = () => {
  made ??= judged("organization-trail-stopped").then(({ snapshotFile, resultsFile }) => ({
    snapshot: readFileSync(snapshotFile),
    before: resultsFile(),
  }));
  return made;
};

/** Judges the stopped trail with these results of a run before. */
async function evaluated(earlier: string, ...options: string[]) {
  const { snapshot } = await stopped();
  const out = folder();
  const past = join(out, "past.json");
  const path = join(out, "snapshot.ndjson.gz");
  writeFileSync(past, earlier);
  writeFileSync(path, snapshot);
  const named = options.flatMap((option) => [option, past]);
  const run = await command("evaluate", path, "--out", out, ...named);
  return { ...run, results: () => JSON.parse(readFileSync(join(out, "results.json"), "utf8")) };
}

type Change = (results: ReturnType<typeof JSON.parse>) => void;

async function changed(change: Change): Promise<string> {
  const { before } = await stopped();
  const results = JSON.parse(before);
  change(results);
  return JSON.stringify(results);
}

test.for([
  { what: "no JSON", text: async () => "{", says: /cannot be read \(/ },
  { what: "no results", text: async () => "[]", says: /is not results\.json of format 1/ },
  {
    what: "of another format",
    text: () => changed((results) => (results.format = 2)),
    says: /is not results\.json of format 1: \/format must be/,
  },
  {
    what: "without a time",
    text: () => changed((results) => delete results.startedAt),
    says: /must have required property 'startedAt'/,
  },
  {
    what: "with a finding of no known kind",
    text: () => changed((results) => (results.findings[0].subject.kind = "planet")),
    says: /\/findings\/0\/subject\/kind must be equal to one of the allowed values/,
  },
  {
    what: "with a fingerprint that is another's",
    text: () => changed((results) => (results.findings[0].subject.id = "other")),
    says: /a finding whose fingerprint is not its own/,
  },
])("results that are $what cannot be compared with: exit 2 and a cure", async ({ text, says }) => {
  for (const option of ["--baseline", "--carry-forward"]) {
    const { exitCode, err } = await evaluated(await text(), option);
    expect(exitCode).toBe(2);
    expect(err).toMatch(says);
    expect(err).toMatch(new RegExp(`^bad-results: .*past\\.json: .*\\n  Give ${option} the `));
  }
});

test("results that are not there are an error, not a first run", async () => {
  const { exitCode, err } = await command("evaluate", "x", "--baseline", "/nowhere/results.json");
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^bad-results: \/nowhere\/results\.json: cannot be read/);
});

test("compared with themselves, findings are unchanged and none is new", async () => {
  const { before } = await stopped();
  const { results, out } = await evaluated(before, "--baseline");
  const { baseline, findings } = results();
  expect(isResults(results()), JSON.stringify(isResults.errors)).toBe(true);
  const { unchanged, ...others } = baseline.counts;
  expect(unchanged).toBe(findings.length);
  expect(Object.values(others)).toEqual(Object.values(others).map(() => 0));
  expect(findings.map(({ isNew }: { isNew: boolean }) => isNew)).toEqual([false]);
  expect(out).toContain(`\nSince ${JSON.parse(before).startedAt}: 1 unchanged.\n`);
});

test("what was not there before is new: in results.json, and marked in the terminal", async () => {
  const none = await changed((results) => (results.findings = []));
  const { results, out } = await evaluated(none, "--baseline");
  const { baseline, findings } = results();
  expect(baseline.new).toEqual(
    findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint),
  );
  expect(findings.map(({ isNew }: { isNew: boolean }) => isNew)).toEqual([true]);
  expect(out).toMatch(/Since .*: 1 new\.\n/);
  expect(out).toContain("      new\n");
});

test("without --baseline nothing is said of change", async () => {
  const { before } = await stopped();
  const { results, out } = await evaluated(before, "--carry-forward");
  expect(Object.hasOwn(results(), "baseline")).toBe(false);
  expect(Object.hasOwn(results().findings[0], "isNew")).toBe(false);
  expect(out).not.toContain("Since ");
});
