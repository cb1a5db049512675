import { rename } from "node:fs/promises";
import { join } from "node:path";
import { collect } from "../collect/collect.ts";
import type { Connection, ScanRequest } from "../collect/request.ts";
import { DEFAULT_ROLE, type ScanOptions } from "../options.ts";
import type { Report } from "../report/report.ts";
import { freshState, readSnapshot } from "../snapshot/read.ts";
import { VERSION } from "../version.ts";
import type { Console } from "./console.ts";
import { exitCodeOf, judgeAndReport } from "./judge-and-report.ts";
import { progress } from "./progress.ts";
import { resumed } from "./resume.ts";
import { loadRules, type Rules } from "./rules.ts";
import { spareMemory } from "./spare-memory.ts";
import { makeFolder } from "./write-reports.ts";

export const SNAPSHOT_FILE = "snapshot.ndjson.gz";

/** What one request may take: AWS answers these calls in well under a second. */
const REQUEST_TIMEOUT_MS = 20_000;

/** `trailproof scan`: collects from AWS into a snapshot, then judges that file. */
export async function scan(options: ScanOptions, console: Console): Promise<number> {
  const report = await scanned(options, console, { requestTimeoutMs: REQUEST_TIMEOUT_MS });
  return exitCodeOf(report);
}

/** A scan over any connection, judged and reported. */
export async function scanned(
  options: ScanOptions,
  console: Console,
  connection: Connection,
): Promise<Report> {
  await spareMemory();
  const rules = await loadRules(options);
  makeFolder(options.out);
  const path = join(options.out, SNAPSHOT_FILE);
  await collected(path, request(options, rules), { connection, console });
  const records = readSnapshot(path, freshState(), trusted);
  return judgeAndReport(records, rules, { options, console });
}

/** Our own file, written a moment ago: its records need no checking. */
const trusted: Parameters<typeof readSnapshot>[2] = () => {};

/**
 * Collects into `<path>.part` and gives the file its name once it is whole: a run that is killed
 * can go on from there, and an older snapshot stays until there is a newer one.
 */
async function collected(
  path: string,
  wanted: ScanRequest,
  { connection, console }: { connection: Connection; console: Console },
): Promise<void> {
  const part = `${path}.part`;
  const { writer, already, note } = await resumed(part, wanted);
  if (note !== null) console.err(`${note}\n`);
  const bar = progress(console, Date.now);
  try {
    await collect({ ...wanted, already }, { connection, emit: writer.append, progress: bar.show });
    await writer.end();
  } catch (error) {
    await writer.abandon();
    throw error;
  } finally {
    bar.done();
  }
  await rename(part, path);
}

/** What the options and the config ask the collector for; options win. */
function request(
  options: ScanOptions,
  { config, digests, subjects, parameters }: Rules,
): ScanRequest {
  const { organization = {} } = config;
  const wanted = {
    scope: options.organization ? ("organization" as const) : ("accounts" as const),
    accounts: options.accounts ?? organization.accounts ?? null,
    ous: options.ous ?? organization.ous ?? null,
    excludeAccounts: options.excludeAccounts ?? organization.excludeAccounts ?? [],
    regions: options.regions ?? organization.regions ?? null,
    role: options.role ?? organization.role ?? DEFAULT_ROLE,
    externalId: options.externalId ?? organization.externalId ?? null,
    organizationRole: options.organizationRole ?? organization.organizationRole ?? null,
    identityPolicies: subjects.wanted.cloudTrailAdministrators !== null,
    historyDays: historyDays(parameters),
  };
  const { externalId: _, ...shown } = wanted;
  return {
    ...wanted,
    named: subjects.named,
    deadlineSeconds: options.deadline * 60,
    header: { tool: `trailproof/${VERSION}`, digests: digests(), arguments: shown },
    already: new Set(),
  };
}

/** As long as log files are to be kept, which is a year unless the config says otherwise. */
const historyDays = ({ retentionDays }: Rules["parameters"]): number =>
  typeof retentionDays === "number" ? retentionDays : 365;
