import { epochSeconds, given, givenNumber, Refusal } from "../answers.ts";
import { accountName, pathOf, unitId } from "../directory.ts";
import { jsonProtocol } from "../protocols/json.ts";
import type { Account } from "../schema/organization.ts";
import {
  arn,
  type Context,
  LARGEST_PAGE,
  ofAdministrator,
  ofMember,
  paged,
} from "./organization-callers.ts";
import {
  describePolicy,
  describeResourcePolicy,
  listPolicies,
  listPoliciesForTarget,
  listTargetsForPolicy,
} from "./organization-policies.ts";
import { describeUnit, listParents, listRoots, listUnits } from "./organization-tree.ts";
import type { Service } from "./service.ts";

const JOINED = epochSeconds(Date.parse("2024-01-15T09:00:00Z"));

export const organizations: Service = {
  name: "organizations",
  protocol: jsonProtocol("1.1"),
  resourceParameters: ["ChildId", "ParentId", "OrganizationalUnitId", "PolicyId", "TargetId"],
  isGlobal: true,
  operations: {
    DescribeOrganization: ofMember(describeOrganization),
    ListAccounts: ofAdministrator(listAccounts),
    ListRoots: ofAdministrator(listRoots),
    ListParents: ofAdministrator(listParents),
    ListAccountsForParent: ofAdministrator(listAccountsForParent),
    ListOrganizationalUnitsForParent: ofAdministrator(listUnits),
    DescribeOrganizationalUnit: ofAdministrator(describeUnit),
    ListAWSServiceAccessForOrganization: ofAdministrator(listServiceAccess),
    ListDelegatedAdministrators: ofAdministrator(listDelegatedAdministrators),
    ListPolicies: ofAdministrator(listPolicies),
    DescribePolicy: ofAdministrator(describePolicy),
    ListTargetsForPolicy: ofAdministrator(listTargetsForPolicy),
    ListPoliciesForTarget: ofAdministrator(listPoliciesForTarget),
    DescribeResourcePolicy: ofAdministrator(describeResourcePolicy),
  },
};

function describeOrganization(context: Context): unknown {
  const { organization, tree } = context;
  return {
    Organization: {
      Id: tree.id,
      Arn: arn(context, "organization", ""),
      FeatureSet: organization.featureSet ?? "ALL",
      MasterAccountId: organization.managementAccount,
      MasterAccountArn: arn(context, "account", `/${organization.managementAccount}`),
      MasterAccountEmail: `${organization.managementAccount}@example.com`,
      AvailablePolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }],
    },
  };
}

/**
 * Pages of accounts. An empty page has a token like any other: `empty-` stands in front of the
 * token of the page that it delays.
 */
function listAccounts(context: Context): unknown {
  const { request, organization, tree } = context;
  const token = given(request.input, "NextToken");
  const size = givenNumber(request.input, "MaxResults") ?? LARGEST_PAGE;
  const [, delayed] = /^empty-(.+)$/.exec(token ?? "") ?? [];
  const start = Number(/(\d+)$/.exec(token ?? "")?.[1] ?? 0);
  const isEmpty = organization.emptyPages?.includes(Math.floor(start / size)) === true;
  if (isEmpty && delayed === undefined) {
    return { Accounts: [], NextToken: `empty-page-${start}` };
  }
  const input = { ...request.input, NextToken: delayed ?? token };
  const { items, next } = paged({ ...context, request: { ...request, input } }, tree.members);
  return { Accounts: items.map((each) => account(context, each)), NextToken: next };
}

function account(context: Context, listed: Account): unknown {
  const { organization, tree } = context;
  const { id, state = "ACTIVE" } = listed;
  const lists = organization.lists ?? "state-and-status";
  return {
    Id: id,
    Arn: arn(context, "account", `/${id}`),
    Email: `${id}@example.com`,
    Name: accountName(listed),
    Status: lists === "state-and-status" || lists === "status" ? statusOf(state) : undefined,
    State: lists === "state-and-status" || lists === "state" ? state : undefined,
    Paths: organization.listsPaths === false ? undefined : [pathOf(tree, listed)],
    JoinedMethod: id === organization.managementAccount ? "INVITED" : "CREATED",
    JoinedTimestamp: JOINED,
  };
}

/** The accounts that hang directly under a root or unit. */
function listAccountsForParent(context: Context): unknown {
  const { request, tree } = context;
  const parent = given(request.input, "ParentId") ?? "";
  if (parent !== tree.rootId && !tree.units.has(parent)) {
    throw new Refusal("ParentNotFoundException", "We can't find the parent.");
  }
  const children = tree.members.filter(({ ou = "" }) => unitId(ou) === parent);
  const { items, next } = paged(context, children);
  return { Accounts: items.map((each) => account(context, each)), NextToken: next };
}

/** Status, the older field, calls a closed account suspended and does not know pending ones. */
function statusOf(state: string): string | undefined {
  if (state === "CLOSED") return "SUSPENDED";
  return state === "PENDING_ACTIVATION" ? undefined : state;
}

function listServiceAccess(context: Context): unknown {
  const services = [...context.world.trustedAccess].sort();
  const { items, next } = paged(context, services);
  const EnabledServicePrincipals = items.map((each) => ({
    ServicePrincipal: each,
    DateEnabled: JOINED,
  }));
  return { EnabledServicePrincipals, NextToken: next };
}

function listDelegatedAdministrators(context: Context): unknown {
  const { delegatedAdministrators = {} } = context.organization;
  const service = given(context.request.input, "ServicePrincipal");
  const ids = Object.entries(delegatedAdministrators)
    .filter(([principal]) => service === undefined || principal === service)
    .flatMap(([, accounts]) => accounts);
  const { items, next } = paged(context, [...new Set(ids)].sort());
  const DelegatedAdministrators = items.map((id) => ({
    ...Object(account(context, context.world.accounts.get(id) ?? { id })),
    Paths: undefined,
    DelegationEnabledDate: JOINED,
  }));
  return { DelegatedAdministrators, NextToken: next };
}
