import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Connection } from "../../src/collect/request.ts";
import type { Console } from "../../src/commands/console.ts";
import { exitCodeOf } from "../../src/commands/judge-and-report.ts";
import { scanned } from "../../src/commands/scan.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import type { ScanOptions } from "../../src/options.ts";
import { paint } from "../../src/report/terminal.ts";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import type { World } from "../../src/simulate/world.ts";
import { wellKept } from "../simulate/well-kept-world.ts";
import { worldFile } from "../simulate/world-files.ts";

/** A folder of one test's own, gone when it ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "trailproof-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A console that keeps what it is told. */
export function listening() {
  const heard = { out: "", err: "" };
  const console: Console = {
    out: (text) => {
      heard.out += text;
    },
    err: (text) => {
      heard.err += text;
    },
    paint: paint(false),
    live: false,
  };
  return { console, heard };
}

/** The options of `scan --organization --all`, which a test narrows. */
export const options: Omit<ScanOptions, "out"> = {
  format: ["json"],
  failOn: "medium",
  unknownFailsAt: "high",
  redact: false,
  all: true,
  quiet: false,
  json: false,
  organization: true,
  deadline: 5,
};

export type Settings = {
  /** Whose credentials the run has; left out: the management account's, else the first's. */
  entry?: string;
  connection?: Partial<Connection>;
};

/** Scans and judges a world, or the file of a name with all that it leaves unsaid well kept. Throws what `scanned` throws. */
export async function judged(
  world: World | string,
  overrides: Partial<ScanOptions> = {},
  { entry, connection }: Settings = {},
) {
  const read = typeof world === "string" ? wellKept(worldFile(world)) : world;
  const simulator = await startSimulator(read, { recordCalls: true });
  const out = overrides.out ?? folder();
  const { console, heard } = listening();
  const account = entry ?? read.organization?.managementAccount ?? read.accounts[0]?.id ?? "";
  try {
    const report = await scanned({ ...options, ...overrides, out }, console, {
      endpoint: simulator.endpoint,
      region: "us-east-1",
      credentials: async () => entryCredentials(account),
      requestTimeoutMs: 5000,
      retryPauseMs: 1,
      ...connection,
    });
    const { verdicts } = report;
    if (verdicts === null) throw new Error("these tests look at every verdict");
    return {
      report,
      verdicts,
      out,
      heard,
      exitCode: exitCodeOf(report),
      calls: simulator.calls(),
      count: simulator.countCalls,
      resultsFile: () => readFileSync(join(out, "results.json"), "utf8"),
      snapshotFile: join(out, "snapshot.ndjson.gz"),
      ...ways(verdicts),
    };
  } finally {
    await simulator.close();
  }
}

/** What the tests ask of a run's verdicts. */
function ways(verdicts: readonly SubjectVerdict[]) {
  return {
    /** Place to verdict for one policy. */
    of: (policy: string): Record<string, string> =>
      Object.fromEntries(
        verdicts
          .filter((each) => each.policy === policy)
          .map((each) => [place(each), each.verdict])
          .sort(),
      ),
    /** `policy: place` of all that have this verdict. */
    all: (verdict: SubjectVerdict["verdict"]): string[] =>
      verdicts
        .filter((each) => each.verdict === verdict)
        .map((each) => `${each.policy}: ${place(each)}`)
        .sort(),
  };
}

/** A subject by name: `organization-trail@111111111111/eu-west-1`, `222222222222/us-east-1`. */
export function place({ subject: { id } }: SubjectVerdict): string {
  return id.replace(/^arn:[^@]*(trail|key|log-group)[/:]/, "").replace(/^arn:aws[^:]*:s3:::/, "");
}

/** `policy subject`, which is one verdict's in a run. */
export const keyOf = ({ policy, subject }: SubjectVerdict): string =>
  `${policy} ${subject.kind} ${subject.id}`;
