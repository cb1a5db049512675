import { AuditError } from "../errors.ts";
import { SNAPSHOT_FORMAT, type SnapshotRecord } from "../snapshot/records.ts";
import { isUnknown } from "../snapshot/unknown.ts";
import { accountRecord } from "./account.ts";
import { leaderRegion, parseArn } from "./arn.ts";
import { type Ask, createAsk, type Line, type Place } from "./call.ts";
import { createClients } from "./clients.ts";
import { startDeadline } from "./deadline.ts";
import { type Entry, enter, startRegion } from "./entry.ts";
import { adaptiveLimit } from "./limit.ts";
import { createMonitoring } from "./monitoring.ts";
import {
  listOrganization,
  managementAccount,
  noOrganization,
  type Organization,
} from "./organization.ts";
import { countProgress, type Progress } from "./progress.ts";
import type { Connection, ProgressEvent, ScanRequest } from "./request.ts";
import { REQUESTS } from "./requests.ts";
import type { Run } from "./run.ts";
import { createScope, roleArnOf } from "./scope.ts";
import { assumeRole, type Session } from "./sessions.ts";
import { pacer } from "./throttle.ts";
import { createViews } from "./views.ts";

/** What a scan works with. */
export type CollectContext = {
  connection: Connection;
  /** Takes each record; the next one waits until it is done. */
  emit: (record: SnapshotRecord) => Promise<void>;
  progress: (event: ProgressEvent) => void;
  /** Ends the run at once: `collect` then throws the signal's reason. */
  signal?: AbortSignal;
};

/**
 * Reads what a scan is asked for from AWS and emits it as snapshot records: header, organization,
 * then resources and accounts, each after all that it refers to (never `end`). What `already`
 * names (`header` and `organization` too) is left out. What AWS withholds is an unknown fact;
 * throws an `AuditError` where there are no credentials, no list of accounts, or none to audit.
 */
export async function collect(request: ScanRequest, context: CollectContext): Promise<void> {
  const { connection } = context;
  const deadline = startDeadline(request.deadlineSeconds, context.signal);
  const clients = createClients(connection, process.env);
  const progress = countProgress(context.progress);
  const most = connection.maxInFlight ?? 256;
  const line: Line = {
    requests: REQUESTS,
    clients,
    connection,
    limit: adaptiveLimit({ start: 64, least: 8, most }),
    pace: pacer(),
    deadline,
    progress,
  };
  try {
    await scan(request, { line, progress, emit: context.emit });
  } finally {
    progress.tell();
    deadline.close();
    clients.close();
  }
}

type Means = { line: Line; progress: Progress; emit: CollectContext["emit"] };

async function scan(request: ScanRequest, { line, progress, emit }: Means): Promise<void> {
  const ask = createAsk(line);
  const region = await startRegion(line.connection);
  const entry = await enter(ask, line.connection, region);
  const write = inOrder(emit);
  if (!request.already.has("header")) await write(headerOf(request, entry));

  const leader = leaderRegion(entry.partition, region);
  const known = await organizationOf({ ask, request, entry, region, leader });
  const scope = createScope({ ask, request, entry, region, ...known });
  const parts = { ask, request, entry, region, leader, scope };
  const run: Run = {
    ...parts,
    views: createViews(ask),
    monitoring: createMonitoring(ask),
    organizationId: known.organization.id,
    emit: write,
    once: onceEach(request.already),
    accountBlock: eachAccountOnce(ask),
  };
  progress.add("accountsExpected", scope.expected.size);
  const isTold = request.already.has("organization");
  await Promise.all([
    isTold ? undefined : write(known.organization.record()),
    everyAccount(run, progress, line.connection.maxInFlight ?? 256),
  ]);
}

function headerOf(request: ScanRequest, { arn, caller, partition, startedAt }: Entry) {
  return {
    kind: "header",
    format: SNAPSHOT_FORMAT,
    partition,
    caller: { accountId: caller.accountId, arn },
    startedAt,
    scope: request.scope,
    ...request.header,
  } as const;
}

type Start = { ask: Ask; request: ScanRequest; entry: Entry; region: string; leader: string };

async function organizationOf(
  start: Start,
): Promise<{ organization: Organization; organizationSession: Session | null }> {
  const { ask, request, entry, leader } = start;
  if (request.scope === "accounts") {
    const accounts = request.accounts ?? [entry.caller.accountId];
    const organization = noOrganization([...new Set(accounts)].sort(), request);
    return { organization, organizationSession: null };
  }
  const organizationSession =
    request.organizationRole === null ? null : await viaRole(start, request.organizationRole);
  const caller = organizationSession?.caller ?? entry.caller;
  if (isUnknown(caller)) {
    throw new AuditError(
      "cannot-list-accounts",
      `--organization-role cannot be used: ${caller.$unknown.detail ?? caller.$unknown.reason}`,
      "Let the entry credentials assume that role, or leave the option out.",
    );
  }
  const place: Place = { caller, region: leader };
  const organization = await listOrganization(ask, place, request);
  return { organization, organizationSession };
}

async function viaRole({ ask, request, entry, region, leader }: Start, role: string) {
  const given = parseArn(role);
  const accountId =
    given?.accountId ?? (await managementAccount(ask, { caller: entry.caller, region: leader }));
  const roleArn = given === null ? roleArnOf(entry, accountId, role) : role;
  const { externalId } = request;
  return assumeRole(ask, { by: entry.caller, region, accountId, roleArn, externalId });
}

/**
 * Records go out one at a time, in the order in which they were handed over, even before they were
 * there: whoever hands over a later one waits.
 */
function inOrder(emit: CollectContext["emit"]) {
  let last = Promise.resolve();
  return (record: SnapshotRecord | Promise<SnapshotRecord>): Promise<void> => {
    last = Promise.all([record, last]).then(([ready]) => emit(ready));
    return last;
  };
}

function onceEach(already: ReadonlySet<string>): Run["once"] {
  const made = new Map<string, Promise<void>>();
  return (name, make) => {
    if (already.has(name)) return Promise.resolve();
    const known = made.get(name);
    if (known !== undefined) return known;
    const making = make();
    made.set(name, making);
    return making;
  };
}

function eachAccountOnce(ask: Ask): Run["accountBlock"] {
  const asked = new Map<string, ReturnType<Run["accountBlock"]>>();
  return (place) => {
    const { accountId } = place.caller;
    const known = asked.get(accountId);
    if (known !== undefined) return known;
    const answer = ask("s3control:GetPublicAccessBlock", place, { AccountId: accountId });
    asked.set(accountId, answer);
    return answer;
  };
}

/** Keeps so many accounts under way that all places for calls are taken, and no more. */
async function everyAccount(run: Run, progress: Progress, callsAtOnce: number): Promise<void> {
  const { expected } = run.scope;
  const waiting = [...expected].filter((id) => !run.request.already.has(id)).values();
  progress.add("accountsDone", [...expected].filter((id) => run.request.already.has(id)).length);
  const regions = run.request.regions?.length ?? 17;
  const lanes = Math.ceil(callsAtOnce / Math.max(1, regions)) + 8;
  const lane = async () => {
    for (const accountId of waiting) {
      await accountRecord(run, accountId);
      progress.add("accountsDone");
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
