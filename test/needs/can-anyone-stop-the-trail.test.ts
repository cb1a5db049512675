import { expect, test } from "vitest";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const MEMBER = "333333333333";
const GUARDED = "trail-guarded-against-tampering";
const TAMPERING = ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"];

const protect = (targets: string[], actions = TAMPERING) => ({
  name: "protect",
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: actions.map((each) => `cloudtrail:${each}`),
        Resource: "*",
      },
      { Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" },
    ],
  }),
  targets,
});

/** The organization's trail, and one that a member made for itself. */
const world = (
  differences: Partial<OrganizationWorld["organization"]>,
  more: Partial<OrganizationWorld> = {},
) =>
  organization({
    organization: { managementAccount: MANAGEMENT, serviceControlPolicies: [], ...differences },
    trails: [
      organizationTrail,
      { ...organizationTrail, name: "own", account: MEMBER, isOrganizationTrail: false },
    ],
    ...more,
  });

test.for([
  {
    says: "denied at the root",
    differences: { serviceControlPolicies: [protect(["root"])] },
    own: "pass",
  },
  {
    says: "denied at the account",
    differences: { serviceControlPolicies: [protect([MEMBER])] },
    own: "pass",
  },
  {
    says: "denied at another account",
    differences: { serviceControlPolicies: [protect(["222222222222"])] },
    own: "fail",
  },
  { says: "denied nowhere", differences: {}, own: "fail" },
  {
    says: "one call forgotten",
    differences: { serviceControlPolicies: [protect(["root"], TAMPERING.slice(1))] },
    own: "fail",
  },
])("a member may stop its own trail, $says: $own", async ({ differences, own }) => {
  const run = await judged(world(differences));
  // Members cannot change the organization's trail, and no policy binds the management account.
  expect(run.of(GUARDED)).toEqual({ "organization-trail": "pass", own });
});

test("the organization's trail is as safe as its delegated administrator is bound", async () => {
  const delegatedAdministrators = { "cloudtrail.amazonaws.com": [MEMBER] };
  const open = await judged(world({ delegatedAdministrators }));
  expect(open.of(GUARDED)["organization-trail"]).toBe("fail");
  const serviceControlPolicies = [protect([MEMBER])];
  const bound = await judged(world({ delegatedAdministrators, serviceControlPolicies }));
  expect(bound.of(GUARDED)["organization-trail"]).toBe("pass");
});

test("with the policy type disabled nothing is denied, and that is the one alert", async () => {
  const run = await judged(
    world({ serviceControlPolicies: [protect(["root"])], serviceControlPolicyStatus: "DISABLED" }),
  );
  expect(run.of(GUARDED)).toMatchObject({ own: "fail" });
  const { findings }: { findings: { policy: string }[] } = JSON.parse(run.resultsFile());
  const policies = findings.map(({ policy }) => policy);
  expect(policies).toContain("organization-service-control-policies-enabled");
  expect(Object.values(run.of("organization-service-control-policies-enabled"))).toEqual(["fail"]);
  expect(policies).not.toContain(GUARDED);
  expect(policies).not.toContain("organization-leaving-denied");
});

test("policies that may not be read leave open who can stop it", async () => {
  const faults = [{ operation: "organizations:DescribePolicy", kind: "access-denied" as const }];
  const run = await judged(world({ serviceControlPolicies: [protect(["root"])] }, { faults }));
  expect(run.of(GUARDED)).toEqual({ "organization-trail": "pass", own: "unknown" });
});
