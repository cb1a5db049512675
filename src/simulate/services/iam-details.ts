import type { Request } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import type { Identity, ManagedPolicy } from "../schema/identities.ts";
import { attached, encoded, kindOf, MADE, managedPolicy, principal } from "./iam-documents.ts";

type Entry = { list: string; filter: string; detail: () => object };
type Cut = (items: readonly Entry[]) => { items: Entry[]; rest: object };

const LISTS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

/** Users, groups, roles, then policies, cut into pages together; of AWS's policies those in use. */
export function getAccountAuthorizationDetails(request: Request, world: IndexedWorld, cut: Cut) {
  const filters = filtersIn(request);
  const identities = world.identitiesOf.get(request.caller.accountId) ?? [];
  const entries = [
    ...identities.map((each) => identityEntry(each, world)),
    ...policiesOf(request, world).map((each) => policyEntry(each, request, world)),
  ]
    .filter(({ filter }) => filters.length === 0 || filters.includes(filter))
    .sort((left, right) => LISTS.indexOf(left.list) - LISTS.indexOf(right.list));
  const { items, rest } = cut(entries);
  const body = LISTS.map((list) => {
    const member = items.filter((each) => each.list === list).map((each) => each.detail());
    return [list, { member }];
  });
  return { body: Object.fromEntries(body), rest };
}

/** A list in a form: Filter.member.1, Filter.member.2 … */
const filtersIn = ({ input }: Request): unknown[] =>
  Object.entries(input)
    .filter(([name]) => name.startsWith("Filter.member."))
    .map(([, value]) => value);

function identityEntry(identity: Identity, world: IndexedWorld): Entry {
  const kind = kindOf(identity.arn);
  const inline = Object.entries(identity.inlinePolicies ?? {});
  const detail = () => ({
    ...principal(identity, world),
    [`${kind}PolicyList`]: {
      member: inline.map(([PolicyName, document]) => ({
        PolicyName,
        PolicyDocument: encoded(document),
      })),
    },
    GroupList: kind === "User" ? { member: identity.groups ?? [] } : undefined,
    InstanceProfileList: kind === "Role" ? { member: [] } : undefined,
    AttachedManagedPolicies: { member: attached(identity) },
  });
  return { list: `${kind}DetailList`, filter: kind, detail };
}

function policiesOf({ caller }: Request, world: IndexedWorld): ManagedPolicy[] {
  const identities = world.identitiesOf.get(caller.accountId) ?? [];
  const used = new Set(
    identities.flatMap((each) => [...(each.attachedPolicies ?? []), each.permissionsBoundary]),
  );
  return [...world.managedPolicies.values()].filter(
    ({ arn }) => arn.split(":")[4] === caller.accountId || used.has(arn),
  );
}

function policyEntry(policy: ManagedPolicy, request: Request, world: IndexedWorld): Entry {
  const { arn, versionId: VersionId = "v1" } = policy;
  const version = { VersionId, IsDefaultVersion: true, CreateDate: MADE };
  const detail = () => ({
    ...managedPolicy(policy, request, world),
    PolicyVersionList: { member: [{ Document: encoded(policy.policy), ...version }] },
  });
  const isOfAws = arn.split(":")[4] === "aws";
  return {
    list: "Policies",
    filter: isOfAws ? "AWSManagedPolicy" : "LocalManagedPolicy",
    detail,
  };
}
