import { expect, test } from "vitest";
import { generateWorld } from "../../src/simulate/generate.ts";
import { observationOf } from "../../src/snapshot/observation.ts";
import { markers, scanned } from "./scanned.ts";

const TRAIL = "trail/organization-trail";

test("a whole organization is header, organization, and accounts after all that they refer to", async () => {
  const { records, error } = await scanned("every-kind-of-resource");
  expect(error).toBeNull();
  const kinds = records.map((each) => (each.kind === "resource" ? each.type : each.kind));
  expect(kinds.slice(0, 2)).toEqual(["header", "organization"]);
  expect(kinds.filter((kind) => kind === "account")).toHaveLength(3);
  for (const part of ["bucket", "key", "log-group", "role", "topic"] as const) {
    expect(kinds.indexOf(part)).toBeLessThan(kinds.indexOf("trail"));
    expect(kinds.filter((kind) => kind === part)).toHaveLength(1);
  }
  for (const part of ["trail", "event-data-store"] as const) {
    expect(kinds.indexOf(part)).toBeLessThan(kinds.indexOf("account"));
  }
  expect(records.flatMap((each) => markers(each))).toEqual([]);
});

test("what AWS said is told in the record's own words", async () => {
  const { trail, bucket, key, logGroup, topic, organization } =
    await scanned("every-kind-of-resource");
  expect(trail(TRAIL)).toMatchObject({
    accountId: "111111111111",
    homeRegion: "us-east-1",
    isMultiRegion: true,
    isOrganizationTrail: true,
    bucketName: "organization-logs",
    bucketPrefix: "cloudtrail",
    insightSelectors: [
      { type: "ApiCallRateInsight", eventCategories: ["Management"] },
      { type: "ApiErrorRateInsight", eventCategories: ["Management"] },
    ],
    aggregatedEvents: ["API_ACTIVITY"],
    tags: [{ key: "owner", value: "security" }],
  });
  expect(bucket("organization-logs")).toMatchObject({
    exists: true,
    accountId: "222222222222",
    region: "us-east-1",
    versioning: "Enabled",
    encryption: { algorithm: "aws:kms", bucketKeyEnabled: true },
    objectLock: { mode: "COMPLIANCE", days: 365 },
    accessLogging: { targetBucket: "access-logs", targetPrefix: "organization/" },
    policyIsPublic: false,
  });
  expect(key("key/trail-key")).toMatchObject({
    exists: true,
    enabled: true,
    rotationEnabled: true,
  });
  expect(logGroup("organization-trail:*")).toMatchObject({ exists: true, retentionDays: 365 });
  expect(topic("trail-deliveries")).toMatchObject({ exists: true, kmsKeyId: null });
  expect(organization()).toMatchObject({
    id: "o-simulated0",
    managementAccountId: "111111111111",
    trustedAccess: true,
    delegatedAdministrators: ["333333333333"],
  });
});

test("each fact points at the call that told it, with time, request id and principal", async () => {
  const { trail, account } = await scanned("every-kind-of-resource");
  expect(observationOf(trail(TRAIL), "/eventSelectors")).toMatchObject({
    operation: "cloudtrail:GetEventSelectors",
    accountId: "111111111111",
    outcome: "ok",
  });
  const status = observationOf(account("222222222222"), "/regions/1/trails/0/status");
  expect(status).toMatchObject({
    operation: "cloudtrail:GetTrailStatus",
    accountId: "222222222222",
    region: "us-east-1",
    principal: "arn:aws:sts::222222222222:assumed-role/TrailproofAuditor/trailproof",
    time: "2026-11-01T06:00:00.000Z",
  });
  expect(status?.requestId).toMatch(/.{8}/);
});

test("session credentials are in no record", async () => {
  const { records } = await scanned("every-kind-of-resource");
  expect(JSON.stringify(records)).toContain("sts:AssumeRole");
  expect(JSON.stringify(records)).not.toMatch(/SecretAccessKey|simulated-secret|SessionToken/i);
});

test("the same answer in several regions of an account is kept once", async () => {
  const world = generateWorld({ accounts: 1, regions: ["us-east-1", "eu-west-1", "eu-west-2"] });
  const { account } = await scanned(world);
  const views = account("100000000000").observations.filter(
    ({ operation }) => operation === "cloudtrail:DescribeTrails",
  );
  expect(views).toHaveLength(3);
  expect(views.filter(({ answer }) => answer !== undefined)).toHaveLength(1);
  expect(views.filter(({ sameAnswerAs }) => sameAnswerAs !== undefined)).toHaveLength(2);
});

test("a resumed scan leaves out what the snapshot holds and enters no finished account", async () => {
  const arn = "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization-trail";
  const store = `${arn.replace(/:trail.*/, ":eventdatastore")}/00000000-0000-4000-8000-000000000001`;
  const already = new Set(["header", "organization", "111111111111", "222222222222", arn, store]);
  const { records, calls } = await scanned("every-kind-of-resource", { already });
  expect(records.map((each) => each.kind)).toEqual(["account"]);
  expect(calls.filter(({ accountId }) => accountId === "222222222222")).toEqual([]);
});

test("progress tells accounts, calls and throttles, and ends with all accounts done", async () => {
  const { events, calls } = await scanned("every-kind-of-resource");
  expect(events.at(-1)).toEqual({
    accountsExpected: 3,
    accountsDone: 3,
    calls: calls.length,
    throttles: 0,
  });
});

test("an interrupted scan ends with the signal's own reason", async () => {
  const controller = new AbortController();
  const reason = new Error("stopped by hand");
  const { error } = await scanned(
    "eleven-accounts",
    {},
    { signal: controller.signal, onRecord: () => controller.abort(reason) },
  );
  expect(error).toBe(reason);
});

test("a scan of one account alone asks only that account, and calls the rest outside its scope", async () => {
  const { error, organization, account, key, trail, calls } = await scanned(
    "every-kind-of-resource",
    { scope: "accounts" },
    { entry: "333333333333" },
  );
  expect(error).toBeNull();
  expect([...new Set(calls.map(({ accountId }) => accountId))]).toEqual(["333333333333"]);
  expect(markers(organization())).toContain("/trustedAccess outside-scope");
  expect(markers(account("333333333333"))).toEqual([]);
  expect(markers(trail(TRAIL))).toEqual(
    ["/insightSelectors", "/tags", "/eventRules"].map((fact) => `${fact} outside-scope`),
  );
  expect([...new Set(markers(key("trail-key")).map((each) => each.split(" ")[1]))]).toEqual([
    "outside-scope",
  ]);
});

test("a bucket of nobody in the scope is outside it, and S3 still says that it exists", async () => {
  const { bucket } = await scanned(
    "every-kind-of-resource",
    { scope: "accounts" },
    { entry: "333333333333" },
  );
  const { exists, region } = bucket("organization-logs");
  expect({ exists, region }).toEqual({ exists: true, region: "us-east-1" });
  expect(markers(bucket("organization-logs"))).toContain("/accountId outside-scope");
  expect(markers(bucket("organization-logs"))).toContain("/policy outside-scope");
});
