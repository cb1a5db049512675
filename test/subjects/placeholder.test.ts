import { expect, test } from "vitest";
import type { AccountRecord } from "../../src/snapshot/account-record.ts";
import { isUnknown, unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import {
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  MANAGEMENT,
  sees,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const unreachable = unknown("account-unreachable", { action: "sts:AssumeRole" });

async function placeholders(account: AccountRecord) {
  const all = await subjectsOf(aSnapshot({ accounts: [anAccount(MANAGEMENT), account] }));
  return all.filter(({ fields }) => fields.placeholder);
}

const shared = ["trail", "bucket", "key", "log-group"].map((kind) => `${kind} ${WORKLOAD}/*`);

const STORES = `event-data-store ${WORKLOAD}/*`;

test.each<[string, AccountRecord, string[]]>([
  [
    "could not be entered",
    anAccount(WORKLOAD, [], { unreachable }),
    [`region ${WORKLOAD}/*`, `replica ${WORKLOAD}/*`, STORES, ...shared],
  ],
  [
    "did not list its regions",
    anAccount(WORKLOAD, [aRegion("us-east-1"), unknownMore(denied)]),
    [`region ${WORKLOAD}/*`, `replica ${WORKLOAD}/*`, STORES, ...shared],
  ],
  [
    "denied the trails of two regions",
    anAccount(WORKLOAD, [
      aRegion("us-east-1"),
      aRegion("eu-west-1", [unknownMore(denied)]),
      aRegion("eu-west-2", [sees(), unknownMore(denied)]),
    ]),
    [`replica ${WORKLOAD}/eu-west-1/*`, `replica ${WORKLOAD}/eu-west-2/*`, ...shared],
  ],
  [
    "denied the event data stores of two regions",
    anAccount(WORKLOAD, [
      aRegion("us-east-1", [sees()], { eventDataStores: [unknownMore(denied)] }),
      aRegion("eu-west-1", [sees()], { eventDataStores: [unknownMore(denied)] }),
    ]),
    [STORES],
  ],
  [
    "denied no more than a status",
    anAccount(WORKLOAD, [aRegion("us-east-1", [{ arn: sees().arn, status: denied }])]),
    [],
  ],
])("what stands for the subjects of an account that %s", async (_, account, expected) => {
  const found = await placeholders(account);
  expect(found.map(({ kind, fields: { id } }) => `${kind} ${id}`)).toEqual(expected);
});

/** Every fact of a subject but what says which subject it is. */
function facts(fields: object): unknown[] {
  const identity = ["id", "name", "arn", "accountId", "accountName", "ouPath", "placeholder"];
  return Object.entries(fields).flatMap(([key, value]) =>
    identity.includes(key) ? [] : leaves(value),
  );
}

function leaves(value: unknown): unknown[] {
  const isBranch = typeof value === "object" && value !== null && !isUnknown(value);
  return isBranch ? Object.values(value).flatMap(leaves) : [value];
}

test("every fact of a placeholder is unknown, for the reason that hid the subjects", async () => {
  for (const { kind, fields } of await placeholders(anAccount(WORKLOAD, [], { unreachable }))) {
    expect(facts(fields).length, kind).toBeGreaterThan(4);
    for (const fact of facts(fields)) {
      expect(fact, kind).toMatchObject({ $unknown: { reason: "account-unreachable" } });
    }
    expect(fields).toMatchObject({ accountId: WORKLOAD });
  }
});

test("trails of one account that do not say what they use share one placeholder of each kind", async () => {
  const hidden = { bucketName: denied, kmsKeyArn: denied, logGroupArn: denied };
  const other = aLocalTrail({
    ...hidden,
    arn: "arn:aws:cloudtrail:eu-west-1:222222222222:trail/b",
  });
  const all = await subjectsOf(aSnapshot({ resources: [aTrail(), aLocalTrail(hidden), other] }));
  const found = all.filter(({ fields }) => fields.placeholder);
  expect(found.map(({ kind, fields: { id } }) => `${kind} ${id}`)).toEqual(shared.slice(1));
});

test("an account with an unlisted region and a silent trail has one placeholder of each kind", async () => {
  const hidden = { bucketName: denied, kmsKeyArn: denied, logGroupArn: denied };
  const account = anAccount(WORKLOAD, [aRegion("us-east-1", [unknownMore(denied)])]);
  const all = await subjectsOf(
    aSnapshot({
      resources: [aTrail(), aLocalTrail(hidden)],
      accounts: [anAccount(MANAGEMENT), account],
    }),
  );
  const found = all.filter(({ fields }) => fields.placeholder);
  expect(found.map(({ kind, fields: { id } }) => `${kind} ${id}`)).toEqual([
    `replica ${WORKLOAD}/us-east-1/*`,
    ...shared,
  ]);
});
