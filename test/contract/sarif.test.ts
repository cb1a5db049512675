import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scanned } from "../../src/commands/scan.ts";
import { sarif } from "../../src/report/sarif.ts";
import { paint } from "../../src/report/terminal.ts";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { generateWorld, MANAGEMENT_ACCOUNT } from "../../src/simulate/generate.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import { debtOf, gateReportOf, regressionOf } from "../report/gate-reports.ts";
import { toolsFolder } from "./tools.ts";

const out = mkdtempSync(join(tmpdir(), "trailproof-sarif-"));
afterAll(() => rmSync(out, { recursive: true }));

beforeAll(async () => {
  const simulator = await startSimulator(flawedWorld());
  afterAll(simulator.close);
  const silent = { out: () => {}, err: () => {}, paint: paint(false), live: false };
  await scanned(
    {
      out,
      format: ["sarif"],
      failOn: "medium",
      unknownFailsAt: "high",
      category: "trailproof",
      redact: false,
      all: false,
      quiet: true,
      json: false,
      organization: true,
      deadline: 1,
    },
    silent,
    {
      endpoint: simulator.endpoint,
      region: "us-east-1",
      credentials: async () => entryCredentials(MANAGEMENT_ACCOUNT),
      requestTimeoutMs: 5000,
    },
  );
});

/** Two accounts under an organization trail that leaves something to wish for in each kind of subject. */
function flawedWorld() {
  const world = generateWorld({ accounts: 2, regions: ["us-east-1", "eu-west-1"] });
  world.organization.trustedAccess = [];
  for (const trail of world.trails ?? []) {
    trail.logFileValidationEnabled = false;
    trail.status = [{ regions: ["eu-west-1"], isLogging: false }];
  }
  for (const bucket of world.buckets ?? []) bucket.versioning = "Suspended";
  for (const key of world.keys ?? []) key.rotationEnabled = false;
  return world;
}

const produced = (): string => readFileSync(join(out, "results.sarif"), "utf8");

/** Faults that the published schema finds. The formats are ours: ajv brings none. */
function schemaFaults(text: string): string[] {
  const path = join(toolsFolder(), "sarif-2.1.0.json");
  // The file begins with a byte order mark.
  const schema: object = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    formats: {
      uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      uri: (text: string) => URL.canParse(text),
      "uri-reference": (text: string) => URL.canParse(text, "file:///repository/"),
      "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
    },
  });
  const validate = ajv.compile(schema);
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

type ToolRun = {
  results?: { ruleId: string; level?: string; message: { arguments?: string[] } }[];
};

/**
 * Errors that Microsoft's validator finds with its rules for SARIF and for GitHub. It exits with 0
 * whatever it finds, and it takes a value that it cannot read for no fault: the schema sees those.
 */
function toolErrors(text: string): string[] {
  const [given, told] = [join(out, "given.sarif"), join(out, "told.sarif")];
  writeFileSync(given, text);
  execFileSync(join(toolsFolder(), "Sarif.Multitool"), [
    ...["validate", given, "--rule-kind", "Sarif;Ghas"],
    ...["--output", told, "--log", "ForceOverwrite"],
  ]);
  const { runs }: { runs: ToolRun[] } = JSON.parse(readFileSync(told, "utf8"));
  const results = runs.flatMap((run) => run.results ?? []);
  return results
    .filter(({ level }) => level === "error")
    .map(({ ruleId, message }) => `${ruleId} ${(message.arguments ?? []).join(" ")}`);
}

type Mutable = { runs: [{ results: { level: string; locations?: object[] }[] }] };

function mutated(change: (result: Mutable["runs"][0]["results"][0]) => void): string {
  const log: Mutable = JSON.parse(produced());
  log.runs[0].results.slice(0, 1).forEach(change);
  return JSON.stringify(log);
}

test("a scan with findings of several policies writes SARIF that the schema and Microsoft's rules accept", () => {
  const log: { runs: { results: { ruleId: string }[] }[] } = JSON.parse(produced());
  const policies = new Set(log.runs[0]?.results.map(({ ruleId }) => ruleId));
  expect(policies.size).toBeGreaterThan(3);
  expect(schemaFaults(produced())).toEqual([]);
  expect(toolErrors(produced())).toEqual([]);
});

test("a check writes SARIF that the schema and Microsoft's rules accept, with lines and without", () => {
  const content = sarif(
    gateReportOf([
      regressionOf(),
      debtOf(),
      regressionOf({ location: null, policy: "trail-tagged" }),
    ]),
  );
  expect(schemaFaults(content)).toEqual([]);
  expect(toolErrors(content)).toEqual([]);
});

test("a result without a location, which the schema accepts, is an error to Microsoft's rules", () => {
  const changed = mutated((result) => delete result.locations);
  expect(schemaFaults(changed)).toEqual([]);
  expect(toolErrors(changed)).not.toEqual([]);
});

test("a level that SARIF does not have, which Microsoft's rules let through, is a fault to the schema", () => {
  const changed = mutated((result) => {
    result.level = "critical";
  });
  expect(schemaFaults(changed)).not.toEqual([]);
});
