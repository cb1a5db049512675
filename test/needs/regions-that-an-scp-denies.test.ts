import { expect, test } from "vitest";
import { DEFAULT_REGIONS, generateWorld, MANAGEMENT_ACCOUNT } from "../../src/simulate/generate.ts";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import { judged } from "../whole-path/judged.ts";

const MEMBER = "100000000002";
const DENIED = DEFAULT_REGIONS.filter((name) => name !== "us-east-1").slice(0, 12);

/** A service control policy that denies the region, to every account but the management account. */
const scp = (operation: string): Fault[] =>
  DENIED.flatMap((region) =>
    ["100000000001", MEMBER].map((account) => ({
      operation,
      account,
      region,
      kind: "denied-by-scp" as const,
    })),
  );
const world = generateWorld({ accounts: 3 });

test("twelve denied regions are covered by the multi-region trail; whether it delivers there is not known and not counted", async () => {
  const run = await judged({ ...world, faults: scp("cloudtrail:*") });
  const covered = run.of("region-management-events-recorded");
  expect(Object.values(covered)).toEqual(Array(3 * 17).fill("pass"));
  expect(run.of("account-has-multi-region-trail-logging")[MEMBER]).toBe("pass");

  const delivery = run.of("trail-s3-delivery-working");
  for (const region of DENIED) expect(delivery[`${MEMBER}/${region}/*`], region).toBe("unknown");
  expect(delivery[`organization-trail@${MANAGEMENT_ACCOUNT}/${DENIED[0]}`]).toBe("pass");
  expect(run.report.audit.unknowns).not.toHaveLength(0);
  for (const group of run.report.audit.unknowns) {
    expect(group).toMatchObject({ reason: "denied-by-scp", counted: false });
  }
  expect(run.report.complete).toBe(true);
  expect(run.exitCode).toBe(0);
});

test("a region denied in part, its status alone, is covered too", async () => {
  const run = await judged({ ...world, faults: scp("cloudtrail:GetTrailStatus") });
  expect(Object.values(run.of("region-management-events-recorded"))).toEqual(
    Array(3 * 17).fill("pass"),
  );
  expect(run.of("trail-s3-delivery-working")[`organization-trail@${MEMBER}/${DENIED[0]}`]).toBe(
    "unknown",
  );
  expect(run.exitCode).toBe(0);
});

test("where no trail is seen to record elsewhere, a denied region is not known to be recorded, and counts", async () => {
  const [trail] = world.trails ?? [];
  const run = await judged({
    ...world,
    trails: trail ? [{ ...trail, isMultiRegionTrail: false }] : [],
    faults: scp("cloudtrail:*"),
  });
  expect(run.of("region-management-events-recorded")[`${MEMBER}/${DENIED[0]}`]).toBe("unknown");
  const counted = run.report.audit.unknowns.filter((group) => group.counted);
  // One group for trails, and one for the event data stores and channels that cannot be listed either.
  expect(new Set(counted.map(({ reason }) => reason))).toEqual(new Set(["denied-by-scp"]));
});
