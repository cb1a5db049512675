import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { run } from "../../src/commands/run.ts";
import { paint } from "../../src/report/terminal.ts";
import { startMoto } from "./moto-server.ts";
import { ACCOUNT_ALONE, type Expected, WHOLE_ORGANIZATION } from "./scan-expected.ts";
import { REGIONS, type Seeded, seedForScan } from "./scan-seed.ts";

const BUNDLE = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "trailproof-moto-"));
afterAll(() => rmSync(out, { recursive: true }));
// No test may read what another left.
beforeEach(() => rmSync(join(out, "results.json"), { force: true }));

const at: { environment: Record<string, string>; seeded: Seeded } = Object();

beforeAll(async () => {
  const moto = await startMoto();
  afterAll(moto.stop);
  at.seeded = await seedForScan(moto.endpoint);
  at.environment = {
    AWS_ENDPOINT_URL: moto.endpoint,
    AWS_ACCESS_KEY_ID: "AKIDSCAN",
    AWS_SECRET_ACCESS_KEY: "scan",
    AWS_REGION: "us-east-1",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}, 120_000);

// moto names regions that a plain account does not have, so they are given.
const SCAN = ["scan", "--regions", REGIONS.join(","), "--format", "json", "--all", "--quiet"];

async function inProcess(options: readonly string[]): Promise<number> {
  for (const [name, value] of Object.entries(at.environment)) vi.stubEnv(name, value);
  const silent = { out: () => {}, err: () => {}, paint: paint(false), live: false };
  try {
    return await run([...SCAN, "--out", out, ...options], { console: silent, env: process.env });
  } finally {
    vi.unstubAllEnvs();
  }
}

/** The bundle in a process of its own, with nothing but the given environment. */
function asProgram(options: readonly string[]): Promise<number> {
  const argv = [BUNDLE, ...SCAN, "--out", out, ...options];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, { env: at.environment, cwd: out });
    child.once("exit", (code) => resolve(code ?? -1));
  });
}

type Verdict = {
  policy: string;
  verdict: string;
  subject: { kind: string; id: string; name: string; account: string; region: string };
  because: { actual: { $unknown?: { reason: string } } | null }[];
};
type Results = { complete: boolean; verdicts: Verdict[] };

/** Every verdict by policy and subject, as the expectations are written down. */
function judged(): Expected {
  const { verdicts }: Results = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
  const found: Expected = {};
  for (const each of verdicts) {
    const reason = each.because[0]?.actual?.$unknown?.reason;
    const said = each.verdict === "unknown" ? `${each.verdict}: ${reason}` : each.verdict;
    found[each.policy] = { ...found[each.policy], [label(each)]: said };
  }
  return found;
}

function label({ subject: { kind, id, name, account, region } }: Verdict): string {
  const owner = nameOf(at.seeded.accounts, account);
  if (kind === "replica") return `${name} ${region}`;
  if (kind === "region") return `${owner} ${region}`;
  if (kind === "account") return owner;
  if (kind === "key") return nameOf(at.seeded.keys, id);
  return kind === "organization" ? kind : name;
}

const nameOf = (names: Record<string, string>, value: string): string =>
  Object.keys(names).find((name) => names[name] === value) ?? value;

test("the account of the credentials, scanned alone, gets the verdicts worked out by hand", async () => {
  // Of a bucket's trails one is asked for its log files of a year ago; the organization's cannot be.
  expect(await inProcess(["--skip-policy", "log-bucket-history-present"])).toBe(1);
  expect(judged()).toEqual(ACCOUNT_ALONE);
});

test("the whole organization gets the verdicts worked out by hand", async () => {
  expect(await inProcess(["--organization"])).toBe(1);
  expect(judged()).toEqual(WHOLE_ORGANIZATION);
});

test.runIf(existsSync(BUNDLE))(
  "the bundle, in a process of its own, gives the same verdicts",
  async () => {
    expect(await asProgram(["--organization"])).toBe(1);
    expect(judged()).toEqual(WHOLE_ORGANIZATION);
  },
);
