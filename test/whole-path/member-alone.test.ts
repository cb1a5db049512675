import { expect, test } from "vitest";
import { causesBehind } from "../../src/evaluate/unknowns.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import { wellKept } from "../simulate/well-kept-world.ts";
import { worldFile } from "../simulate/world-files.ts";
import { judged } from "./judged.ts";

/** Calls of a scan that AWS's managed policy SecurityAudit does not allow. */
const BEYOND_SECURITY_AUDIT: Fault[] = ["account:ListRegions", "sts:AssumeRole"].map(
  (operation) => ({ operation, kind: "access-denied" }),
);

/** Nothing is delivered from one region, so nothing of it is recorded: one alert. */
const WHERE_NOTHING_ARRIVES = [
  "region-bedrock-activity-recorded: 333333333333/eu-west-1",
  "region-dynamodb-item-events-recorded: 333333333333/eu-west-1",
  "region-lambda-invocations-recorded: 333333333333/eu-west-1",
  "region-management-events-recorded: 333333333333/eu-west-1",
  "region-network-activity-events-recorded: 333333333333/eu-west-1",
  "region-s3-object-reads-recorded: 333333333333/eu-west-1",
  "region-s3-object-writes-recorded: 333333333333/eu-west-1",
  "trail-s3-delivery-working: organization-trail@333333333333/eu-west-1",
];

/** What a trail uses, and what its owner alone may be asked. */
const OF_THE_OWNER = builtinPolicies()
  .filter(({ subject }) => ["bucket", "key", "log-group"].includes(subject))
  .map(({ id }) => id);
const OF_THE_TRAIL = [
  "trail-cloudwatch-logs-integrated",
  "trail-guarded-against-tampering",
  "trail-insights-enabled",
  "trail-kms-key-exists",
  "trail-log-group-exists",
  "trail-logs-role-can-deliver",
  "trail-logs-role-exists",
  "trail-tagged",
  "trail-tampering-raises-alarm",
  "trail-topic-admits-cloudtrail",
  "trail-topic-exists",
];

test("a healthy member scanned by itself with SecurityAudit passes; what lies outside is listed and not counted", async () => {
  const world = { ...wellKept(worldFile("every-kind-of-resource")), faults: BEYOND_SECURITY_AUDIT };
  const run = await judged(world, { organization: false }, { entry: "333333333333" });

  expect(run.exitCode).toBe(0);
  expect(run.report).toMatchObject({ outcome: "pass", complete: true });
  expect(run.report.audit.accounts).toMatchObject([{ id: "333333333333", state: "audited" }]);
  expect(run.all("fail")).toEqual([]);
  expect(run.of("region-management-events-recorded")).toEqual({
    "333333333333/eu-west-1": "pass",
    "333333333333/us-east-1": "pass",
  });

  const { unknowns } = run.report.audit;
  expect(unknowns.map(({ reason, counted }) => `${reason} ${counted}`)).toEqual(
    unknowns.map(() => "outside-scope false"),
  );
  // Key, log group and bucket are other accounts': not judged here.
  expect(run.all("unknown").map((each) => each.split(":")[0])).toEqual(
    [...OF_THE_OWNER, ...OF_THE_TRAIL].sort(),
  );
  expect(run.heard.out).toMatch(/not judged here/i);
});

test("a member alone whose own copy fails is told so, whatever lies outside", async () => {
  const run = await judged(
    { ...wellKept(worldFile("member-copy-fails-delivery")), faults: BEYOND_SECURITY_AUDIT },
    { organization: false },
    { entry: "333333333333" },
  );
  expect(run.exitCode).toBe(1);
  expect(run.all("fail")).toEqual(WHERE_NOTHING_ARRIVES);
  expect(run.report.audit.findings.map(({ policy }) => policy)).toEqual([
    "trail-s3-delivery-working",
  ]);
});

test("an organization trail that is fine in its owner and fails in one member's region is found there and only there", async () => {
  const run = await judged("member-copy-fails-delivery");
  expect(run.exitCode).toBe(1);
  expect(run.all("fail")).toEqual(WHERE_NOTHING_ARRIVES);
  expect(run.report.audit.findings.map(({ policy }) => policy)).toEqual([
    "trail-s3-delivery-working",
  ]);
  expect(run.all("unknown")).toEqual([]);
  const error = run.verdicts.find(
    ({ verdict, policy }) => verdict === "fail" && policy === "trail-s3-delivery-working",
  );
  expect(error?.because).toMatchObject([{ pointer: "/s3/latestError", actual: "AccessDenied" }]);
});

test("nothing that a member cannot see is counted, severity by severity", async () => {
  const run = await judged(
    { ...worldFile("every-kind-of-resource"), faults: BEYOND_SECURITY_AUDIT },
    { organization: false, unknownFailsAt: "info" },
    { entry: "333333333333" },
  );
  expect(run.exitCode).toBe(0);
  const undecided = run.verdicts.filter(({ verdict }) => verdict === "unknown");
  expect([...new Set(undecided.flatMap(causesBehind).map(({ reason }) => reason))]).toEqual([
    "outside-scope",
  ]);
});
