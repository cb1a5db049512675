import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const local = (account: string) => ({
  name: `local-${account}`,
  account,
  homeRegion: "us-east-1",
  s3BucketName: "organization-logs",
});
const bucket = (account: string) => [{ name: "organization-logs", account, region: "us-east-1" }];

test("a bucket of the log archive is read once, by its owner, however many trails use it", async () => {
  const run = await judged(
    organization({ trails: [organizationTrail, local("222222222222"), local("333333333333")] }),
  );
  const versioning = run.calls.filter(({ operation }) => operation === "s3:GetBucketVersioning");
  expect(versioning.map(({ accountId }) => accountId)).toEqual(["222222222222"]);
  for (const policy of [
    "log-bucket-owner-trusted",
    "log-bucket-not-public",
    "log-bucket-versioning-enabled",
  ]) {
    expect(run.of(policy)).toEqual({ "organization-logs": "pass" });
  }
});

test("a bucket that every account of the organization disowns is a stranger's; of its settings nothing is known", async () => {
  const world = organization({ buckets: bucket("999999999999") });
  world.accounts.push({ id: "999999999999", outside: true });
  const run = await judged(world);
  expect(run.of("log-bucket-owner-trusted")).toEqual({ "organization-logs": "fail" });
  expect(run.of("log-bucket-not-public")).toEqual({ "organization-logs": "unknown" });
  expect(run.of("log-bucket-versioning-enabled")).toEqual({ "organization-logs": "unknown" });
});

test("a bucket that a single account does not own is not judged by it", async () => {
  const run = await judged(organization(), { organization: false }, { entry: "333333333333" });
  expect(run.of("log-bucket-owner-trusted")).toEqual({ "organization-logs": "unknown" });
  expect(run.of("log-bucket-not-public")).toEqual({ "organization-logs": "unknown" });
  expect(run.exitCode).toBe(0);
});

test("a bucket that was deleted fails, and is not called public", async () => {
  const trail = { ...organizationTrail, status: [{ latestDeliveryError: "NoSuchBucket" }] };
  const run = await judged(organization({ trails: [trail], buckets: [] }));
  expect(run.of("log-bucket-owner-trusted")).toEqual({ "organization-logs": "fail" });
  expect(run.of("log-bucket-not-public")).toEqual({});
  expect(Object.values(run.of("trail-s3-delivery-working"))).toEqual(Array(6).fill("fail"));
  expect(run.all("unknown")).toEqual([]);
});

test("a bucket whose owner may not be found out is not known, neither ours nor a stranger's", async () => {
  const run = await judged(
    organization({
      buckets: bucket(MANAGEMENT),
      faults: [{ operation: "s3:*Bucket*", kind: "access-denied" }],
    }),
  );
  expect(run.of("log-bucket-owner-trusted")).toEqual({ "organization-logs": "unknown" });
  expect(run.exitCode).toBe(3);
});
