import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

test("a region filter that leaves out the trail's home still finds the trail, by its own region", async () => {
  const run = await judged(organization(), { regions: ["eu-west-1"] });
  expect(run.exitCode).toBe(0);
  expect(Object.values(run.of("account-has-multi-region-trail-logging"))).toEqual([
    "pass",
    "pass",
    "pass",
  ]);
  expect(run.of("region-management-events-recorded")).toEqual({
    "111111111111/eu-west-1": "pass",
    "222222222222/eu-west-1": "pass",
    "333333333333/eu-west-1": "pass",
  });
  const [trail] = run.verdicts.filter(({ policy }) => policy === "trail-is-multi-region");
  expect(trail).toMatchObject({ verdict: "pass", subject: { region: "us-east-1" } });
  // Configuration is asked at home; no status is.
  const asked = run.calls.filter(({ operation }) => operation === "cloudtrail:GetTrailStatus");
  expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(["eu-west-1"]));
});

test("a trail is not set aside as additional for what others record in the asked regions alone", async () => {
  const local = {
    name: "local",
    account: MANAGEMENT,
    homeRegion: "us-east-1",
    s3BucketName: "organization-logs",
  };
  const world = organization({
    trails: [
      { ...organizationTrail, isMultiRegionTrail: false },
      { ...local, logFileValidationEnabled: false },
    ],
  });
  const validation = ({ verdicts }: Awaited<ReturnType<typeof judged>>) =>
    verdicts
      .filter(
        ({ policy, verdict }) =>
          policy === "trail-log-file-validation-enabled" && verdict === "fail",
      )
      .map(({ subject, additional }) => `${subject.name} ${additional ? "set aside" : "gates"}`);
  expect(validation(await judged(world))).toEqual(["local gates"]);
  expect(validation(await judged(world, { regions: ["us-east-1"] }))).toEqual(["local gates"]);
});

test("a single-region organization trail outside the filter is not said to be missing", async () => {
  const world = organization({ trails: [{ ...organizationTrail, isMultiRegionTrail: false }] });
  const run = await judged(world, { regions: ["eu-west-1"] });
  expect(Object.values(run.of("organization-trail-covers-every-account"))).toEqual(["unknown"]);
});
