import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const GOOD = ["trail-one", "trail-three", "trail-four", "trail-five"];

test("of five trails the second cannot be asked: the other four have every verdict", async () => {
  // One account alone cannot tell what service control policies deny.
  const skipPolicy = ["trail-guarded-against-tampering"];
  const run = await judged("five-trails-one-broken", { organization: false, skipPolicy });
  const about = (name: string) =>
    run.verdicts.filter(({ subject }) => subject.id.includes(`trail/${name}`));
  const shape = (name: string) =>
    about(name)
      .map(({ policy, subject, verdict }) => `${policy} ${subject.region} ${verdict}`)
      .sort();
  for (const name of GOOD) {
    expect(about(name).filter(({ verdict }) => verdict === "unknown")).toEqual([]);
    expect(shape(name)).toEqual(shape("trail-one"));
  }
  const undecided = run.verdicts.filter(({ verdict }) => verdict === "unknown");
  expect(undecided.length).toBeGreaterThan(0);
  const others = undecided.filter(({ subject }) => !subject.id.includes("trail/trail-two"));
  // Whether the second repeats what another records is its question too, though the account's.
  expect(others.map(({ policy }) => policy)).toEqual([
    "account-global-service-events-not-duplicated",
  ]);
  expect(run.of("region-management-events-recorded")).toEqual({
    "111111111111/eu-west-1": "pass",
    "111111111111/us-east-1": "pass",
  });
});

test("selectors are asked once a distinct trail, not once an account and trail", async () => {
  const local = (account: string) => ({
    name: `local-${account}`,
    account,
    homeRegion: "eu-west-1",
    s3BucketName: "organization-logs",
  });
  const run = await judged(
    organization({ trails: [organizationTrail, local("222222222222"), local("333333333333")] }),
  );
  expect(run.count("cloudtrail:GetEventSelectors")).toBe(3);
  expect(run.report.complete).toBe(true);
  // By the owner's own identity, at home.
  expect(
    run.calls
      .filter(({ operation }) => operation === "cloudtrail:GetEventSelectors")
      .map(({ accountId, region }) => `${accountId} ${region}`)
      .sort(),
  ).toEqual([`${MANAGEMENT} us-east-1`, "222222222222 eu-west-1", "333333333333 eu-west-1"]);
});
