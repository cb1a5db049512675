import { expect, test } from "vitest";
import type { AccountRecord } from "../../src/snapshot/account-record.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { unknown, unknownMore } from "../../src/snapshot/unknown.ts";
import {
  aListed,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

async function account(
  regions: AccountRecord["regions"],
  {
    trail = {},
    changes = {},
  }: { trail?: Partial<TrailRecord>; changes?: Partial<AccountRecord> } = {},
) {
  const accounts = [anAccount(WORKLOAD, regions, changes)];
  const records = aSnapshot({
    resources: [aTrail(trail)],
    accounts,
    organization: { accounts: [aListed(WORKLOAD, { name: "workload", ouPath: "Root/Workloads" })] },
  });
  return only(await subjectsOf(records), "account");
}

const stopped = [sees(ORG_TRAIL, { isLogging: false })];
const dataAlone = {
  basic: [],
  advanced: [{ name: null, fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] }],
};

test.each<[string, AccountRecord["regions"], Partial<TrailRecord>, unknown]>([
  ["logs in every region", [aRegion("us-east-1"), aRegion("eu-west-1")], {}, true],
  ["logs in one of two regions", [aRegion("us-east-1", stopped), aRegion("eu-west-1")], {}, true],
  ["logs nowhere", [aRegion("us-east-1", stopped)], {}, false],
  ["is single-region", [aRegion("us-east-1")], { isMultiRegion: false }, false],
  ["may be single-region", [aRegion("us-east-1")], { isMultiRegion: denied }, "?access-denied"],
  ["records data events alone", [aRegion("us-east-1")], { eventSelectors: dataAlone }, false],
  [
    "logs, with a region that was denied",
    [aRegion("us-east-1"), aRegion("eu-west-1", [unknownMore(denied)])],
    {},
    true,
  ],
  [
    "logs nowhere that could be seen",
    [aRegion("us-east-1", stopped), aRegion("eu-west-1", [unknownMore(denied)])],
    {},
    "?access-denied",
  ],
  [
    "logs nowhere in the regions that were listed",
    [aRegion("us-east-1", stopped), unknownMore(denied)],
    {},
    "?access-denied",
  ],
  [
    "is stopped in a region that is being enabled",
    [aRegion("eu-west-1", stopped, { optStatus: "ENABLING" })],
    {},
    false,
  ],
])("an account whose trail %s", async (_, regions, trail, expected) => {
  expect(shown((await account(regions, { trail })).hasMultiRegionTrailLogging)).toBe(expected);
});

test("an account of which no region was asked is not known to be unrecorded", async () => {
  const subject = await account([]);
  expect(shown(subject.hasMultiRegionTrailLogging)).toBe("?outside-scope");
});

test("an account that could not be entered is a subject whose every fact is unknown", async () => {
  const unreachable = unknown("account-unreachable", { action: "sts:AssumeRole" });
  const subject = await account([], { changes: { unreachable } });
  expect(subject).toMatchObject({ id: WORKLOAD, accountName: "workload", placeholder: false });
  expect(subject.trails.map(shown)).toEqual(["?account-unreachable"]);
  expect(shown(subject.hasMultiRegionTrailLogging)).toBe("?account-unreachable");
});

test("a trail of many regions is listed once, with the account's name and place beside it", async () => {
  const subject = await account([aRegion("us-east-1"), aRegion("eu-west-1")]);
  expect(subject.trails).toEqual([
    {
      arn: ORG_TRAIL,
      name: "organization",
      isMultiRegion: true,
      isOrganizationTrail: true,
      isLogging: true,
      recordsManagementEvents: true,
    },
  ]);
  expect(subject).toMatchObject({ name: "workload", ouPath: "Root/Workloads" });
});
