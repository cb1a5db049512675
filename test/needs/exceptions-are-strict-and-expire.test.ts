import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ResultsSchema } from "../../src/report/results-schema.ts";
import { command } from "../commands/surroundings.ts";
import { folder, judged } from "../whole-path/judged.ts";

const isResults = new Ajv2020({ strict: false }).compile(ResultsSchema);

const WAIVER = `waivers:
  - policy: trail-is-logging
    scope: { accounts: ["111111111111"] }
    reason: Moved to another trail this week.
    owner: alice@example.com
    expires: 2026-11-20
`;

/** The snapshot of an organization whose trail was stopped, made once. */
let made: Promise<Buffer> | undefined;
const stopped = () => {
  made ??= judged("organization-trail-stopped").then(({ snapshotFile }) =>
    readFileSync(snapshotFile),
  );
  return made;
};

/** Judges it with this config, as of a day. */
async function evaluated(yaml: string, asOf = "2026-11-20", ...more: string[]) {
  const out = folder();
  const config = join(out, "trailproof.yaml");
  const path = join(out, "snapshot.ndjson.gz");
  writeFileSync(config, yaml);
  writeFileSync(path, await stopped());
  const run = await command(
    "evaluate",
    path,
    "--config",
    config,
    "--as-of",
    asOf,
    "--out",
    out,
    ...more,
  );
  const read = (name: string) => JSON.parse(readFileSync(join(out, name), "utf8"));
  return { ...run, results: () => read("results.json"), sarif: () => read("results.sarif") };
}

test.for([
  {
    what: "has a key twice",
    yaml: WAIVER.replace("    owner", "    reason: Another.\n    owner"),
    says: /trailproof\.yaml:5:5: Map keys must be unique/,
  },
  {
    what: "has no reason",
    yaml: WAIVER.replace(/ {4}reason: .*\n/, ""),
    says: /trailproof\.yaml:2:5: waivers\.0 must have required property 'reason'/,
  },
  {
    what: "has no owner",
    yaml: WAIVER.replace(/ {4}owner: .*\n/, ""),
    says: /trailproof\.yaml:2:5: waivers\.0 must have required property 'owner'/,
  },
  {
    what: "never expires",
    yaml: WAIVER.replace(/ {4}expires: .*\n/, ""),
    says: /trailproof\.yaml:2:5: waivers\.0 must have required property 'expires'/,
  },
  {
    what: "has an unknown key",
    yaml: `${WAIVER}    until: 2027-01-01\n`,
    says: /trailproof\.yaml:7:5: waivers\.0 has an unknown key `until`/,
  },
  {
    what: "has an unknown key in its scope",
    yaml: WAIVER.replace("accounts:", "account:"),
    says: /trailproof\.yaml:3:14: waivers\.0\.scope has an unknown key `account`/,
  },
  {
    what: "has a scope that names nothing",
    yaml: WAIVER.replace('["111111111111"]', "[]"),
    says: /trailproof\.yaml:3:14: waivers\.0\.scope\.accounts must NOT have fewer than 1 items/,
  },
  {
    what: "names a policy that is not there",
    yaml: WAIVER.replace("trail-is-logging", "[trail-is-logging, trail-is-loging]"),
    says: /trailproof\.yaml:2:5: there is no policy `trail-is-loging`/,
  },
  {
    what: "would accept blindness as such",
    yaml: WAIVER.replace("trail-is-logging", "account-audited"),
    says: /trailproof\.yaml:2:5: there is no policy `account-audited`/,
  },
  {
    what: "has a day in another form",
    yaml: WAIVER.replace("2026-11-20", "20.11.2026"),
    says: /trailproof\.yaml:6:5: waivers\.0\.expires must match pattern/,
  },
  {
    what: "has a day that no calendar has",
    yaml: WAIVER.replace("2026-11-20", "2026-02-30"),
    says: /trailproof\.yaml:6:5: 2026-02-30 is no day/,
  },
  {
    what: "names a unit by its id",
    yaml: WAIVER.replace('accounts: ["111111111111"]', "ous: [ou-ab12-cdefgh34]"),
    says: /trailproof\.yaml:3:14: `ou-ab12-cdefgh34` is an id/,
  },
])("a waiver that $what cannot be used: exit 2, with file and line", async ({ yaml, says }) => {
  const { exitCode, err } = await evaluated(yaml);
  expect(exitCode).toBe(2);
  expect(err).toMatch(says);
  expect(err).toMatch(/^bad-config: .*\n {2}\S.+/);
});

test.for([
  { what: "expired yesterday", asOf: "2026-11-21", code: 1, waived: 0, notes: ["waiver-expired"] },
  {
    what: "expires today",
    asOf: "2026-11-20",
    code: 0,
    waived: 4,
    notes: ["waiver-expires-soon", "waiver-over-broad"],
  },
])("a waiver that $what: exit $code, $waived waived, noted $notes", async (given) => {
  const run = await evaluated(WAIVER, given.asOf, "--policy", "trail-is-logging");
  expect(run.exitCode).toBe(given.code);
  const results = run.results();
  expect(isResults(results), JSON.stringify(isResults.errors)).toBe(true);
  expect(results.waived.length).toBe(given.waived);
  expect(results.counts.verdicts.waived > 0).toBe(given.waived > 0);
  const noted = results.notes.map(({ id }: { id: string }) => id).sort();
  expect(noted).toEqual(given.notes);
  expect(run.sarif().runs[0].results.length).toBe(given.code);
});

test("a finding whose waiver expired says so in results.json and in the terminal", async () => {
  const run = await evaluated(WAIVER, "2026-11-21");
  const [finding] = run.results().findings;
  expect(finding.expiredWaiver).toEqual({
    reason: "Moved to another trail this week.",
    owner: "alice@example.com",
    expires: "2026-11-20",
  });
  expect(run.out).toContain("waived by alice@example.com until 2026-11-20, which is over");
  expect(run.out).toMatch(
    /Waivers\n.*trailproof\.yaml:2:5: the waiver of trail-is-logging .* has expired/,
  );
});

test("a waiver that matches nothing is reported, and changes nothing", async () => {
  const yaml = WAIVER.replace("111111111111", "999999999999");
  const run = await evaluated(yaml);
  expect(run.exitCode).toBe(1);
  expect(run.results().notes.map(({ id }: { id: string }) => id)).toContain("waiver-unused");
  expect(run.out).toMatch(/trailproof\.yaml:2:5: the waiver of trail-is-logging .* is unused/);
});

test.for(["arn", "id"] as const)(
  "what a finding in results.json is about, by its %s, can be copied into a waiver",
  async (name) => {
    const open = (await evaluated("{}")).results();
    const [finding] = open.findings;
    const yaml = WAIVER.replace(
      'accounts: ["111111111111"]',
      `resources: ["${finding.subject[name]}"]`,
    );
    const { results, out } = await evaluated(yaml);
    const waived = results().waived.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(waived).toContain(finding.fingerprint);
    expect(out).toMatch(/findings? waived until 2026-11-20 by alice@example\.com/);
  },
);

test("every waived verdict is listed with its waiver under --all", async () => {
  const { results } = await evaluated(WAIVER, "2026-11-20", "--all");
  const listed = results();
  expect(isResults(listed), JSON.stringify(isResults.errors)).toBe(true);
  type Listed = { verdict: string; waiver?: { owner: string } };
  const waived = listed.verdicts.filter(({ verdict }: Listed) => verdict === "waived");
  expect(waived.length).toBe(listed.counts.verdicts.waived);
  expect(waived.every(({ waiver }: Listed) => waiver?.owner === "alice@example.com")).toBe(true);
});

test("the day of judgement is today in UTC, and must be a day", async () => {
  const out = folder();
  const path = join(out, "snapshot.ndjson.gz");
  const config = join(out, "trailproof.yaml");
  writeFileSync(path, await stopped());
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(config, WAIVER.replace("2026-11-20", today));
  const argv = ["evaluate", path, "--config", config, "--out", out];
  await command(...argv);
  const { waived } = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
  expect(waived.length).toBeGreaterThan(0);
  const wrong = await command(...argv, "--as-of", "yesterday");
  expect(wrong.exitCode).toBe(2);
  expect(wrong.err).toMatch(/not a day as YYYY-MM-DD/);
});
