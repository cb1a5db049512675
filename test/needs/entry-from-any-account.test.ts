import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, judged, keyOf } from "../whole-path/judged.ts";
import { MANAGEMENT, organization } from "./worlds.ts";

const ENTRY = "333333333333";
const DELEGATED = "222222222222";
const world = organization({
  organization: {
    managementAccount: MANAGEMENT,
    delegatedAdministrators: { "cloudtrail.amazonaws.com": [DELEGATED] },
  },
  roles: [{ name: "TrailproofAuditor", trusts: [MANAGEMENT, DELEGATED, ENTRY] }],
});

const verdictsOf = ({ verdicts }: Awaited<ReturnType<typeof judged>>) =>
  verdicts.map((each) => `${keyOf(each)} ${each.verdict}`);

test("management, delegated administrator, and a member with --organization-role give the same verdicts", async () => {
  // Whoever administers CloudTrail for the organization has to be named.
  const config = join(folder(), "trailproof.yaml");
  writeFileSync(config, `named: [{ account: "${DELEGATED}", name: security }]`);
  const fromManagement = await judged(world, { config });
  const fromDelegated = await judged(world, { config }, { entry: DELEGATED });
  const organizationRole = `arn:aws:iam::${MANAGEMENT}:role/TrailproofAuditor`;
  const fromMember = await judged(world, { config, organizationRole }, { entry: ENTRY });
  expect(fromManagement.exitCode).toBe(0);
  expect(verdictsOf(fromDelegated)).toEqual(verdictsOf(fromManagement));
  expect(verdictsOf(fromMember)).toEqual(verdictsOf(fromManagement));
});

test("a member without that role and with a list of accounts audits those; the organization is not judged", async () => {
  const accounts = [MANAGEMENT, DELEGATED, ENTRY];
  const run = await judged(world, { organization: false, accounts }, { entry: ENTRY });
  expect(run.report.audit.accounts.map(({ state }) => state)).toEqual([
    "audited",
    "audited",
    "audited",
  ]);
  expect(run.count("organizations:*")).toBe(0);
  expect(run.verdicts.filter(({ subject }) => subject.kind === "organization")).toEqual([]);
  expect(Object.values(run.of("account-has-multi-region-trail-logging"))).toEqual([
    "pass",
    "pass",
    "pass",
  ]);
  expect(run.exitCode).toBe(0);
});

test("a member without that role and without a list is told what to give", async () => {
  await expect(judged(world, {}, { entry: ENTRY })).rejects.toMatchObject({
    code: "cannot-list-accounts",
    cure: expect.stringContaining("--organization-role"),
  });
});
