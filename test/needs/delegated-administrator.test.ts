import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";
import { keyArn, MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const DELEGATED = "222222222222";
const world = organization({
  organization: {
    managementAccount: MANAGEMENT,
    delegatedAdministrators: { "cloudtrail.amazonaws.com": [DELEGATED] },
  },
  roles: [{ name: "TrailproofAuditor", trusts: [DELEGATED] }],
});

test.for([
  { key: keyArn(MANAGEMENT), owned: "pass" },
  { key: keyArn(DELEGATED), owned: "fail" },
])(
  "the trail belongs to the management account, so a key $key is owned: $owned",
  async ({ key, owned }) => {
    const run = await judged(
      {
        ...world,
        trails: [{ ...organizationTrail, kmsKeyId: key }],
        keys: [{ arn: keyArn(MANAGEMENT) }, { arn: keyArn(DELEGATED) }],
      },
      {},
      { entry: DELEGATED },
    );
    expect(run.of("trail-kms-key-owned-by-trail-account")).toEqual({ "organization-trail": owned });
    expect(run.report.complete).toBe(true);
  },
);

test("a trail is asked for by its ARN and never by its bare name", async () => {
  const faults = ["cloudtrail:GetTrailStatus", "cloudtrail:Get*Selectors"].map((operation) => ({
    operation,
    resource: "organization-trail",
    kind: "error" as const,
    code: "TrailNotFoundException",
  }));
  const run = await judged({ ...world, faults }, {}, { entry: DELEGATED });
  expect(run.all("unknown")).toEqual([]);
  expect(run.calls.filter(({ outcome }) => outcome === "TrailNotFoundException")).toEqual([]);
  expect(run.count("cloudtrail:GetTrailStatus")).toBe(6);
});
