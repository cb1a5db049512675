import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrganizationRecord } from "../../../src/snapshot/organization-record.ts";
import { isOpenEnd, isUnknown, unknown } from "../../../src/snapshot/unknown.ts";
import {
  ARCHIVE,
  aLocalTrail,
  aSnapshot,
  aTrail,
  LOCAL_TRAIL,
  ORG_TRAIL,
  only,
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

const hidden = unknown("access-denied", { action: "organizations:DescribePolicy" });

const action = fc.constantFrom<unknown>(
  TAMPERING,
  "cloudtrail:*",
  "cloudtrail:Stop*",
  ["cloudtrail:UpdateTrail", "organizations:LeaveOrganization"],
  "s3:*",
  "*",
);
const more = fc.constantFrom<Record<string, unknown>>(
  {},
  {},
  { Resource: `arn:aws:cloudtrail:*:${WORKLOAD}:trail/*` },
  { Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/manager" } } },
  { Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${ARCHIVE}:role/*` } } },
  { Condition: { Bool: { "aws:ViaAWSService": "false" } } },
);
const statement = fc
  .tuple(fc.constantFrom(deny, deny, allow), action, more)
  .map(([make, what, rest]) => make(what, rest));
const targets = fc.subarray([ROOT, UNIT, OTHER_UNIT, WORKLOAD, ARCHIVE]);
const policy = fc
  .tuple(fc.constantFrom("a", "b", "c", "d"), targets, fc.array(statement, { maxLength: 2 }))
  .map(([name, at, statements]) => scp(name, at, ...statements));

const world = fc
  .tuple(
    fc.uniqueArray(policy, { selector: ({ name }) => name, maxLength: 4 }),
    targets.map((at) => fullAccess([...at])),
    fc.constantFrom<string[]>([], [ARCHIVE]),
  )
  .map(([policies, full, delegatedAdministrators]) =>
    withPolicies([], {
      delegatedAdministrators,
      serviceControlPolicies: { enabled: true, policies: [full, ...policies] },
    }),
  );

type Hide = () => boolean;

function veiled(organization: Partial<OrganizationRecord>, hide: Hide) {
  const { serviceControlPolicies: control, accounts = [] } = organization;
  if (control === undefined || isUnknown(control)) throw new Error("a world has policies");
  const policies = control.policies.map((each) => ({
    ...each,
    content: hide() ? hidden : each.content,
    targets: hide() ? hidden : each.targets,
  }));
  return {
    ...organization,
    delegatedAdministrators: hide() ? hidden : (organization.delegatedAdministrators ?? []),
    serviceControlPolicies: { ...control, policies },
    accounts: accounts.map((each) => ({ ...each, parents: hide() ? hidden : each.parents })),
  };
}

const resources = [aTrail(), aLocalTrail()];

async function toldOf(organization: Partial<OrganizationRecord>) {
  const all = await subjectsOf(aSnapshot({ organization, resources }));
  const guards = [ORG_TRAIL, LOCAL_TRAIL].map((arn) => only(all, "trail", arn).guard);
  const free = only(all, "organization").accountsFreeToLeave;
  return { lists: [...guards.flatMap((guard) => Object.values(guard)), free] };
}

/** Whether a list that says less, or ends open, can be about the same as the full one. */
function agrees(veil: readonly unknown[], full: readonly unknown[]): boolean {
  if (isOpenEnd(full.at(-1))) return veil.some(isUnknown);
  const names = veil.filter((each) => !isUnknown(each));
  return (
    names.every((each) => full.includes(each)) &&
    (veil.some(isUnknown) || names.length === full.length)
  );
}

test("to hide a policy's content or targets, or a way to the root, never turns an answer into another definite one", async () => {
  let decided = 0;
  const mask = fc.array(fc.nat(5), { minLength: 40, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(world, mask, async (organization, bits) => {
      let turn = 0;
      const hide = () => bits[turn++ % bits.length] === 0;
      const full = await toldOf(organization);
      const veil = await toldOf(veiled(organization, hide));
      for (const [index, list] of veil.lists.entries()) {
        const whole = full.lists[index] ?? [];
        expect([list, whole, agrees(list, whole)]).toEqual([list, whole, true]);
        if (list.length > 0 && !list.some(isUnknown)) decided += 1;
      }
    }),
    { numRuns: 250, seed: 11 },
  );
  expect(decided).toBeGreaterThan(150);
});
