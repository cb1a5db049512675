import { expect, test } from "vitest";
import type { World } from "../../src/simulate/world.ts";
import { markers, scanned } from "./scanned.ts";

const trail = { name: "trail", account: "111111111111", homeRegion: "us-east-1" };
const world = (more: Partial<World>): World => ({
  now: "2026-11-01T06:00:00Z",
  regions: { "us-east-1": "ENABLED_BY_DEFAULT", "eu-west-1": "ENABLED_BY_DEFAULT" },
  organization: { managementAccount: "111111111111" },
  accounts: [
    { id: "111111111111", name: "management" },
    { id: "222222222222", name: "workload" },
    { id: "333333333333", name: "log-archive" },
    { id: "999999999999", name: "stranger", outside: true },
  ],
  trails: [{ ...trail, s3BucketName: "trail-logs" }],
  ...more,
});
const bucketOf = (account: string, region = "us-east-1") => [
  { name: "trail-logs", account, region },
];

test("a bucket of the trail's own account is found with one call", async () => {
  const { bucket, count } = await scanned(world({ buckets: bucketOf("111111111111") }));
  expect(bucket("trail-logs")).toMatchObject({ exists: true, accountId: "111111111111" });
  expect(count("s3:HeadBucket")).toBe(1);
  expect(count("s3:ListBuckets")).toBe(0);
});

test("a bucket in another region than the trail's home is asked there", async () => {
  const { bucket, calls } = await scanned(
    world({ buckets: bucketOf("111111111111", "eu-west-1") }),
  );
  expect(bucket("trail-logs").region).toBe("eu-west-1");
  expect(calls.find(({ operation }) => operation === "s3:GetBucketVersioning")?.region).toBe(
    "eu-west-1",
  );
  expect(markers(bucket("trail-logs"))).toEqual([]);
});

test("the account called log-archive is asked before a workload's", async () => {
  const { bucket, calls } = await scanned(world({ buckets: bucketOf("333333333333") }));
  expect(bucket("trail-logs").accountId).toBe("333333333333");
  const asked = calls.filter(({ operation }) => operation === "s3:ListBuckets");
  expect(asked.map(({ accountId }) => accountId)).toEqual(["111111111111", "333333333333"]);
});

test("a bucket that no account of the whole organization has is elsewhere", async () => {
  const { bucket } = await scanned(world({ buckets: bucketOf("999999999999") }));
  expect(bucket("trail-logs")).toMatchObject({ exists: true, accountId: "elsewhere" });
  expect(markers(bucket("trail-logs"))).toContain("/versioning outside-scope");
});

test("it is not elsewhere while one account has not answered", async () => {
  const { bucket } = await scanned(
    world({
      buckets: bucketOf("999999999999"),
      faults: [
        { operation: "s3:ListBuckets", account: "222222222222", kind: "access-denied" },
        { operation: "s3:HeadBucket", account: "222222222222", kind: "access-denied" },
      ],
    }),
  );
  expect(markers(bucket("trail-logs"))).toContain("/accountId access-denied");
});

test("it is not elsewhere in a run that left accounts out", async () => {
  const { bucket } = await scanned(world({ buckets: bucketOf("999999999999") }), {
    excludeAccounts: ["222222222222"],
  });
  expect(markers(bucket("trail-logs"))).toContain("/accountId outside-scope");
});

test("a bucket that is gone does not exist, and its configuration was not collected", async () => {
  const { bucket, count } = await scanned(world({ buckets: [] }));
  expect(bucket("trail-logs").exists).toBe(false);
  expect(markers(bucket("trail-logs"))).toContain("/versioning not-collected");
  expect(count("s3:*")).toBe(1);
});
