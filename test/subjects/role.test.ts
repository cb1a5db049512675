import { expect, test } from "vitest";
import type { RegionRecord, TrailStatus } from "../../src/snapshot/account-record.ts";
import type { EventSelectors } from "../../src/snapshot/event-selectors.ts";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { unknownMore } from "../../src/snapshot/unknown.ts";
import {
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  hoursAgo,
  LOCAL_TRAIL,
  management,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

async function role(
  trails: TrailRecord[],
  regions: RegionRecord[],
  arn: string = LOCAL_TRAIL,
): Promise<unknown> {
  const accounts = [anAccount(WORKLOAD, regions)];
  const all = await subjectsOf(aSnapshot({ resources: trails, accounts }));
  return shown(only(all, "trail", arn).role);
}

const both = (org: Partial<TrailStatus> = {}) => [
  aRegion("us-east-1", [sees(ORG_TRAIL, org)]),
  aRegion("eu-west-1", [sees(ORG_TRAIL, org), sees(LOCAL_TRAIL)]),
];
const data = (...arns: string[]): EventSelectors => ({
  basic: [
    {
      readWriteType: "All",
      includeManagementEvents: false,
      excludeManagementEventSources: [],
      dataResources: [{ type: "AWS::S3::Object", values: arns }],
    },
  ],
  advanced: [],
});
const withData = (selectors: EventSelectors): EventSelectors => ({
  basic: [...management().basic, ...selectors.basic],
  advanced: [],
});
const logs = "arn:aws:s3:::logs/";

test.each<[string, Partial<TrailRecord>, Partial<TrailRecord>, unknown]>([
  ["records the same management events", {}, {}, "additional"],
  [
    "records fewer",
    { eventSelectors: management({ readWriteType: "WriteOnly" }) },
    {},
    "additional",
  ],
  [
    "records KMS, which the organization trail leaves out",
    {},
    { eventSelectors: management({ excludeManagementEventSources: ["kms.amazonaws.com"] }) },
    "primary",
  ],
  [
    "leaves KMS out as the organization trail does",
    { eventSelectors: management({ excludeManagementEventSources: ["kms.amazonaws.com"] }) },
    { eventSelectors: management({ excludeManagementEventSources: ["kms.amazonaws.com"] }) },
    "additional",
  ],
  [
    "records data events that nobody else does",
    { eventSelectors: data(logs) },
    { eventSelectors: management() },
    "primary",
  ],
  [
    "records data events that the organization trail records too",
    { eventSelectors: data(logs) },
    { eventSelectors: withData(data("arn:aws:s3")) },
    "additional",
  ],
  [
    "records data events of one bucket beside those of another",
    { eventSelectors: data(logs) },
    { eventSelectors: withData(data("arn:aws:s3:::other/")) },
    "primary",
  ],
  [
    "records data events of every bucket beside those of one",
    { eventSelectors: data("arn:aws:s3") },
    { eventSelectors: withData(data(logs)) },
    "primary",
  ],
  ["is multi-region, as the organization trail is", { isMultiRegion: true }, {}, "additional"],
  [
    "is multi-region beside a single-region organization trail",
    { isMultiRegion: true },
    { isMultiRegion: false, homeRegion: "eu-west-1" },
    "primary",
  ],
  ["has selectors that were denied", { eventSelectors: denied }, {}, "?access-denied"],
  ["stands beside selectors that were denied", {}, { eventSelectors: denied }, "?access-denied"],
  [
    "stands beside a trail that may not be the organization's",
    {},
    { isOrganizationTrail: denied, isMultiRegion: false },
    "?access-denied",
  ],
])("a local trail that %s", async (_, local, org, expected) => {
  const isSeenAtHomeOnly = org.isMultiRegion === false;
  const regions = both().map((region) =>
    isSeenAtHomeOnly && region.name === "us-east-1" ? { ...region, trails: [] } : region,
  );
  expect(await role([aTrail(org), aLocalTrail(local)], regions)).toBe(expected);
});

test.each<[string, RegionRecord[], unknown]>([
  ["works", both(), "additional"],
  ["is stopped", both({ isLogging: false }), "primary"],
  ["cannot deliver", both({ latestDeliveryError: "AccessDenied" }), "primary"],
  ["does something that was not told", both({ isLogging: denied }), "?access-denied"],
  ["is not there", [aRegion("eu-west-1", [sees(LOCAL_TRAIL)])], "primary"],
  [
    "may be there unseen",
    [aRegion("eu-west-1", [sees(LOCAL_TRAIL), unknownMore(denied)])],
    "?access-denied",
  ],
  [
    "works in a region that is still being enabled",
    [...both(), aRegion("af-south-1", [], { optStatus: "ENABLING" })],
    "additional",
  ],
])("a local trail beside an organization trail that %s", async (_, regions, expected) => {
  expect(await role([aTrail(), aLocalTrail()], regions)).toBe(expected);
});

test("of two equal trails the older is primary, and by ARN where both are as old", async () => {
  const other = "arn:aws:cloudtrail:eu-west-1:222222222222:trail/zebra";
  const trails = [aLocalTrail(), aLocalTrail({ arn: other, name: "zebra" })];
  const begun = (local: number, zebra: number) => [
    aRegion("eu-west-1", [
      sees(LOCAL_TRAIL, { startLoggingTime: hoursAgo(local) }),
      sees(other, { startLoggingTime: hoursAgo(zebra) }),
    ]),
  ];
  const roles = async (regions: RegionRecord[]) => [
    await role(trails, regions),
    await role(trails, regions, other),
  ];
  expect(await roles(begun(10, 20))).toEqual(["additional", "primary"]);
  expect(await roles(begun(20, 10))).toEqual(["primary", "additional"]);
  expect(await roles(begun(10, 10))).toEqual(["primary", "additional"]);
});

test("a trail that is alone is primary even where its selectors were denied", async () => {
  const regions = [aRegion("eu-west-1", [sees(LOCAL_TRAIL)])];
  expect(await role([aLocalTrail({ eventSelectors: denied })], regions)).toBe("primary");
});

test("a multi-region trail that records IAM is primary beside one that does not", async () => {
  const org = aTrail({ includeGlobalServiceEvents: false });
  const local = aLocalTrail({ isMultiRegion: true, isOrganizationTrail: false });
  const regions = ["us-east-1", "eu-west-1"].map((name) =>
    aRegion(name, [sees(), sees(LOCAL_TRAIL)]),
  );
  expect(await role([org, local], regions)).toBe("primary");
  expect(await role([aTrail(), local], regions)).toBe("additional");
});

test("the role of a trail whose owner was not asked lies outside the scope", async () => {
  const regions = [aRegion("eu-west-1", [sees()])];
  expect(await role([aTrail()], regions, ORG_TRAIL)).toBe("?outside-scope");
});

test("a region that is still being enabled does not make a redundant multi-region trail primary", async () => {
  const regions = [
    aRegion("us-east-1", [sees()]),
    aRegion("eu-west-1", [sees(), sees(LOCAL_TRAIL)]),
    aRegion("af-south-1", [], { optStatus: "ENABLING" }),
  ];
  expect(await role([aTrail(), aLocalTrail({ isMultiRegion: true })], regions)).toBe("additional");
});
