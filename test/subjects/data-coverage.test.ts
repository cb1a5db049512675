import { describe, expect, test } from "vitest";
import type { EventSelectors, FieldSelector } from "../../src/snapshot/event-selectors.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { unknownMore } from "../../src/snapshot/unknown.ts";
import {
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  BUCKET,
  CONTEXT,
  denied,
  everything,
  LOCAL_TRAIL,
  management,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

type Seen = { trail: TrailRecord; status?: Parameters<typeof sees>[1] };

/** What a region records where these trails are seen. */
async function recorded(seen: Seen[], hidden = false) {
  const here = seen.map(({ trail, status }) => sees(trail.arn, status));
  const region = aRegion("eu-west-1", hidden ? [...here, unknownMore(denied)] : here);
  const all = await subjectsOf(
    aSnapshot({
      resources: seen.map(({ trail }) => trail),
      accounts: [anAccount(WORKLOAD, [region])],
    }),
    {
      wanted: {
        ...CONTEXT.wanted,
        dataEventResourceTypes: ["AWS::SNS::Topic", "AWS::S3::Object"],
        networkActivityEventSources: ["kms.amazonaws.com", "s3.amazonaws.com"],
      },
    },
  );
  return only(all, "region").coverage;
}

const s3 = async (...seen: Seen[]) => {
  const { data } = await recorded(seen);
  return [shown(data.s3Reads), shown(data.s3Writes)];
};

const advanced = (...selectors: FieldSelector[][]): EventSelectors => ({
  basic: [],
  advanced: selectors.map((fieldSelectors) => ({ name: null, fieldSelectors })),
});
const objects = (...more: FieldSelector[]): FieldSelector[] => [
  { field: "eventCategory", equals: ["Data"] },
  { field: "resources.type", equals: ["AWS::S3::Object"] },
  ...more,
];
const basic = (values: string[], readWriteType = "All"): EventSelectors => ({
  basic: [
    {
      readWriteType,
      includeManagementEvents: true,
      excludeManagementEventSources: [],
      dataResources: [{ type: "AWS::S3::Object", values }],
    },
  ],
  advanced: [],
});
const org = (eventSelectors: EventSelectors) => ({ trail: aTrail({ eventSelectors }) });
const local = (eventSelectors: EventSelectors, changes: Partial<TrailRecord> = {}) => ({
  trail: aLocalTrail({ eventSelectors, ...changes }),
});
const without = (...prefixes: string[]): FieldSelector => ({
  field: "resources.ARN",
  notStartsWith: prefixes,
});

test("a trail of management events alone records no data event, and says which types are missing", async () => {
  const { data, network } = await recorded([org(management())]);
  expect(data).toEqual({
    s3Reads: false,
    s3Writes: false,
    lambdaInvocations: false,
    dynamodbReads: false,
    dynamodbWrites: false,
    bedrockInvocations: false,
    missingResourceTypes: ["AWS::SNS::Topic", "AWS::S3::Object"],
  });
  expect(network).toEqual({
    denied: false,
    missingEventSources: ["kms.amazonaws.com", "s3.amazonaws.com"],
  });
});

test("a trail of everything misses the one type that it does not name", async () => {
  const { data, network } = await recorded([org(everything())]);
  expect(data).toMatchObject({
    s3Reads: true,
    lambdaInvocations: true,
    dynamodbWrites: true,
    bedrockInvocations: true,
    missingResourceTypes: ["AWS::SNS::Topic"],
  });
  expect(network).toEqual({ denied: true, missingEventSources: [] });
});

test("a trail that was not seen may record what those seen do not, and takes nothing from them", async () => {
  const { data } = await recorded([org(basic(["arn:aws:s3"], "WriteOnly"))], true);
  expect(shown(data.s3Reads)).toBe("?access-denied");
  expect(data.s3Writes).toBe(true);
  expect(data.missingResourceTypes.map(shown)).toEqual(["?access-denied"]);
});

test("reads of one trail and writes of another are whole together, under any names", async () => {
  const reads = basic(["arn:aws:s3"], "ReadOnly");
  const writes = basic(["arn:aws:s3:::"], "WriteOnly");
  expect(await s3(org(reads), local(writes))).toEqual([true, true]);
  expect(await s3(org(writes), local(reads))).toEqual([true, true]);
  expect(await s3(local(reads), org(writes))).toEqual([true, true]);
});

describe("the buckets that keep the logs", () => {
  const OWN = `arn:aws:s3:::${BUCKET}/`;
  test("are left out as AWS advises, and every bucket counts as recorded", async () => {
    expect(await s3(org(advanced(objects(without(OWN)))))).toEqual([true, true]);
  });
  test("are those of every trail in the region", async () => {
    const other = local(management(), { bucketName: "other-logs" });
    const both = advanced(objects(without(OWN, "arn:aws:s3:::other-logs/")));
    expect(await s3(org(both), other)).toEqual([true, true]);
    expect(await s3(org(both))).toEqual([false, false]);
  });
  test("are left out exactly: a prefix that other buckets share is no such bucket", async () => {
    const prefix = `arn:aws:s3:::${BUCKET}`;
    expect(await s3(org(advanced(objects(without(prefix)))))).toEqual([false, false]);
    expect(await s3(org(advanced(objects(without("arn:aws:s3:::orders/")))))).toEqual([
      false,
      false,
    ]);
  });
  test("may be the one left out where a trail does not say its bucket", async () => {
    const silent = local(management(), { bucketName: denied });
    const left = advanced(objects(without("arn:aws:s3:::orders/")));
    expect(await s3(org(left), silent)).toEqual(["?access-denied", "?access-denied"]);
  });
});

describe("situations in which other tools answer wrongly", () => {
  const every = advanced(objects());
  test.each<[string, Seen[], unknown[]]>([
    ["selectors without a name count as those with one", [org(every)], [true, true]],
    [
      "the second of several values counts as the first",
      [
        org(
          advanced([
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::Lambda::Function", "AWS::S3::Object"] },
          ]),
        ),
      ],
      [true, true],
    ],
    [
      "a trail that does not log records nothing",
      [{ ...org(every), status: { isLogging: false } }],
      [false, false],
    ],
    [
      "readOnly means its value, not that the word occurs",
      [org(advanced(objects({ field: "readOnly", equals: ["false"] })))],
      [false, true],
    ],
    [
      "a bucket is not recorded by a selector for one whose name begins alike",
      [org(advanced(objects({ field: "resources.ARN", startsWith: ["arn:aws:s3:::foobar/"] })))],
      [false, false],
    ],
    ["arn:aws:s3::: means every bucket", [org(basic(["arn:aws:s3:::"]))], [true, true]],
    ["advanced selectors alone are selectors", [org(every)], [true, true]],
    [
      "one selector without data events beside one with them takes nothing away",
      [
        org({
          basic: [...management().basic, ...basic(["arn:aws:s3"]).basic],
          advanced: [],
        }),
      ],
      [true, true],
    ],
    [
      "a regional trail of data events beside one of management events is no fault",
      [org(management()), local(basic(["arn:aws:s3"]))],
      [true, true],
    ],
  ])("%s", async (_, seen, expected) => {
    expect(await s3(...seen)).toEqual(expected);
  });

  test("a source that an advanced selector leaves out is left out", async () => {
    const kms = everything({ field: "eventSource", notEquals: ["kms.amazonaws.com"] });
    const { excludedEventSources, managementReads } = await recorded([org(kms)]);
    expect([managementReads, excludedEventSources]).toEqual([true, ["kms.amazonaws.com"]]);
  });
});

test("regions where trails record no data events share one answer, whatever the trails", async () => {
  const trails = [
    aTrail({ eventSelectors: management() }),
    aLocalTrail({ eventSelectors: management() }),
  ];
  const regions = [
    aRegion("us-east-1", [sees(ORG_TRAIL)]),
    aRegion("eu-west-1", [sees(LOCAL_TRAIL)]),
  ];
  const all = await subjectsOf(
    aSnapshot({ resources: trails, accounts: [anAccount(WORKLOAD, regions)] }),
  );
  const answers = all.flatMap(({ kind, fields }) =>
    kind === "region" ? [fields.coverage.data] : [],
  );
  expect(answers).toHaveLength(2);
  expect(new Set(answers).size).toBe(1);
});

test("a region lists its channels, and keeps the list open where it was cut", async () => {
  const channels = [{ arn: "arn:aws:cloudtrail:eu-west-1:2:channel/a", name: "a", policy: null }];
  const region = aRegion("eu-west-1", [], { channels: [...channels, unknownMore(denied)] });
  const all = await subjectsOf(aSnapshot({ accounts: [anAccount(WORKLOAD, [region])] }));
  expect(only(all, "region").channels).toEqual([
    { arn: "arn:aws:cloudtrail:eu-west-1:2:channel/a", name: "a" },
    unknownMore(denied),
  ]);
});

test("global service events reach two trails only where both record the same of them", async () => {
  const listed = async (one: EventSelectors, other: EventSelectors) => {
    const trails = [org(one).trail, local(other, { isMultiRegion: true }).trail];
    const regions = ["us-east-1", "eu-west-1"].map((name) =>
      aRegion(
        name,
        trails.map(({ arn }) => sees(arn)),
      ),
    );
    const all = await subjectsOf(
      aSnapshot({ resources: trails, accounts: [anAccount(WORKLOAD, regions)] }),
    );
    return only(all, "account").globalServiceEventTrails;
  };
  const reads = management({ readWriteType: "ReadOnly" });
  const writes = management({ readWriteType: "WriteOnly" });
  const both = [ORG_TRAIL, LOCAL_TRAIL].sort();
  expect(await listed(reads, management())).toEqual(both);
  expect(await listed(reads, writes)).toEqual([]);
  expect(await listed(management(), basic(["arn:aws:s3"]))).toEqual(both);
  // What only repeats the other is told of as a redundant trail.
  expect(await listed(management(), reads)).toEqual([]);
  expect(await listed(management(), management())).toEqual([]);
});
