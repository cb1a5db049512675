import { expect, test } from "vitest";
import type { OrganizationRecord } from "../../../src/snapshot/organization-record.ts";
import type { TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aLocalTrail,
  aSnapshot,
  aTrail,
  LOCAL_TRAIL,
  MANAGEMENT,
  only,
  STRANGER,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import {
  allow,
  deny,
  fullAccess,
  OTHER_UNIT,
  ROOT,
  scp,
  TAMPERING,
  UNIT,
  withPolicies,
} from "./organizations.ts";

async function guardOf(organization: Partial<OrganizationRecord>, trail: TrailRecord) {
  const all = await subjectsOf(aSnapshot({ organization, resources: [trail] }));
  const { guard } = only(all, "trail", trail.arn);
  return {
    deniedBy: guard.deniedBy.map(shown),
    undenied: guard.undeniedActions.map(shown),
    except: guard.exceptPrincipals.map(shown),
    beyond: guard.beyondReach.map(shown),
  };
}

const local = aLocalTrail();
const NONE: unknown[] = [];
const allIn = (account: string) => TAMPERING.map((action) => `${action} in ${account}`);
const hidden = unknown("access-denied", { action: "organizations:DescribePolicy" });
const exceptFor = (...arns: string[]) => ({
  Condition: { ArnNotLike: { "aws:PrincipalArn": arns } },
});
const MANAGER = "arn:aws:iam::*:role/trail-manager";

type Expected = { by?: unknown[]; undenied?: unknown[]; except?: unknown[] };

const DENIED: Expected = { by: ["protect"], undenied: NONE, except: NONE };
const OPEN: Expected = { by: NONE, undenied: allIn(WORKLOAD), except: NONE };

test.for<[string, Partial<OrganizationRecord>, Expected]>([
  ["denied at the root", withPolicies([scp("protect", [ROOT], deny(TAMPERING))]), DENIED],
  ["denied at its unit", withPolicies([scp("protect", [UNIT], deny(TAMPERING))]), DENIED],
  ["denied at the account", withPolicies([scp("protect", [WORKLOAD], deny(TAMPERING))]), DENIED],
  ["denied at another unit", withPolicies([scp("protect", [OTHER_UNIT], deny(TAMPERING))]), OPEN],
  [
    "denied by a policy attached to nothing",
    withPolicies([scp("protect", [], deny(TAMPERING))]),
    OPEN,
  ],
  ["nothing but FullAWSAccess", withPolicies([]), OPEN],
  [
    "the policy type disabled",
    withPolicies([], {
      serviceControlPolicies: {
        enabled: false,
        policies: [scp("protect", [ROOT], deny(TAMPERING))],
      },
    }),
    OPEN,
  ],
  [
    "denied with cloudtrail:*",
    withPolicies([scp("protect", [ROOT], deny("cloudtrail:*"))]),
    DENIED,
  ],
  ["denied with *", withPolicies([scp("protect", [ROOT], deny("*"))]), DENIED],
  [
    "denied in another case",
    withPolicies([scp("protect", [ROOT], deny(TAMPERING.map((each) => each.toUpperCase())))]),
    DENIED,
  ],
  [
    "everything denied but reading",
    withPolicies([
      scp("protect", [ROOT], {
        Effect: "Deny",
        NotAction: ["cloudtrail:Get*", "s3:*"],
        Resource: "*",
      }),
    ]),
    DENIED,
  ],
  [
    "everything denied but CloudTrail",
    withPolicies([
      scp("protect", [ROOT], { Effect: "Deny", NotAction: "cloudtrail:*", Resource: "*" }),
    ]),
    OPEN,
  ],
  [
    "one of the calls not denied",
    withPolicies([scp("protect", [ROOT], deny(TAMPERING.slice(0, 3)))]),
    { by: ["protect"], undenied: [`cloudtrail:PutEventSelectors in ${WORKLOAD}`], except: NONE },
  ],
  [
    "denied by two policies together",
    withPolicies([
      scp("stop", [ROOT], deny(["cloudtrail:Stop*", "cloudtrail:Delete*"])),
      scp("change", [UNIT], deny(["cloudtrail:Update*", "cloudtrail:Put*"])),
    ]),
    { by: ["stop", "change"], undenied: NONE, except: NONE },
  ],
  [
    "denied for this trail",
    withPolicies([
      scp("protect", [ROOT], deny(TAMPERING, { Resource: "arn:aws:cloudtrail:*:*:trail/local" })),
    ]),
    DENIED,
  ],
  [
    "denied for another trail",
    withPolicies([
      scp("protect", [ROOT], deny(TAMPERING, { Resource: "arn:aws:cloudtrail:*:*:trail/other" })),
    ]),
    OPEN,
  ],
  [
    "denied but for one role",
    withPolicies([scp("protect", [ROOT], deny(TAMPERING, exceptFor(MANAGER)))]),
    { ...DENIED, except: [MANAGER] },
  ],
  [
    "denied but for one role, and for all at the account",
    withPolicies([
      scp("protect", [ROOT], deny(TAMPERING, exceptFor(MANAGER))),
      scp("all", [WORKLOAD], deny(TAMPERING)),
    ]),
    { by: ["all", "protect"], undenied: NONE, except: NONE },
  ],
  [
    "denied but for every role",
    withPolicies([scp("protect", [ROOT], deny(TAMPERING, exceptFor("arn:aws:iam::*:role/*")))]),
    OPEN,
  ],
  [
    "denied but for everybody",
    withPolicies([scp("protect", [ROOT], deny(TAMPERING, exceptFor("arn:aws:iam::*:*")))]),
    OPEN,
  ],
  [
    "denied but for everybody of the organization",
    withPolicies([
      scp(
        "protect",
        [ROOT],
        deny(TAMPERING, {
          Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
        }),
      ),
    ]),
    OPEN,
  ],
  [
    "denied where something else holds",
    withPolicies([
      scp(
        "protect",
        [ROOT],
        deny(TAMPERING, { Condition: { Bool: { "aws:ViaAWSService": "false" } } }),
      ),
    ]),
    { by: ["?unresolved"], undenied: ["?unresolved"], except: ["?unresolved"] },
  ],
  [
    "denied outside the trail's region",
    withPolicies([
      scp(
        "protect",
        [ROOT],
        deny("*", {
          Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } },
        }),
      ),
    ]),
    OPEN,
  ],
  [
    "an allow-list in the place of FullAWSAccess",
    withPolicies([], {
      serviceControlPolicies: {
        enabled: true,
        policies: [fullAccess([ROOT, WORKLOAD]), scp("only-s3", [UNIT], allow("s3:*"))],
      },
    }),
    { by: ["only-s3"], undenied: NONE, except: NONE },
  ],
  [
    "an allow-list beside FullAWSAccess",
    withPolicies([], {
      serviceControlPolicies: {
        enabled: true,
        policies: [fullAccess([ROOT, UNIT, WORKLOAD]), scp("only-s3", [UNIT], allow("s3:*"))],
      },
    }),
    OPEN,
  ],
  [
    "an allow-list with CloudTrail in it",
    withPolicies([], {
      serviceControlPolicies: {
        enabled: true,
        policies: [
          fullAccess([ROOT, WORKLOAD]),
          scp("some", [UNIT], allow(["s3:*", "cloudtrail:*"])),
        ],
      },
    }),
    OPEN,
  ],
  [
    "a policy that cannot be read beside one that does not deny",
    withPolicies([{ ...scp("secret", [ROOT]), content: hidden }]),
    { by: ["?access-denied"], undenied: ["?access-denied"], except: ["?access-denied"] },
  ],
  [
    "a policy that cannot be read, attached elsewhere",
    withPolicies([{ ...scp("secret", [OTHER_UNIT]), content: hidden }], {
      serviceControlPolicies: {
        enabled: true,
        policies: [
          fullAccess([ROOT, UNIT, OTHER_UNIT, WORKLOAD]),
          { ...scp("secret", [OTHER_UNIT]), content: hidden },
        ],
      },
    }),
    OPEN,
  ],
  [
    "a policy that cannot be read beside one that denies",
    withPolicies([
      { ...scp("secret", [ROOT]), content: hidden },
      scp("protect", [ROOT], deny(TAMPERING)),
    ]),
    { by: ["protect", "?access-denied"], undenied: NONE, except: NONE },
  ],
  [
    "a policy whose targets are not known",
    withPolicies([scp("protect", hidden, deny(TAMPERING))]),
    { by: ["?access-denied"], undenied: ["?access-denied"], except: ["?access-denied"] },
  ],
  [
    "a policy that is no policy document",
    withPolicies([{ ...scp("protect", [ROOT]), content: "{}" }]),
    { by: ["?unsupported"], undenied: ["?unsupported"], except: ["?unsupported"] },
  ],
  [
    "policies that may not be listed",
    withPolicies([], { serviceControlPolicies: hidden }),
    { by: ["?access-denied"], undenied: ["?access-denied"], except: ["?access-denied"] },
  ],
  [
    "an account whose way to the root is not known, with a denial at the root",
    { ...withPolicies([scp("protect", [ROOT], deny(TAMPERING))]), accounts: [] },
    { by: ["?outside-scope"], undenied: ["?outside-scope"], except: ["?outside-scope"] },
  ],
  [
    "an account whose way to the root is not known, with a denial at the account",
    { ...withPolicies([scp("protect", [WORKLOAD], deny(TAMPERING))]), accounts: [] },
    { by: ["protect", "?outside-scope"], undenied: NONE, except: NONE },
  ],
])("a member's own trail, %s", async ([, organization, expected]) => {
  const { deniedBy, undenied, except } = await guardOf(organization, local);
  expect({ by: deniedBy, undenied, except }).toEqual(expected);
});

test("a member's own trail is beyond reach only of the management account and service-linked roles", async () => {
  const { beyond } = await guardOf(withPolicies([]), local);
  expect(beyond).toEqual([
    `the management account ${MANAGEMENT}`,
    `service-linked roles in ${WORKLOAD}`,
  ]);
});

const NOBODY = { deniedBy: NONE, undenied: NONE, except: NONE };
const ONLY_MANAGEMENT = [`the management account ${MANAGEMENT}`];

test("what only the management account can do no policy denies, which is told and no fault", async () => {
  const own = aTrail({ isOrganizationTrail: false });
  expect(await guardOf(withPolicies([]), own)).toEqual({ ...NOBODY, beyond: ONLY_MANAGEMENT });
  expect(await guardOf(withPolicies([]), aTrail())).toEqual({ ...NOBODY, beyond: ONLY_MANAGEMENT });
});

test("the organization trail is guarded where its delegated administrators are bound", async () => {
  const delegatedAdministrators = [ARCHIVE];
  const open = await guardOf(withPolicies([], { delegatedAdministrators }), aTrail());
  expect(open.undenied).toEqual(allIn(ARCHIVE));
  expect(open.beyond).toEqual([...ONLY_MANAGEMENT, `service-linked roles in ${ARCHIVE}`]);
  const policies = [scp("protect", [OTHER_UNIT], deny(TAMPERING))];
  const bound = await guardOf(withPolicies(policies, { delegatedAdministrators }), aTrail());
  expect(bound).toMatchObject({ deniedBy: ["protect"], undenied: NONE });
});

test("who may tamper is not known where the delegated administrators are not", async () => {
  const organization = withPolicies([], { delegatedAdministrators: hidden });
  const guard = await guardOf(organization, aTrail());
  expect(guard.undenied).toEqual(["?access-denied"]);
  expect(guard.beyond).toEqual([...ONLY_MANAGEMENT, "?access-denied"]);
  expect((await guardOf(organization, local)).undenied).toEqual(allIn(WORKLOAD));
});

test("a trail that may be the organization's may be its delegated administrators' too", async () => {
  const organization = withPolicies([], { delegatedAdministrators: [ARCHIVE] });
  const guard = await guardOf(organization, aTrail({ isOrganizationTrail: hidden }));
  expect(guard.undenied).toEqual(["?access-denied"]);
});

test("nothing is known of a guard where the management account is not known", async () => {
  const organization = withPolicies([], { managementAccountId: hidden });
  expect(await guardOf(organization, local)).toEqual({
    deniedBy: ["?access-denied"],
    undenied: ["?access-denied"],
    except: ["?access-denied"],
    beyond: ["?access-denied"],
  });
});

test("the guard of a stranger's trail is outside of what was looked at", async () => {
  const arn = `arn:aws:cloudtrail:eu-west-1:${STRANGER}:trail/theirs`;
  const guard = await guardOf(withPolicies([]), aLocalTrail({ arn, accountId: STRANGER }));
  expect(guard.undenied).toEqual(["?outside-scope"]);
});

test("accounts on the same way to the root are told apart where a policy names one", async () => {
  const named = { Resource: `arn:aws:cloudtrail:*:${WORKLOAD}:trail/*` };
  const organization = withPolicies([scp("protect", [ROOT], deny(TAMPERING, named))], {
    accounts: [],
  });
  const accounts = withPolicies([]).accounts ?? [];
  const moved = accounts.map((account) =>
    account.id === ARCHIVE ? { ...account, parents: [ROOT, UNIT] } : account,
  );
  const other = LOCAL_TRAIL.replace(WORKLOAD, ARCHIVE);
  const all = await subjectsOf(
    aSnapshot({
      organization: { ...organization, accounts: moved },
      resources: [local, aLocalTrail({ arn: other, accountId: ARCHIVE })],
    }),
  );
  expect(only(all, "trail", LOCAL_TRAIL).guard.undeniedActions).toEqual([]);
  expect(only(all, "trail", other).guard.undeniedActions).toEqual(allIn(ARCHIVE));
});
