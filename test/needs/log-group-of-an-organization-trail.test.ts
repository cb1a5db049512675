import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { organization, organizationTrail } from "./worlds.ts";

const INTEGRATED = "trail-cloudwatch-logs-integrated";

test("the log group in the management account serves every member: asked once, of the trail", async () => {
  const run = await judged(organization());
  expect(run.of(INTEGRATED)).toEqual({ "organization-trail": "pass" });
  expect(Object.values(run.of("trail-cloudwatch-logs-delivery-recent"))).toEqual(
    Array(6).fill("pass"),
  );
  expect(run.count("logs:DescribeLogGroups")).toBe(1);
});

test("the log group deleted is one alert: that it is gone explains what hangs on it", async () => {
  const run = await judged(organization({ logGroups: [] }));
  const { findings }: { findings: { policy: string }[] } = JSON.parse(run.resultsFile());
  const policies = findings.map(({ policy }) => policy);
  expect(run.of(INTEGRATED)).toEqual({ "organization-trail": "fail" });
  expect(run.of("trail-log-group-exists")).toEqual({ "organization-trail": "fail" });
  expect(policies).toContain("trail-log-group-exists");
  expect(policies).not.toContain(INTEGRATED);
});

test("a log group whose account is not audited is not known to exist", async () => {
  const run = await judged(organization(), { organization: false }, { entry: "333333333333" });
  expect(run.of(INTEGRATED)).toEqual({ "organization-trail": "unknown" });
  expect(run.exitCode).toBe(0);
});

test("a log group whose account cannot be entered is not known to exist", async () => {
  const trail = {
    ...organizationTrail,
    cloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:222222222222:log-group:central:*",
  };
  const run = await judged(
    organization({
      trails: [trail],
      logGroups: [{ name: "central", account: "222222222222", region: "us-east-1" }],
      faults: [{ operation: "sts:AssumeRole", account: "222222222222", kind: "access-denied" }],
    }),
  );
  expect(run.of(INTEGRATED)["organization-trail"]).toBe("unknown");
});
