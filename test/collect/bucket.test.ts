import { expect, test } from "vitest";
import type { Bucket } from "../../src/simulate/schema/buckets.ts";
import type { Trail } from "../../src/simulate/schema/trails.ts";
import { account, MANAGEMENT, organization, organizationTrail } from "../needs/worlds.ts";
import { reasonOf, scanned } from "./scanned.ts";

const logs = { name: "logs", account: MANAGEMENT, region: "us-east-1" };

/** What is told of a single account's bucket. */
async function told(changes: Partial<Bucket>, trail: Partial<Trail> = {}) {
  const world = account([trail], { buckets: [{ ...logs, ...changes }] });
  const run = await scanned(world, { scope: "accounts" });
  return { ...run, record: run.bucket("logs") };
}

test("replication rules are told with what narrows them", async () => {
  const destinationBucket = "arn:aws:s3:::copies";
  const { record } = await told({
    replication: [
      { id: "all", destinationBucket, destinationAccount: "222222222222", kmsEncrypted: true },
      { prefix: "AWSLogs/", enabled: false, destinationBucket },
      { prefix: "AWSLogs/", tag: { key: "keep", value: "yes" }, destinationBucket },
    ],
  });
  const rule = { id: null, enabled: true, prefix: "AWSLogs/", otherFilter: false };
  const to = { destinationBucket, destinationAccountId: null, kmsEncrypted: false };
  expect(record.replicationRules).toEqual([
    {
      ...{ id: "all", enabled: true, prefix: null, otherFilter: false, kmsEncrypted: true },
      ...{ destinationBucket, destinationAccountId: "222222222222" },
    },
    { ...rule, ...to, enabled: false },
    { ...rule, ...to, otherFilter: true },
  ]);
});

test("a bucket without a replication configuration has no rules, and its owner pays", async () => {
  const { record } = await told({ replication: [] });
  expect(record).toMatchObject({ replicationRules: [], requesterPays: false });
});

test("a bucket whose requesters pay says so", async () => {
  expect((await told({ requestPayer: "Requester" })).record.requesterPays).toBe(true);
});

test("the owner in the ACL is told by its canonical id", async () => {
  expect((await told({})).record.aclOwner).toBe(MANAGEMENT.padStart(64, "0"));
});

test("lifecycle rules with dates, and with versions kept by number, are told as such", async () => {
  const { record } = await told({
    lifecycle: [
      { expirationDate: "2027-01-01T00:00:00Z" },
      { noncurrentExpirationDays: 30, newerNoncurrentVersions: 2 },
      { transitions: [{ date: "2027-01-01T00:00:00Z", storageClass: "GLACIER" }] },
    ],
  });
  expect(record.lifecycleRules).toMatchObject([
    { expirationDays: 0 },
    { expirationDays: null, noncurrentExpirationDays: 30, newerNoncurrentVersions: 2 },
    { transitions: [{ days: null, storageClass: "GLACIER" }] },
  ]);
});

// The world's clock stands at 2026-11-01; the request asks a year back.
const day = "2025-11-01";

test("log files of a year ago are looked for in one listing, where the trail puts them", async () => {
  const { record, count } = await told({}, { s3KeyPrefix: "audit" });
  expect(record.history).toEqual({ accountId: MANAGEMENT, region: "us-east-1", day, found: true });
  expect(count("s3:ListObjectsV2")).toBe(1);
});

test("log files that are no longer there are not found", async () => {
  const { record } = await told({ logFiles: [{ from: "2026-01-01T00:00:00Z" }] });
  expect(record.history).toMatchObject({ day, found: false });
});

test("log files of another prefix, account or region do not count", async () => {
  const objects = [
    `other/AWSLogs/${MANAGEMENT}/CloudTrail/us-east-1/2025/11/01/file.json.gz`,
    `AWSLogs/222222222222/CloudTrail/us-east-1/2025/11/01/file.json.gz`,
    `AWSLogs/${MANAGEMENT}/CloudTrail/eu-west-1/2025/11/01/file.json.gz`,
    `AWSLogs/${MANAGEMENT}/CloudTrail-Digest/us-east-1/2025/11/01/file.json.gz`,
  ];
  const { record } = await told({ logFiles: [], objects });
  expect(record.history).toMatchObject({ found: false });
});

test("an organization trail's log files lie in the organization's folder, listed by the bucket's owner", async () => {
  const { bucket, calls } = await scanned(organization());
  expect(bucket("organization-logs").history).toEqual({
    accountId: MANAGEMENT,
    region: "us-east-1",
    day,
    found: true,
  });
  const listings = calls.filter(({ operation }) => operation === "s3:ListObjectsV2");
  expect(listings.map(({ accountId }) => accountId)).toEqual(["222222222222"]);
});

test("how far back is the request's to say", async () => {
  const world = account([{}]);
  const { bucket } = await scanned(world, { scope: "accounts", historyDays: 400 });
  expect(bucket("logs").history).toMatchObject({ day: "2025-09-27" });
});

test("without the organization's id nobody knows where an organization trail's log files lie", async () => {
  const trail = { ...organizationTrail, s3BucketName: "logs" };
  const world = { ...organization({ trails: [trail], buckets: [logs] }) };
  const { bucket, count } = await scanned(world, { scope: "accounts" });
  expect(reasonOf(bucket("logs").history)).toBe("outside-scope");
  expect(count("s3:ListObjectsV2")).toBe(0);
});
