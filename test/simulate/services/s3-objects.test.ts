import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import type { KeptLogFiles } from "../../../src/simulate/schema/buckets.ts";
import type { World } from "../../../src/simulate/world.ts";
import { refusal, simulated } from "../simulated.ts";

const OWNER = "111111111111";
const MEMBER = "222222222222";
const OUTSIDER = "999999999999";
const Bucket = "logs";

const world = (bucket: { logFiles?: KeptLogFiles[]; objects?: string[] } = {}): World => ({
  now: "2026-11-01T06:00:00Z",
  regions: { "us-east-1": "ENABLED_BY_DEFAULT", "eu-west-1": "ENABLED_BY_DEFAULT" },
  organization: { id: "o-abcdefghij", managementAccount: OWNER },
  accounts: [{ id: OWNER }, { id: MEMBER }, { id: OUTSIDER, outside: true }],
  trails: [
    {
      name: "organization",
      account: OWNER,
      homeRegion: "us-east-1",
      isOrganizationTrail: true,
      s3BucketName: Bucket,
      s3KeyPrefix: "audit",
    },
    {
      name: "local",
      account: OWNER,
      homeRegion: "us-east-1",
      isMultiRegionTrail: false,
      s3BucketName: Bucket,
    },
  ],
  buckets: [{ name: Bucket, account: OWNER, region: "us-east-1", ...bucket }],
});

async function found(of: World, Prefix: string): Promise<boolean> {
  const { s3 } = (await simulated(of)).as(OWNER);
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }));
  return KeyCount === 1;
}

const ORGANIZATION = "audit/AWSLogs/o-abcdefghij";
const DAY = "2025/11/01";

test.for([
  ["a member's region", `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/${DAY}/`, true],
  ["the owner's region", `${ORGANIZATION}/${OWNER}/CloudTrail/us-east-1/${DAY}/`, true],
  ["a month", `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/2025/11/`, true],
  ["a local trail", `AWSLogs/${OWNER}/CloudTrail/us-east-1/${DAY}/`, true],
  ["a local trail's other region", `AWSLogs/${OWNER}/CloudTrail/eu-west-1/${DAY}/`, false],
  ["an account outside", `${ORGANIZATION}/${OUTSIDER}/CloudTrail/us-east-1/${DAY}/`, false],
  ["another prefix", `AWSLogs/o-abcdefghij/${MEMBER}/CloudTrail/us-east-1/${DAY}/`, false],
  ["no organization", `audit/AWSLogs/${MEMBER}/CloudTrail/us-east-1/${DAY}/`, false],
  ["no such region", `${ORGANIZATION}/${MEMBER}/CloudTrail/nowhere-1/${DAY}/`, false],
  ["before the trail", `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/2025/09/26/`, false],
  ["its first day", `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/2025/09/27/`, true],
  ["tomorrow", `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/2026/11/02/`, false],
] as const)("by default log files of %s are %s: found %s", async ([, prefix, expected]) => {
  expect(await found(world(), prefix)).toBe(expected);
});

const kept: KeptLogFiles[] = [
  { accounts: [OWNER], from: "2026-10-30", to: "2026-10-31" },
  { regions: ["eu-*"], from: { minutesAgo: 1440 } },
];

test.for([
  ["the days said", `${ORGANIZATION}/${OWNER}/CloudTrail/us-east-1/2026/10/31/`, true],
  ["the day after", `${ORGANIZATION}/${OWNER}/CloudTrail/us-east-1/2026/11/01/`, false],
  ["another account", `${ORGANIZATION}/${MEMBER}/CloudTrail/us-east-1/2026/10/31/`, false],
  ["the regions said", `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/2026/10/31/`, true],
] as const)("a world says of which days log files are kept: %s", async ([, prefix, expected]) => {
  expect(await found(world({ logFiles: kept }), prefix)).toBe(expected);
});

test("no log files are there where a world says that none are kept", async () => {
  const prefix = `${ORGANIZATION}/${MEMBER}/CloudTrail/eu-west-1/${DAY}/`;
  expect(await found(world({ logFiles: [] }), prefix)).toBe(false);
});

test("objects come in the order of their keys, page by page", async () => {
  const { s3 } = (await simulated(world({ objects: ["b/2", "b/1", "a", "b/3"] }))).as(OWNER);
  const list = (more: object) =>
    s3.send(new ListObjectsV2Command({ Bucket, Prefix: "b/", MaxKeys: 2, ...more }));
  const first = await list({});
  expect(first).toMatchObject({ Name: Bucket, KeyCount: 2, MaxKeys: 2, IsTruncated: true });
  expect(first.Contents?.map((each) => each.Key)).toEqual(["b/1", "b/2"]);
  const rest = await list({ ContinuationToken: first.NextContinuationToken });
  expect(rest.Contents?.map((each) => each.Key)).toEqual(["b/3"]);
  expect([rest.IsTruncated, rest.NextContinuationToken]).toEqual([false, undefined]);
  const after = await list({ StartAfter: "b/2" });
  expect(after.Contents?.map((each) => each.Key)).toEqual(["b/3"]);
});

test("an empty listing has no contents", async () => {
  const { s3 } = (await simulated(world())).as(OWNER);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "nothing/" }));
  expect([listed.KeyCount, listed.Contents, listed.IsTruncated]).toEqual([0, undefined, false]);
});

test("folders are refused rather than left out, and a stranger is denied s3:ListBucket", async () => {
  const { as } = await simulated(world());
  const folders = as(OWNER).s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/" }));
  expect(await refusal(folders)).toMatchObject({ name: "NotImplemented", status: 501 });
  const stranger = await refusal(as(OUTSIDER).s3.send(new ListObjectsV2Command({ Bucket })));
  expect(stranger).toMatchObject({ name: "AccessDenied", status: 403 });
  expect(stranger.message).toContain("s3:ListBucket");
});
