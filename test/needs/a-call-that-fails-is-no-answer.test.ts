import { expect, test } from "vitest";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import { judged } from "../whole-path/judged.ts";
import { account, MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const HERE = MANAGEMENT;

/** The ways in which a call that might have told of trails does not. */
const WAYS: [string, Partial<Fault>][] = [
  ["denied", { kind: "access-denied" }],
  ["denied by the organization", { kind: "denied-by-scp" }],
  ["throttled", { kind: "throttled" }],
  ["answered with half a reply", { kind: "broken-reply" }],
  ["cut off", { kind: "dropped-connection" }],
  ["refused for a new reason", { kind: "error", code: "OperationNotPermittedException" }],
  ["met by a fault of AWS", { kind: "error", code: "InternalFailure", status: 500 }],
];
const fault = (operation: string, way: Partial<Fault>): Fault => ({
  operation,
  kind: "access-denied",
  ...way,
});
const verdicts = (run: Awaited<ReturnType<typeof judged>>, policy: string) =>
  Object.values(run.of(policy));

test.each(WAYS)("trails whose list was %s are not trails that are not there", async (_, way) => {
  const faults = [fault("cloudtrail:DescribeTrails", way)];
  const run = await judged(account([{ name: "subject" }], { faults }), { organization: false });
  for (const policy of [
    "account-has-multi-region-trail-logging",
    "region-management-events-recorded",
    "trail-log-file-validation-enabled",
    "trail-is-logging",
    "log-bucket-not-public",
  ]) {
    expect([...new Set(verdicts(run, policy))], policy).toEqual(["unknown"]);
  }
  expect(run.report.complete).toBe(false);
  expect(run.exitCode).toBe(3);
});

test("of trails that nobody could list nothing is found missing, whatever is asked", async () => {
  const world = account([{ name: "subject" }]);
  const faults = [fault("cloudtrail:DescribeTrails", {})];
  const before = await judged(world, { organization: false });
  const run = await judged({ ...world, faults }, { organization: false });
  expect(run.all("fail")).toEqual([]);
  expect(run.all("pass")).toEqual([]);
  const policies = (of: typeof run) => new Set(of.verdicts.map(({ policy }) => policy));
  expect([...policies(before)].filter((each) => !policies(run).has(each))).toEqual([]);
});

test("in a region where trails could not be listed nothing is said to be missing, and its rows are there", async () => {
  const faults = [fault("cloudtrail:DescribeTrails", { region: "eu-west-1" })];
  const run = await judged(account([{ name: "subject" }], { faults }), { organization: false });
  expect(run.of("region-management-events-recorded")).toEqual({
    [`${HERE}/eu-west-1`]: "unknown",
    [`${HERE}/us-east-1`]: "pass",
  });
  expect(verdicts(run, "trail-is-logging").sort()).toEqual(["pass", "unknown"]);
  expect(run.of("account-has-multi-region-trail-logging")).toEqual({ [HERE]: "pass" });
  expect(run.report.complete).toBe(false);
});

test("a region where every call is denied is in the report, and not among those that are well", async () => {
  const faults = [fault("*", { region: "eu-west-1", account: "333333333333" })];
  const run = await judged(organization({ faults }));
  expect(run.of("region-management-events-recorded")).toEqual({
    "111111111111/eu-west-1": "pass",
    "111111111111/us-east-1": "pass",
    "222222222222/eu-west-1": "pass",
    "222222222222/us-east-1": "pass",
    "333333333333/eu-west-1": "unknown",
    "333333333333/us-east-1": "pass",
  });
  expect(run.report.audit.accounts).toContainEqual(
    expect.objectContaining({ id: "333333333333", state: "partial" }),
  );
});

test.each(WAYS)("a trail whose status was %s is neither logging nor stopped", async (_, way) => {
  const faults = [fault("cloudtrail:GetTrailStatus", way)];
  const run = await judged(account([{ name: "subject" }], { faults }), { organization: false });
  for (const policy of [
    "trail-is-logging",
    "trail-s3-delivery-working",
    "trail-digest-delivery-recent",
    "region-management-events-recorded",
  ]) {
    expect(verdicts(run, policy), policy).toEqual(["unknown", "unknown"]);
  }
});

test("a member refused the organization's trail still reads its own trails, before and after it by name", async () => {
  const own = (name: string) => ({
    name,
    account: "333333333333",
    homeRegion: "us-east-1",
    s3BucketName: "organization-logs",
    eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
  });
  const refused = fault("cloudtrail:Get*", {
    resource: "*organization-trail",
    kind: "error",
    code: "TrailNotFoundException",
  });
  const world = organization({
    trails: [own("aaa"), organizationTrail, own("zzz")],
    faults: [refused],
  });
  const run = await judged(world, { organization: false }, { entry: "333333333333" });
  expect(run.of("trail-is-logging")).toEqual({
    "aaa@333333333333/eu-west-1": "pass",
    "aaa@333333333333/us-east-1": "pass",
    "organization-trail@333333333333/eu-west-1": "unknown",
    "organization-trail@333333333333/us-east-1": "unknown",
    "zzz@333333333333/eu-west-1": "pass",
    "zzz@333333333333/us-east-1": "pass",
  });
  for (const policy of ["region-management-events-recorded", "region-s3-object-reads-recorded"]) {
    expect(verdicts(run, policy), policy).toEqual(["pass", "pass"]);
  }
});

test("selectors that were refused do not make a trail one that records no data events", async () => {
  const faults = [fault("cloudtrail:GetEventSelectors", {})];
  const run = await judged(account([{ name: "subject" }], { faults }), { organization: false });
  for (const policy of [
    "region-s3-object-reads-recorded",
    "region-lambda-invocations-recorded",
    "region-management-events-recorded",
  ]) {
    expect(verdicts(run, policy), policy).toEqual(["unknown", "unknown"]);
  }
});
