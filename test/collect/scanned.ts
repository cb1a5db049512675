import { onTestFinished } from "vitest";
import { collect } from "../../src/collect/collect.ts";
import type { Connection, ProgressEvent, ScanRequest } from "../../src/collect/request.ts";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import type { World } from "../../src/simulate/world.ts";
import type { RecordCheck } from "../../src/snapshot/read.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import type { ResourceRecord } from "../../src/snapshot/resources/resource.ts";
import { recordCheck } from "../../src/snapshot/validate.ts";
import { worldFile } from "../simulate/world-files.ts";

/** A request for the whole organization; a test says what differs. */
export const request: ScanRequest = {
  scope: "organization",
  accounts: null,
  ous: null,
  excludeAccounts: [],
  regions: null,
  role: "TrailproofAuditor",
  externalId: null,
  organizationRole: null,
  named: [],
  identityPolicies: false,
  historyDays: 365,
  deadlineSeconds: 60,
  header: { tool: "trailproof/test", digests: { policies: null, config: null }, arguments: {} },
  already: new Set(),
};

type Settings = {
  /** Whose credentials the run has; left out: the management account's. */
  entry?: string;
  connection?: Partial<Connection>;
  signal?: AbortSignal;
  onRecord?: (record: SnapshotRecord) => void;
};

/** Scans a world, or the world file of a name; every record is held against the published schema. */
export async function scanned(
  world: World | string,
  overrides: Partial<ScanRequest> = {},
  settings: Settings = {},
) {
  const read = typeof world === "string" ? worldFile(world) : world;
  const simulator = await startSimulator(read, { recordCalls: true });
  onTestFinished(simulator.close);
  const entry =
    settings.entry ?? read.organization?.managementAccount ?? read.accounts[0]?.id ?? "";
  const records: SnapshotRecord[] = [];
  const events: ProgressEvent[] = [];
  const check: RecordCheck = recordCheck("snapshot");
  const error = await collect(
    { ...request, ...overrides },
    {
      connection: {
        endpoint: simulator.endpoint,
        region: "us-east-1",
        credentials: async () => entryCredentials(entry),
        requestTimeoutMs: 30_000,
        retryPauseMs: 1,
        ...settings.connection,
      },
      emit: async (record) => {
        records.push(record);
        check(record, records.length);
        settings.onRecord?.(record);
      },
      progress: (event) => events.push(event),
      ...(settings.signal === undefined ? {} : { signal: settings.signal }),
    },
  ).then(
    () => null,
    (reason: unknown) => reason,
  );
  return {
    records,
    error,
    events,
    calls: simulator.calls(),
    count: simulator.countCalls,
    ...views(records),
  };
}

function views(records: SnapshotRecord[]) {
  const only = <T extends SnapshotRecord>(is: (each: SnapshotRecord) => each is T): T[] =>
    records.filter(is);
  const isType =
    <K extends ResourceRecord["type"]>(type: K) =>
    (each: SnapshotRecord): each is Extract<ResourceRecord, { type: K }> =>
      each.kind === "resource" && each.type === type;
  const resource =
    <K extends ResourceRecord["type"]>(type: K) =>
    (arnEnd: string) =>
      one(only(isType(type)).filter(({ arn }) => arn.endsWith(arnEnd)));
  return {
    organization: () => one(only((each) => each.kind === "organization")),
    account: (id: string) =>
      one(only((each) => each.kind === "account").filter((each) => each.id === id)),
    trail: resource("trail"),
    bucket: resource("bucket"),
    key: resource("key"),
    logGroup: resource("log-group"),
    topic: resource("topic"),
    role: resource("role"),
    eventDataStore: resource("event-data-store"),
  };
}

function one<T>(found: readonly T[]): T {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} such records`);
  return first;
}

/** The reason in a marker; null where the fact is known. */
export function reasonOf(fact: unknown): string | null {
  const marker = typeof fact === "object" && fact !== null ? Reflect.get(fact, "$unknown") : null;
  return typeof marker === "object" && marker !== null
    ? String(Reflect.get(marker, "reason"))
    : null;
}

/** What a scan asks only where it matters: whom FullAWSAccess is attached to, AWS's own channels' policies. */
const UNASKED =
  /^\/(serviceControlPolicies\/policies\/\d+\/targets|regions\/\d+\/channels\/\d+\/policy) not-collected$/;

/** JSON pointers of all markers in a record, with their reasons; but for what no scan asks. */
export function markers(value: unknown, pointer = ""): string[] {
  const reason = reasonOf(value);
  const marker = `${pointer} ${reason}`;
  if (reason !== null) return UNASKED.test(marker) ? [] : [marker];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "observations" && key !== "sources")
    .flatMap(([key, inner]) => markers(inner, `${pointer}/${key}`));
}
