import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import { SUBJECT_KINDS } from "../../src/subjects/schema/kinds.ts";
import {
  aBucket,
  aHeader,
  aKey,
  aLocalTrail,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const ajv = new Ajv2020({ allErrors: true });
const valid = new Map(
  Object.entries(SUBJECT_KINDS).map(([kind, { schema }]) => [kind, ajv.compile(schema)]),
);

const flawed = aSnapshot({
  resources: [
    aTrail({ eventSelectors: denied }),
    aLocalTrail({
      bucketName: denied,
      kmsKeyArn: denied,
      logGroupArn: denied,
      isMultiRegion: denied,
    }),
    aBucket({ accountId: "elsewhere", exists: denied, aclGrants: denied, encryption: denied }),
    aKey({ exists: false, enabled: unknown("not-collected") }),
    aLogGroup(),
  ],
  accounts: [
    anAccount(MANAGEMENT, [aRegion("us-east-1", [{ arn: ORG_TRAIL, status: denied }])]),
    anAccount(WORKLOAD, [
      aRegion("eu-west-1", [
        sees("arn:aws:cloudtrail:eu-west-1:2:trail/nowhere"),
        unknownMore(denied),
      ]),
      unknownMore(denied),
    ]),
  ],
});

test.each([
  ["without a flaw", aSnapshot()],
  ["with facts unknown in every place", flawed],
])("every subject of a snapshot %s matches its published schema", async (_, records) => {
  const all = await subjectsOf(records);
  expect(all.length).toBeGreaterThan(8);
  for (const { kind, fields } of all) {
    const check = valid.get(kind);
    expect({ ok: check?.(fields), kind, errors: check?.errors }).toMatchObject({ ok: true });
  }
});

test("a snapshot without a flaw gives each subject once, none of them a placeholder", async () => {
  const all = await subjectsOf(aSnapshot());
  expect(
    all.map(({ kind, fields: { id } }) => `${kind} ${id.replace(ORG_TRAIL, "trail")}`),
  ).toEqual([
    `account ${MANAGEMENT}`,
    `region ${MANAGEMENT}/us-east-1`,
    `replica trail@${MANAGEMENT}/us-east-1`,
    `region ${MANAGEMENT}/eu-west-1`,
    `replica trail@${MANAGEMENT}/eu-west-1`,
    "trail trail",
    `account ${WORKLOAD}`,
    `region ${WORKLOAD}/us-east-1`,
    `replica trail@${WORKLOAD}/us-east-1`,
    `region ${WORKLOAD}/eu-west-1`,
    `replica trail@${WORKLOAD}/eu-west-1`,
    "bucket arn:aws:s3:::example-trail-logs",
    "key arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
    "log-group arn:aws:logs:us-east-1:111111111111:log-group:trail",
    "organization o-exampleorgid",
  ]);
  expect(all.filter(({ fields }) => fields.placeholder)).toEqual([]);
});

test("a scan of single accounts has no organization subject", async () => {
  const all = await subjectsOf(aSnapshot({ header: { scope: "accounts" } }));
  expect(all.filter(({ kind }) => kind === "organization")).toEqual([]);
});

test("a trail homed in a region that its owner does not show waits for an account that does", async () => {
  const all = await subjectsOf(
    aSnapshot({ accounts: [anAccount(MANAGEMENT, [aRegion("eu-west-1")]), anAccount(WORKLOAD)] }),
  );
  const kinds = all.map(({ kind, fields: { id } }) => `${kind} ${id}`);
  expect(kinds.indexOf(`trail ${ORG_TRAIL}`)).toBeGreaterThan(kinds.indexOf(`account ${WORKLOAD}`));
  expect(kinds.filter((each) => each.startsWith("trail"))).toHaveLength(1);
});

test("records that do not begin with a header are no snapshot", async () => {
  await expect(subjectsOf([])).rejects.toMatchObject({ code: "bad-snapshot" });
  await expect(subjectsOf([aTrail(), aHeader()])).rejects.toMatchObject({ code: "bad-snapshot" });
});
