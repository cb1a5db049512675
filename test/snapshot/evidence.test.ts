import { expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import type { AccountRecord } from "../../src/snapshot/account-record.ts";
import { factsAlone } from "../../src/snapshot/evidence.ts";
import type { SnapshotRecord } from "../../src/snapshot/records.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { recordCheck } from "../../src/snapshot/validate.ts";

const OBSERVED: AccountRecord["observations"] = [
  {
    operation: "account:ListRegions",
    accountId: "111111111111",
    region: "us-east-1",
    time: "2026-11-01T06:00:00.000Z",
    requestId: "r-1",
    principal: null,
    outcome: "ok",
    answer: { observations: [], sources: { nested: 1 } },
  },
];

const ACCOUNT: AccountRecord = {
  kind: "account",
  id: "111111111111",
  unreachable: unknown("account-unreachable", { detail: 'the key ,"observations":[ in a text' }),
  identityPolicies: null,
  regionsFrom: null,
  regions: [],
  regionsOutsideScope: [],
  observations: OBSERVED,
  sources: { "/regions": 0 },
};

function read(line: string) {
  const check: (value: unknown, line: number) => asserts value is SnapshotRecord =
    recordCheck("made");
  let wholes = 0;
  const whole = () => {
    wholes += 1;
    const value: unknown = JSON.parse(line);
    check(value, 7);
    return value;
  };
  const record = factsAlone(Buffer.from(line), { whole, check: (value) => check(value, 7) });
  return { record, wholes: () => wholes };
}

test("an account's evidence is parsed once, when it is asked for, and is what was written", () => {
  const { record, wholes } = read(JSON.stringify(ACCOUNT));
  expect(record?.unreachable).toEqual(ACCOUNT.unreachable);
  expect(wholes()).toBe(0);
  expect(record).toEqual(ACCOUNT);
  expect(record?.observations).toEqual(OBSERVED);
  expect(wholes()).toBe(1);
});

test("facts that stand behind the evidence are not lost: the line is read in full", () => {
  const { regions, ...others } = ACCOUNT;
  expect(read(JSON.stringify({ ...others, regions })).record).toBeNull();
});

test("evidence of an object within the record does not end its facts", () => {
  const regions = [{ name: "eu-west-1", observations: [] }];
  const { observations, sources, ...facts } = ACCOUNT;
  const line = JSON.stringify({ ...facts, regions, observations, sources });
  expect(read(line).record).toBeNull();
});

test("facts that break the schema are left to reading in full, which says what is wrong", () => {
  expect(read(JSON.stringify({ ...ACCOUNT, regions: 1 })).record).toBeNull();
});

test("evidence that is none is an error once it is asked for", () => {
  const { record } = read(JSON.stringify({ ...ACCOUNT, observations: [{ operation: 1 }] }));
  expect(record?.id).toBe("111111111111");
  expect(() => record?.observations).toThrow(AuditError);
});

test("other records are read in full", () => {
  expect(read('{"kind":"resource","observations":[]}').record).toBeNull();
});
