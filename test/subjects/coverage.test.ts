import { expect, test } from "vitest";
import type { RegionRecord, SeenTrail } from "../../src/snapshot/account-record.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { type Unknown, unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import type { Coverage } from "../../src/subjects/coverage.ts";
import {
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  management,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const KMS = "kms.amazonaws.com";

const trail = (name: string, changes: Partial<TrailRecord>): TrailRecord =>
  aTrail({ arn: `arn:aws:cloudtrail:us-east-1:${WORKLOAD}:trail/${name}`, name, ...changes });

const told = (coverage: Coverage) => [
  shown(coverage.managementReads),
  shown(coverage.managementWrites),
  coverage.excludedEventSources.map(shown),
  shown(coverage.globalServiceEvents),
];

async function coverage(
  trails: TrailRecord[],
  seen: (SeenTrail | Unknown)[],
  {
    name = "us-east-1",
    partition = "aws",
    region = {},
  }: { name?: string; partition?: string; region?: Partial<RegionRecord> } = {},
) {
  const all = await subjectsOf(
    aSnapshot({
      header: { partition },
      resources: trails,
      accounts: [anAccount(WORKLOAD, [aRegion(name, seen, region)])],
    }),
  );
  return told(only(all, "region", `${WORKLOAD}/${name}`).coverage);
}

type Kind = [readWriteType: "All" | "ReadOnly" | "WriteOnly", excluded: string[]];
const union: [Kind, Kind, unknown[]][] = [
  [
    ["All", []],
    ["WriteOnly", []],
    [true, true, []],
  ],
  [
    ["All", []],
    ["WriteOnly", [KMS]],
    [true, true, []],
  ],
  [
    ["All", []],
    ["ReadOnly", []],
    [true, true, []],
  ],
  [
    ["All", []],
    ["ReadOnly", [KMS]],
    [true, true, []],
  ],
  [
    ["All", [KMS]],
    ["WriteOnly", []],
    [true, true, [KMS]],
  ],
  [
    ["All", [KMS]],
    ["WriteOnly", [KMS]],
    [true, true, [KMS]],
  ],
  [
    ["All", [KMS]],
    ["ReadOnly", []],
    [true, true, [KMS]],
  ],
  [
    ["All", [KMS]],
    ["ReadOnly", [KMS]],
    [true, true, [KMS]],
  ],
  [
    ["ReadOnly", []],
    ["WriteOnly", []],
    [true, true, []],
  ],
  [
    ["ReadOnly", []],
    ["WriteOnly", [KMS]],
    [true, true, [KMS]],
  ],
  [
    ["ReadOnly", []],
    ["ReadOnly", []],
    [true, false, []],
  ],
  [
    ["ReadOnly", []],
    ["ReadOnly", [KMS]],
    [true, false, []],
  ],
  [
    ["ReadOnly", [KMS]],
    ["WriteOnly", []],
    [true, true, [KMS]],
  ],
  [
    ["ReadOnly", [KMS]],
    ["WriteOnly", [KMS]],
    [true, true, [KMS]],
  ],
  [
    ["ReadOnly", [KMS]],
    ["ReadOnly", []],
    [true, false, []],
  ],
  [
    ["ReadOnly", [KMS]],
    ["ReadOnly", [KMS]],
    [true, false, [KMS]],
  ],
];

test.each(union)(
  "trails of %j and %j together, whatever their names and order",
  async (a, b, expected) => {
    const selectors = ([readWriteType, excludeManagementEventSources]: Kind) =>
      management({ readWriteType, excludeManagementEventSources });
    for (const [one, other] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const trails = [
        trail(one, { eventSelectors: selectors(a) }),
        trail(other, { eventSelectors: selectors(b) }),
      ];
      const seen = trails.map(({ arn }) => sees(arn));
      expect((await coverage(trails, seen)).slice(0, 3)).toEqual(expected);
      expect((await coverage(trails.toReversed(), seen.toReversed())).slice(0, 3)).toEqual(
        expected,
      );
    }
  },
);

const all = [true, true, [], true];
const nothing = [false, false, [], false];
const closed = (reason: string) => [`?${reason}`, `?${reason}`, [`?${reason}`], `?${reason}`];
const none = (reason: string) => [`?${reason}`, `?${reason}`, [], `?${reason}`];

test.each<[string, (SeenTrail | Unknown)[], unknown[]]>([
  ["shows the organization trail at work", [sees()], all],
  ["shows no trail", [], nothing],
  ["shows a trail that is stopped", [sees(ORG_TRAIL, { isLogging: false })], nothing],
  [
    "shows a trail that cannot deliver",
    [sees(ORG_TRAIL, { latestDeliveryError: "AccessDenied" })],
    nothing,
  ],
  ["denies the trail's status", [{ arn: ORG_TRAIL, status: denied }], closed("access-denied")],
  ["denies its trails", [unknownMore(denied)], none("access-denied")],
  ["shows a trail at work, and perhaps others", [sees(), unknownMore(denied)], all],
  [
    "shows a trail that no record describes",
    [sees("arn:aws:cloudtrail:us-east-1:2:trail/x")],
    closed("not-collected"),
  ],
])("coverage of a region that %s", async (_, seen, expected) => {
  expect(await coverage([aTrail()], seen)).toEqual(expected);
});

test("what is not recorded in a region that is being enabled is too young to tell", async () => {
  const region = { optStatus: "ENABLING" as const };
  expect(await coverage([aTrail()], [], { region })).toEqual(none("too-young"));
  expect(await coverage([aTrail()], [sees()], { region })).toEqual(all);
  const local = aTrail({ eventSelectors: management({ readWriteType: "ReadOnly" }) });
  expect((await coverage([local], [sees()], { region }))[1]).toBe("?too-young");
});

test.each<[string, string, Partial<TrailRecord>, unknown]>([
  ["aws", "us-east-1", {}, true],
  ["aws", "eu-west-1", {}, null],
  ["aws", "us-east-1", { includeGlobalServiceEvents: false }, false],
  ["aws", "us-east-1", { isMultiRegion: false }, true],
  ["aws", "us-east-1", { isMultiRegion: false, homeRegion: "eu-west-1" }, false],
  ["aws", "us-east-1", { isMultiRegion: denied, homeRegion: "eu-west-1" }, "?access-denied"],
  ["aws", "us-east-1", { eventSelectors: management({ readWriteType: "ReadOnly" }) }, false],
  ["aws-us-gov", "us-gov-west-1", {}, true],
  ["aws-us-gov", "us-gov-east-1", {}, null],
  ["aws-cn", "cn-northwest-1", {}, true],
  ["aws-eusc", "eusc-de-east-1", {}, "?unsupported"],
])(
  "global service events of %s in %s with a trail of %j: %s",
  async (partition, name, changes, expected) => {
    expect((await coverage([aTrail(changes)], [sees()], { partition, name }))[3]).toBe(expected);
  },
);

const scp = unknown("denied-by-scp", { action: "cloudtrail:DescribeTrails" });

async function hiddenRegion(
  seen: (SeenTrail | Unknown)[],
  elsewhere: (SeenTrail | Unknown)[],
  trails: TrailRecord[] = [aTrail()],
) {
  const regions = [aRegion("us-east-1", elsewhere), aRegion("eu-west-1", seen)];
  const subjects = await subjectsOf(
    aSnapshot({ resources: trails, accounts: [anAccount(WORKLOAD, regions)] }),
  );
  return told(only(subjects, "region", `${WORKLOAD}/eu-west-1`).coverage);
}

test("a region that a service control policy hides is recorded by a multi-region trail that works elsewhere", async () => {
  expect(await hiddenRegion([unknownMore(scp)], [sees()])).toEqual([true, true, [], null]);
  expect(await hiddenRegion([{ arn: ORG_TRAIL, status: scp }], [sees()])).toEqual([
    true,
    true,
    [],
    null,
  ]);
});

test.each<[string, (SeenTrail | Unknown)[], TrailRecord[]]>([
  ["is stopped", [sees(ORG_TRAIL, { isLogging: false })], [aTrail()]],
  ["fails to deliver", [sees(ORG_TRAIL, { latestDeliveryError: "NoSuchBucket" })], [aTrail()]],
  ["is single-region", [sees()], [aTrail({ isMultiRegion: false })]],
  ["is hidden too", [{ arn: ORG_TRAIL, status: scp }], [aTrail()]],
])(
  "a hidden region is not known to be recorded by a trail that elsewhere %s",
  async (_, elsewhere, trails) => {
    expect((await hiddenRegion([unknownMore(scp)], elsewhere, trails))[0]).toBe("?denied-by-scp");
  },
);

test("a region hidden for another reason proves nothing", async () => {
  expect((await hiddenRegion([unknownMore(denied)], [sees()]))[0]).toBe("?access-denied");
});

test("regions where the same trails do the same share one answer", async () => {
  const regions = ["eu-west-1", "eu-west-2", "eu-west-3"].map((name) => aRegion(name));
  const subjects = await subjectsOf(aSnapshot({ accounts: [anAccount(WORKLOAD, regions)] }));
  const answers = subjects.flatMap(({ kind, fields }) =>
    kind === "region" ? [fields.coverage] : [],
  );
  expect(answers).toHaveLength(3);
  expect(new Set(answers).size).toBe(1);
});
