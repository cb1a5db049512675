import { expect, test } from "vitest";
import type { TrailRecord } from "../../src/snapshot/resources/trail.ts";
import { unknownMore } from "../../src/snapshot/unknown.ts";
import {
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  denied,
  LOCAL_TRAIL,
  MANAGEMENT,
  management,
  ORG_TRAIL,
  only,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "./a-snapshot.ts";

const READS = management({ readWriteType: "ReadOnly" });
const WRITES = management({ readWriteType: "WriteOnly" });
const NO_KMS = management({ excludeManagementEventSources: ["kms.amazonaws.com"] });
const OTHER = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/other`;

const another = (changes: Partial<TrailRecord>) =>
  aTrail({ arn: OTHER, name: "other", isOrganizationTrail: false, ...changes });

type Case = {
  name: string;
  trail: Partial<TrailRecord>;
  other?: Partial<TrailRecord>;
  otherLogs?: boolean;
  otherIn?: string[];
  expected: unknown;
};

const mine = { isOrganizationTrail: false };

test.for<Case>([
  { name: "alone and whole", trail: mine, expected: true },
  { name: "alone, reads only", trail: { ...mine, eventSelectors: READS }, expected: false },
  {
    name: "reads here, writes there",
    trail: { ...mine, eventSelectors: READS },
    other: { eventSelectors: WRITES },
    expected: true,
  },
  {
    name: "reads in both",
    trail: { ...mine, eventSelectors: READS },
    other: { eventSelectors: READS },
    expected: false,
  },
  {
    name: "the other is stopped",
    trail: { ...mine, eventSelectors: READS },
    other: { eventSelectors: WRITES },
    otherLogs: false,
    expected: false,
  },
  {
    name: "the other is in one region only",
    trail: { ...mine, eventSelectors: READS },
    other: { eventSelectors: WRITES, isMultiRegion: false },
    otherIn: ["us-east-1"],
    expected: false,
  },
  {
    name: "what one leaves out, the other records",
    trail: { ...mine, eventSelectors: NO_KMS },
    other: {},
    expected: true,
  },
  {
    name: "both leave KMS out",
    trail: { ...mine, eventSelectors: NO_KMS },
    other: { eventSelectors: NO_KMS },
    expected: false,
  },
  {
    name: "an organization trail is not completed by one that its members lack",
    trail: { eventSelectors: READS },
    other: { eventSelectors: WRITES },
    expected: false,
  },
  {
    name: "an organization trail is completed by another one",
    trail: { eventSelectors: READS },
    other: { eventSelectors: WRITES, isOrganizationTrail: true },
    expected: true,
  },
])(
  "$name: $expected",
  async ({ trail, other, otherLogs = true, otherIn = ["us-east-1", "eu-west-1"], expected }) => {
    const regions = ["us-east-1", "eu-west-1"].map((name) => {
      const seesOther = other !== undefined && otherIn.includes(name);
      return aRegion(name, [sees(), ...(seesOther ? [sees(OTHER, { isLogging: otherLogs })] : [])]);
    });
    const resources = [aTrail(trail), ...(other === undefined ? [] : [another(other)])];
    const all = await subjectsOf(
      aSnapshot({ resources, accounts: [anAccount(MANAGEMENT, regions)] }),
    );
    expect(only(all, "trail", ORG_TRAIL).management.completedByOthers).toEqual(expected);
  },
);

test("a region whose trails could not be listed may hold what is missing", async () => {
  const regions = [aRegion("us-east-1"), aRegion("eu-west-1", [sees(), unknownMore(denied)])];
  const accounts = [anAccount(MANAGEMENT, regions)];
  const trail = aTrail({ ...mine, isMultiRegion: true, eventSelectors: READS });
  const all = await subjectsOf(aSnapshot({ resources: [trail], accounts }));
  // us-east-1 was seen whole, and nothing there records the writes.
  expect(only(all, "trail", ORG_TRAIL).management.completedByOthers).toBe(false);
  const only2 = [anAccount(MANAGEMENT, [aRegion("us-east-1", [sees(), unknownMore(denied)])])];
  const blind = await subjectsOf(aSnapshot({ resources: [trail], accounts: only2 }));
  expect(shown(only(blind, "trail", ORG_TRAIL).management.completedByOthers)).toBe(
    "?access-denied",
  );
});

test.for([
  [true, "?outside-scope"],
  [false, true],
] as const)(
  "where a run leaves regions out, a trail of several regions (%s) is not called complete",
  async ([isMultiRegion, expected]) => {
    const regions = [aRegion("us-east-1", [sees(), sees(OTHER)])];
    const accounts = [anAccount(MANAGEMENT, regions, { regionsOutsideScope: ["eu-west-1"] })];
    const trail = aTrail({ ...mine, isMultiRegion, eventSelectors: READS });
    const resources = [trail, another({ eventSelectors: WRITES, isMultiRegion: false })];
    const all = await subjectsOf(aSnapshot({ resources, accounts }));
    expect(shown(only(all, "trail", ORG_TRAIL).management.completedByOthers)).toBe(expected);
  },
);

test("a trail whose home region was not seen is completed by nobody that we know", async () => {
  const accounts = [anAccount(WORKLOAD, [aRegion("us-east-1", [])])];
  const all = await subjectsOf(aSnapshot({ resources: [aLocalTrail()], accounts }));
  expect(shown(only(all, "trail", LOCAL_TRAIL).management.completedByOthers)).toBe(
    "?outside-scope",
  );
});
