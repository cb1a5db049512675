import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";

const ACCOUNTS = ["111111111111", "222222222222", "333333333333", "444444444444"];
const RECORDED = "account-has-multi-region-trail-logging";

test("members that have only the organization's trail have no failing verdict, and each names that trail", async () => {
  const run = await judged("organization-trail-with-three-members");
  expect(run.exitCode).toBe(0);
  expect(run.all("fail")).toEqual([]);
  expect(run.of(RECORDED)).toEqual(Object.fromEntries(ACCOUNTS.map((id) => [id, "pass"])));
  for (const id of ACCOUNTS) {
    const arns = run.verdicts
      .filter(({ subject }) => subject.kind === "replica" && subject.account === id)
      .map(({ subject }) => subject.arn);
    expect(new Set(arns)).toEqual(
      new Set(["arn:aws:cloudtrail:us-east-1:111111111111:trail/organization-trail"]),
    );
  }
});

test("the trail stopped: all four accounts are unrecorded, and no policy fails that the stop does not explain", async () => {
  const run = await judged("organization-trail-stopped");
  expect(run.exitCode).toBe(1);
  expect(run.of(RECORDED)).toEqual(Object.fromEntries(ACCOUNTS.map((id) => [id, "fail"])));
  expect(Object.values(run.of("trail-is-logging"))).toEqual(Array(8).fill("fail"));
  const failing = run.verdicts.filter(({ verdict }) => verdict === "fail");
  expect([...new Set(failing.map(({ policy }) => policy))].sort()).toEqual([
    RECORDED,
    "organization-trail-covers-every-account",
    "region-bedrock-activity-recorded",
    "region-dynamodb-item-events-recorded",
    "region-lambda-invocations-recorded",
    "region-management-events-recorded",
    "region-network-activity-events-recorded",
    "region-s3-object-reads-recorded",
    "region-s3-object-writes-recorded",
    "trail-is-logging",
  ]);
  expect(run.report.audit.findings.map(({ policy }) => policy)).toEqual(["trail-is-logging"]);
});

test("a delivery error in one member's copy fails that member's delivery and no other", async () => {
  const run = await judged("member-copy-fails-delivery");
  const failing = Object.entries(run.of("trail-s3-delivery-working")).filter(
    ([, verdict]) => verdict === "fail",
  );
  expect(failing).toEqual([["organization-trail@333333333333/eu-west-1", "fail"]]);
  expect(run.of(RECORDED)).toEqual(Object.fromEntries(ACCOUNTS.map((id) => [id, "pass"])));
});

test("a trail homed in an opt-in region leaves the member without that region uncovered", async () => {
  const run = await judged("organization-trail-in-opt-in-region");
  expect(run.of(RECORDED)).toEqual({
    "111111111111": "pass",
    "222222222222": "pass",
    "333333333333": "fail",
  });
  const [uncovered] = run.verdicts.filter(
    ({ policy }) => policy === "organization-trail-covers-every-account",
  );
  expect(uncovered?.verdict).toBe("fail");
  expect(uncovered?.message).toContain("333333333333");
  expect(uncovered?.message).not.toContain("222222222222");
});
