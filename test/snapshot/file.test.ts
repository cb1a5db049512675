import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import type { AccountRecord } from "../../src/snapshot/account-record.ts";
import { freshState, type RecordCheck, readSnapshot } from "../../src/snapshot/read.ts";
import type { HeaderRecord, SnapshotRecord } from "../../src/snapshot/records.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { recordCheck } from "../../src/snapshot/validate.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";

const header: HeaderRecord = {
  kind: "header",
  format: 1,
  tool: "trailproof/test",
  partition: "aws",
  caller: { accountId: "111111111111", arn: "arn:aws:iam::111111111111:user/auditor" },
  startedAt: "2026-11-20T12:00:00.000Z",
  scope: "accounts",
  arguments: {},
  digests: { policies: null, config: null },
};

const account = (id: string): AccountRecord => ({
  kind: "account",
  id,
  unreachable: unknown("account-unreachable", { action: "sts:AssumeRole" }),
  identityPolicies: null,
  regionsFrom: null,
  regions: [],
  regionsOutsideScope: [],
  observations: [],
  sources: {},
});

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "trailproof-snapshot-")), "snapshot.ndjson.gz");
});

async function write(records: SnapshotRecord[], { end = true } = {}): Promise<void> {
  const writer = await writeSnapshot(path);
  for (const record of records) await writer.append(record);
  await (end ? writer.end() : writer.abandon());
}

async function read(check: RecordCheck = recordCheck(path)) {
  const state = freshState();
  const records: SnapshotRecord[] = [];
  for await (const record of readSnapshot(path, state, check)) records.push(record);
  return { state, records };
}

const unchecked: RecordCheck = () => {};

const threeRecords = [header, account("111111111111"), account("222222222222")];

test("what is written is read again, and the file says that it is whole", async () => {
  await write(threeRecords);
  const { state, records } = await read();
  expect(records).toEqual(threeRecords);
  expect(state).toEqual({ records: 3, accounts: 2, resources: 0, whole: true, trouble: null });
});

test("records appended at once, without waiting, keep their order", async () => {
  const writer = await writeSnapshot(path);
  await Promise.all(threeRecords.map((record) => writer.append(record)));
  await writer.end();
  expect((await read()).records).toEqual(threeRecords);
});

test("a file without its end record gives its records and says where it stops", async () => {
  await write(threeRecords, { end: false });
  const { state, records } = await read();
  expect(records).toHaveLength(3);
  expect(state.whole).toBe(false);
  expect(state.trouble).toBe("the file has no end record, after record 3 (2 accounts are whole)");
});

test("a file cut at any byte loses its last record only, and never passes for whole", async () => {
  await write(threeRecords);
  const size = readFileSync(path).length;
  const bytes = readFileSync(path);
  const seen = new Set<number>();
  for (let length = 0; length < size; length += 1) {
    writeFileSync(path, bytes.subarray(0, length));
    const { state, records } = await read(unchecked);
    // The end record proves all before it; only the checksum after it may be missing then.
    if (state.whole) expect(length).toBeGreaterThan(size - 20);
    expect(records).toEqual(threeRecords.slice(0, records.length));
    seen.add(records.length);
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3]);
});

test("a byte changed in the middle is damage, and what was before it is kept", async () => {
  await write(threeRecords);
  const bytes = readFileSync(path);
  const first = gzipSync("").length;
  bytes[first + 40] = (bytes[first + 40] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
  const outcome = await read().catch((error: unknown) => error);
  if (outcome instanceof AuditError) expect(outcome.code).toBe("bad-snapshot");
  else expect(outcome).toMatchObject({ state: { whole: false } });
});

test("a record taken out after the fact does not agree with the end record", async () => {
  await write(threeRecords);
  const lines = readGzip(path);
  writeFileSync(path, gzipSync([lines[0], lines[1], lines[3]].join("\n").concat("\n")));
  const { state } = await read();
  expect(state.whole).toBe(false);
  expect(state.trouble).toContain("does not agree");
});

describe("a line that no version wrote is refused, naming file and line", () => {
  const cases: [string, string, string][] = [
    ["no JSON", "{", "line 1 is not JSON"],
    ["another format", '{"kind":"header","format":99}', "line 1 says format 99, not 1"],
    ["no record at all", '{"a":1}', "line 1 says format nothing, not 1"],
    [
      "an unknown kind",
      `${JSON.stringify(header)}\n{"kind":"gadget"}`,
      "line 2 is a record of no known kind (gadget)",
    ],
    [
      "a kind that is a property of every object",
      `${JSON.stringify(header)}\n{"kind":"constructor"}`,
      "line 2 is a record of no known kind (constructor)",
    ],
    [
      "a marker with a reason that does not exist",
      `${JSON.stringify(header)}\n${JSON.stringify({ ...account("1"), unreachable: { $unknown: { reason: "because" } } })}`,
      "line 2 /unreachable",
    ],
    [
      "a marker with more than a marker has",
      `${JSON.stringify(header)}\n${JSON.stringify({ ...account("1"), unreachable: { ...unknown("timeout"), sure: true } })}`,
      "line 2 /unreachable",
    ],
  ];
  test.for(cases)("%s", async ([, text, message]) => {
    writeFileSync(path, gzipSync(`${text}\n`));
    await expect(read()).rejects.toMatchObject({
      code: "bad-snapshot",
      message: expect.stringContaining(message),
    });
  });
});

test("a file that is not there, and one that is no gzip", async () => {
  await expect(read()).rejects.toMatchObject({ code: "bad-snapshot" });
  writeFileSync(path, "hello");
  expect((await read()).state.whole).toBe(false);
});

test("a folder that is not there cannot be written to, and the error says what to do", async () => {
  await expect(writeSnapshot("/nowhere/at/all.gz")).rejects.toMatchObject({
    code: "cannot-write",
    cure: expect.stringContaining("--out"),
  });
});

function readGzip(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString("utf8").split("\n");
}
